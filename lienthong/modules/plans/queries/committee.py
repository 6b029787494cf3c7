"""Questions about the steering committee of a plan. Whoever reads the plan reads who steers it and what they concluded."""

from lienthong.modules.plans.models import Member, Minutes


def members(plan_id: int) -> list[Member]:
    """Who sits, then who sat; in the order in which they came."""
    rows = list(Member.objects.filter(plan=plan_id).select_related("post", "post__agency"))
    return [one for one in rows if one.until is None] + [one for one in rows if one.until is not None]


def member(plan_id: int, member_id: int) -> Member:
    """A member of that very committee, or Member.DoesNotExist."""
    return Member.objects.select_related("post", "post__agency").get(pk=member_id, plan=plan_id)


def minutes(plan_id: int) -> list[Minutes]:
    """What was concluded, the latest meeting first."""
    return list(Minutes.objects.filter(plan=plan_id).select_related("stored").defer("stored__text"))


def minutes_with_file(plan_id: int, minutes_id: int) -> Minutes:
    """Minutes of that very plan that have a paper, or Minutes.DoesNotExist."""
    rows = Minutes.objects.select_related("stored").defer("stored__text")
    return rows.get(pk=minutes_id, plan=plan_id, stored__isnull=False)
