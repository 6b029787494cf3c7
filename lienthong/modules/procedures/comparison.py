"""What differs between two states of a procedure, field by field, in words that a person checks."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from enum import Enum
from typing import Any

from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_
from lienthong.kit.text import clip
from lienthong.modules.procedures.portal_file import Entry
from lienthong.modules.procedures.terms import (
    CHANNEL_LABELS,
    LEVEL_LABELS,
    TIER_LABELS,
    UNIT_LABELS,
    Channel,
    ServiceLevel,
    TermUnit,
    Tier,
)

LABELS = {
    "name": N_("Tên thủ tục"),
    "field_code": N_("Lĩnh vực"),
    "tiers": N_("Cấp thực hiện"),
    "service_level": N_("Mức độ dịch vụ công"),
    "subjects": N_("Đối tượng"),
    "executing": N_("Cơ quan thực hiện"),
    "authority": N_("Cơ quan có thẩm quyền"),
    "authorized": N_("Cơ quan được ủy quyền"),
    "coordinating": N_("Cơ quan phối hợp"),
    "receiving_place": N_("Nơi tiếp nhận"),
    "conditions": N_("Yêu cầu, điều kiện"),
    "keywords": N_("Từ khóa"),
    "decision_no": N_("Quyết định công bố"),
    "decided_on": N_("Ngày quyết định"),
    "issuer_name": N_("Cơ quan công bố"),
    "published_on": N_("Ngày công khai"),
    "non_territorial": N_("Phi địa giới"),
    "stages": N_("Trình tự thực hiện"),
    "ways": N_("Cách thức, thời hạn, phí"),
    "situations": N_("Trường hợp, thành phần hồ sơ"),
    "bases": N_("Căn cứ pháp lý"),
    "gains": N_("Kết quả"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. `before` and `after` are short; for lists they hold only what went and what came."""

    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return LABELS[self.field]


def changes(before: Entry, after: Entry) -> list[Change]:
    """The fields that differ; what the form of `after` never says is no change."""
    found = []
    for name in LABELS:
        if name in after.unsaid:
            continue
        old, new = getattr(before, name), getattr(after, name)
        if _plain(name, old) == _plain(name, new):
            continue
        if isinstance(old, tuple):
            gone, come = _apart(old, new)
            found.append(Change(name, _listed(gone), _listed(come)))
        else:
            found.append(Change(name, _text(old), _text(new)))
    return found


def fingerprint(entry: Entry) -> str:
    """SHA-256 of everything that the entry says, whatever line it stood on and however its lists were ordered."""
    said = {name: _plain(name, getattr(entry, name)) for name in LABELS}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        shown = [json.dumps(_dumped(one), ensure_ascii=False, sort_keys=True) for one in value]
        # Ways and papers come in a new order too; nothing of them hangs on it but the order on the page.
        return sorted(_reordered(name, shown, value))
    return _dumped(value)


def _reordered(name: str, shown: list[str], value: tuple) -> list[str]:
    if name == "situations":
        return [
            json.dumps(
                {**_dumped(one), "papers": sorted(json.dumps(_dumped(p), sort_keys=True) for p in one.papers)},
                ensure_ascii=False, sort_keys=True,
            )
            for one in value
        ]  # fmt: skip
    if name == "stages":
        return [f"{place:05d}{text}" for place, text in enumerate(shown)]
    return shown


def _dumped(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {key: _dumped(one) for key, one in asdict(value).items()}
    if isinstance(value, dict):
        return {key: _dumped(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_dumped(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, int | str) else str(value)


def _apart(old: tuple, new: tuple) -> tuple[list[Any], list[Any]]:
    return [one for one in old if one not in new], [one for one in new if one not in old]


def _listed(many: Iterable[Any]) -> str:
    shown = [_text(one) for one in many]
    if not shown:
        return ""
    rest = f" (+{len(shown) - 3})" if len(shown) > 3 else ""
    return "; ".join(shown[:3]) + rest


_WORDS: dict[type[Enum], Mapping[Any, str]] = {
    Channel: CHANNEL_LABELS, TermUnit: UNIT_LABELS, ServiceLevel: LEVEL_LABELS, Tier: TIER_LABELS,
}  # fmt: skip


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return _WORDS[type(value)][value] if type(value) in _WORDS else str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if isinstance(value, bool):
        return "có" if value else "không"
    if hasattr(value, "isoformat"):
        return vn_date(value)
    if hasattr(value, "__dataclass_fields__"):
        parts = [getattr(value, one.name) for one in fields(value) if one.name not in ("forms", "papers", "fees")]
        words = " · ".join(_text(part) for part in parts if part not in (None, "", False, 0, TermUnit.NONE))
        more = [len(getattr(value, name)) for name in ("papers", "fees") if hasattr(value, name)]
        return clip(" ".join(words.split()), 160) + (f" ({more[0]})" if more else "")
    return clip(" ".join(str(value).split()), 200)
