"""What a list's address says."""

from datetime import date

from django.http import HttpRequest

from lienthong.modules.documents.queries.lists import Filter


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def filter_from(request: HttpRequest) -> Filter:
    """Filters stand in the address, so that a list can be shared; what cannot be read is left out."""
    get = request.GET.get
    unit = get("don-vi", "")
    return Filter(
        tab=get("loc", ""), words=get("q", "")[:200], issuer=get("tac-gia", "")[:200], signer=get("nguoi-ky", "")[:100],
        type_code=get("loai", "")[:20], unit_id=int(unit) if unit.isdigit() else None, since=_day(get("tu", "")), until=_day(get("den", "")),
    )  # fmt: skip


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("trang", "1")
    return min(max(int(text), 1), 100_000) if text.isdigit() else 1
