"""Template parts: how dates, deadlines, states and icons are shown. Plain values only."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.template import engines
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from lienthong.kit import dates, text
from lienthong.kit.refusal import N_
from lienthong.kit.text import dotted

register = template.Library()
register.filter("vn_date", dates.vn_date)
register.filter("vn_datetime", dates.vn_datetime)
register.filter("vn_short", dates.vn_short)
register.filter("initials", text.initials)
register.filter("clip", text.clip)
register.filter("titled", text.titled)

_DUE_ICONS = {
    "late": "exclamation-octagon-fill",
    "today": "hourglass-bottom",
    "soon": "clock",
    "done": "check-circle-fill",
    "stopped": "pause-circle",
    "returned": "arrow-return-left",
    "none": "dash",
}
_URGENT = {1: N_("KHẨN"), 2: N_("THƯỢNG KHẨN"), 3: N_("HỎA TỐC")}


@register.filter
def titled_bold(type_name: str, subject: str) -> str:
    """What `titled` says, with the type standing out where lists are scanned by it."""
    if not type_name or text.says_type(type_name, subject):
        return subject
    return format_html('<span class="b5">{}</span> {}', type_name, subject)


@register.filter
def say(msgid: str, params: dict | None = None) -> str:
    """Translate a marked sentence and put its values in."""
    return gettext(str(msgid)).format(**(params or {})) if msgid else ""


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """A Bootstrap icon; with a label it speaks, without it is decoration."""
    if label:
        return format_html('<i class="bi bi-{}" role="img" aria-label="{}"></i>', name, gettext(label))
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def due(deadline: Any) -> str:
    """A deadline (foundation.calendar.wording.Deadline): sign and words first, then colour."""
    return format_html(
        '<span class="due {}"><i class="bi bi-{}" aria-hidden="true"></i>{}</span>',
        deadline.kind, _DUE_ICONS[deadline.kind], say(deadline.msgid, deadline.params),
    )  # fmt: skip


@register.simple_tag
def urgent(level: int) -> str:
    """KHẨN, THƯỢNG KHẨN, HỎA TỐC as the decree frames them (30/2020/NĐ-CP annex I); nothing for ordinary ones."""
    return format_html('<span class="urgent">{}</span> ', gettext(_URGENT[level])) if level in _URGENT else ""


@register.simple_tag
def steps(code: str) -> str:
    """One thing's way through 01-06 as five boxes; 02 is one red box."""
    reached = {"": 0, "01": 1, "02": 1, "03": 2, "04": 3, "05": 4, "06": 5}.get(code, 0)
    boxes = "".join(
        f'<rect x="{15 * place}" y="2" width="13" height="8" rx="1.5" class="f{code if place < reached else "00"}"/>'
        for place in range(5)
    )
    return mark_safe(f'<svg class="steps" viewBox="0 0 74 12" aria-hidden="true">{boxes}</svg>')  # noqa: S308 - numbers only


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """The current address's query with some parameters changed; None removes one."""
    return query_with(context["request"].GET, changes)


def query_with(params: QueryDict, changes: Mapping[str, object]) -> str:
    """`params` as a query with some of them changed; None removes one."""
    kept = params.copy()
    for name, value in changes.items():
        kept.pop(name, None)
        if value not in (None, ""):
            kept[name] = str(value)
    return "?" + kept.urlencode() if kept else "?"


@register.simple_tag
def compiled(name: str, /, **given: object) -> str:
    """A part out of a folder `jinja2/`, with what it is given and nothing else (decisions/0006)."""
    part = engines["jinja2"].get_template(name).template  # type: ignore[attr-defined]
    return mark_safe(part.render(given))  # noqa: S308 - it escapes everything


@register.filter
def day_said(day: str) -> str:
    """`Thứ Sáu, 20/11/2026` or `Thứ Sáu` with the day of the week in the reader's language."""
    weekday, comma, date = day.partition(", ")
    return (gettext(weekday) if weekday in dates.WEEKDAYS else weekday) + comma + date


@register.filter
def day_before(day: date | None) -> date | None:
    """The last day of a stretch that ends before `day`."""
    return day - timedelta(days=1) if day else None


@register.filter
def thousands(number: int) -> str:
    """1.250.000"""
    return dotted(number)


@register.filter
def valued(value: Decimal | None, unit: str) -> str:
    """A figure as Vietnamese read it: 61,4 % · 1.250 · 1,72; a dash where there is none."""
    if value is None:
        return "–"
    if not unit:
        return thousands(int(value)) if value == int(value) else f"{value:.2f}".replace(".", ",")
    text = f"{value:.1f}" if unit == "%" else f"{value:.2f}"
    text = text.removesuffix(".0") if unit == "%" else text
    return text.replace(".", ",") + (" %" if unit == "%" else "")


@register.filter
def gap(value: Decimal | None, before: Decimal | None) -> str:
    """How much more or less than before, with its sign: +3,2 · −40; empty where one of them is missing or nothing changed.
    Between the values as they are shown, so that a reader who subtracts them finds the same."""
    if value is None or before is None:
        return ""
    found = round(value, 1) - round(before, 1)
    if not found:
        return ""
    text = thousands(abs(int(found))) if found == int(found) else f"{abs(found):.1f}".replace(".", ",")
    return ("+" if found > 0 else "−") + text


@register.filter
def size(count: int) -> str:
    """370 kB, 12,4 MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} kB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """mapping[key], or None."""
    return mapping.get(key) if mapping else None


@register.filter
def unlocalize_number(number: float) -> str:
    """A number for an SVG attribute: always a point, whatever the language."""
    return f"{number:.1f}"


@register.filter
def duration(length: timedelta) -> str:
    """1 giờ 52 phút; 2 ngày 3 giờ."""
    minutes = int(length.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return gettext("{days} ngày {hours} giờ").format(days=days, hours=hours)
    if hours:
        return gettext("{hours} giờ {minutes} phút").format(hours=hours, minutes=minutes)
    return gettext("{minutes} phút").format(minutes=minutes)


@register.filter
def thousands_or(value: int | str) -> str:
    """1.250.000, or the word that stands for no number."""
    return thousands(value) if isinstance(value, int) else value
