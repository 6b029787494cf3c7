"""Form fields that every module needs, and reading dates and page numbers out of an address."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DayInput(forms.DateInput):
    """The browser's own date field; 20/11/2026 typed where there is none is understood too."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def day_field(**kwargs: Any) -> forms.DateField:
    """A date field with that input."""
    return forms.DateField(widget=DayInput(), input_formats=DATE_FORMATS, **kwargs)


def moment_field(**kwargs: Any) -> forms.DateTimeField:
    """A date with a time of day, Viet Nam's time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"], **kwargs)


def spoken(labels: Mapping[Any, str]) -> list[tuple[Any, Any]]:
    """Choices out of labels that were only marked for translation: said in the language of whoever looks."""
    return [(getattr(value, "value", value), gettext_lazy(label) if label else "") for value, label in labels.items()]


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a choice field of a form what may be chosen: (value, label)."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def day_in(query: QueryDict, name: str) -> date | None:
    """The date that a parameter of the address holds; None when there is none, it cannot be read, or no record of ours
    could be of it (such days have no day after or before them to compare with)."""
    try:
        day = date.fromisoformat(query.get(name, ""))
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None


def text_in(query: QueryDict, name: str, most: int = 200) -> str:
    """The text that a parameter holds, without what a database cannot keep and no longer than `most`."""
    return query.get(name, "").replace("\x00", "").strip()[:most]


def number_in(query: QueryDict, name: str, most: int = 2**53) -> int | None:
    """The whole number that a parameter holds; None when there is none or it cannot be read."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 and int(text) <= most else None
