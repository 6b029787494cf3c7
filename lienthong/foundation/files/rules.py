"""What content is taken in."""

from lienthong.kit.content_type import ContentType, name_lies
from lienthong.kit.refusal import N_, Refused


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
