"""The rules of the one-stop that the law may change, as they hold on a day: the entries of the list `dossier-rule`."""

from datetime import date, time

from lienthong.foundation.codes import queries as codes

RULES = "dossier-rule"


def after_supplement(day: date) -> str:
    """`anew`: the whole time begins again when the papers are complete; `resume`: what was left (61/2018/NĐ-CP art. 19.4)."""
    found = [entry.name for entry in codes.entries(RULES, day) if entry.code == "supplement"]
    return found[-1] if found else "anew"


def supplement_within(day: date) -> int:
    """Within how many working days from reception a supplement is to be asked for (61/2018/NĐ-CP art. 19.4)."""
    return int(codes.names(RULES, day).get("supplement-within", "3"))


def hand_over_until(day: date) -> time:
    """Up to which hour papers received for another agency go there the same day (118/2025/NĐ-CP art. 18.2)."""
    return time.fromisoformat(codes.names(RULES, day).get("hand-over", "15:00"))


def same_day_until(day: date) -> time:
    """Up to which hour a request answered "within the day" is answered that day (Luật Hộ tịch art. 5)."""
    return time.fromisoformat(codes.names(RULES, day).get("same-day", "15:00"))
