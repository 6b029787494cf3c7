"""Reading code lists as of a day. Lists are public knowledge: no viewer needed."""

from datetime import date
from functools import lru_cache

from django.db.models import Q

from lienthong.foundation.codes.models import Code


def entries(list_code: str, on: date) -> list[Code]:
    """The entries of a list in force on a day, in their official order."""
    return list(Code.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), list=list_code, valid_from__lte=on))


@lru_cache(maxsize=256)
def names(list_code: str, on: date) -> dict[str, str]:
    """code → name; cached for the life of the process, because published entries do not change, new ones are added."""
    return {entry.code: entry.name for entry in entries(list_code, on)}


def entry(list_code: str, code: str) -> Code:
    """The newest entry of a code; Code.DoesNotExist when the list has none."""
    found = Code.objects.filter(list=list_code, code=code).order_by("-valid_from").first()
    if found is None:
        raise Code.DoesNotExist(f"{list_code}/{code}")
    return found
