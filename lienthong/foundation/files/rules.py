"""What content is taken in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from lienthong.kit.content_type import ContentType, name_lies
from lienthong.kit.refusal import N_, Refused


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature in a file: whose certificate, of which organisation, when as the signer's machine said, and whether it is sound."""

    signer: str
    organisation: str
    at: datetime | None
    sound: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "signer": self.signer[:200], "organisation": self.organisation[:300], "at": self.at.isoformat() if self.at else "",
            "sound": self.sound,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
        return cls(kept["signer"], kept["organisation"], at, kept["sound"])


def is_signed(signatures: list[Signature]) -> bool:
    """Whether a file may be called signed: it has a signature, and none that is broken."""
    return bool(signatures) and all(one.sound for one in signatures)


def require_acceptable(*, name: str, kind: ContentType, size: int) -> None:
    """Refuse emptiness, programs, and names that promise another content than there is."""
    if size == 0:
        raise Refused(N_("Tệp “{name}” trống. Kiểm tra lại tệp rồi gửi lại."), name=name)
    if kind.dangerous:
        raise Refused(N_("Tệp “{name}” là chương trình chạy được ({mime}), không nhận."), name=name, mime=kind.mime)
    if name_lies(name, kind):
        raise Refused(
            N_("Tệp “{name}” có tên không đúng với nội dung ({mime}). Mở lại tệp, lưu đúng định dạng rồi gửi."),
            name=name,
            mime=kind.mime,
        )


def require_clean(name: str, verdict: str) -> None:
    """Refuse what the scanner called infected."""
    if verdict == "infected":
        raise Refused(
            N_("Tệp “{name}” có mã độc, không nhận. Báo cho nơi gửi và bộ phận an toàn thông tin."), name=name
        )
