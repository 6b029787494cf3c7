"""Let agencies follow one another: merge, split, dissolve."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.actions.end_periods import end_periods
from lienthong.foundation.organizations.actions.move_agency import place_below
from lienthong.foundation.organizations.models import (
    Agency,
    Holding,
    Identifier,
    Post,
    Substitution,
    Succession,
    Unit,
)
from lienthong.foundation.organizations.terms import SUCCESSION_LABELS, SuccessionKind
from lienthong.foundation.trail.actions.write import write_many
from lienthong.kit.dates import VIETNAM, vn_date
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def succeed(
    *, kind: SuccessionKind, predecessor_ids: Sequence[int], successor_ids: Sequence[int], on: date, legal_basis: str,
    actor: Actor, now: datetime, stays: bool = False,
) -> list[Agency]:  # fmt: skip
    """Write down who follows whom from `on`, and end the predecessors unless one `stays` (a part is split off).

    An ended agency's identifiers, units, posts and seats end with it; its identifiers lead to the successor, agencies
    below it stand under the first successor, and every successor has custody of what it held (`Actor.custody`).
    Open work and books are passed on by `site.actions.succeed`, which is the whole act. Returns the ended agencies.
    """
    require(actor, "organizations.edit")
    rules.require_succession(kind, predecessor_ids, successor_ids, stays=stays)
    rules.require_begun(on, now.astimezone(VIETNAM).date())
    legal_basis = rules.require_text(legal_basis, N_("Cần ghi căn cứ: số, ngày của quyết định."))
    rows = Agency.objects.select_for_update().filter(pk__in=[*predecessor_ids, *successor_ids]).order_by("pk")
    known = {agency.pk: agency for agency in rows}
    for agency in known.values():
        rules.require_alive(agency.name, agency.valid_to)
        if agency.pk in set(predecessor_ids):
            rules.require_after(on, agency.valid_from)
        elif on < agency.valid_from:
            raise Refused(
                N_("{name} chỉ hoạt động từ {since}, sau ngày hiệu lực."),
                name=agency.name,
                since=vn_date(agency.valid_from),
            )
    before, after = [known[pk] for pk in predecessor_ids], [known[pk] for pk in successor_ids]
    Succession.objects.bulk_create(
        [
            Succession(predecessor=one, successor=other, kind=kind, on=on, legal_basis=legal_basis)
            for one in before
            for other in (*after, *([] if after else [None]))
        ]
    )
    if not stays:
        for agency in before:
            _pass_on_below(agency, after[0] if after else None, on, legal_basis)
            _end(agency, on)
    what = SUCCESSION_LABELS[kind].lower()
    to = ", ".join(agency.name for agency in after) or "không có cơ quan kế thừa"
    write_many(
        actor, f"organizations.{kind.value}", before, now,
        sentences=[f"{what} {agency.name} → {to} từ {vn_date(on)} ({legal_basis})" for agency in before],
    )  # fmt: skip
    return [] if stays else before


def _pass_on_below(agency: Agency, successor: Agency | None, on: date, legal_basis: str) -> None:
    """Living agencies under an ending one stand under its successor; a successor among them takes its own place."""
    for below in Agency.objects.select_for_update().filter(parent=agency, valid_to__isnull=True).order_by("pk"):
        if successor is None:
            raise Refused(N_("{name} còn cơ quan trực thuộc. Chọn cơ quan tiếp nhận."), name=agency.name)
        if below.pk == successor.pk:
            place_below(successor, agency.parent, on, legal_basis)
        else:
            successor.refresh_from_db(fields=["path"])
            place_below(below, successor, on, legal_basis)


def _end(agency: Agency, on: date) -> None:
    for rows in (
        Identifier.objects.filter(agency=agency),
        Substitution.objects.filter(post__agency=agency),
        Holding.objects.filter(post__agency=agency),
    ):
        end_periods(rows, on)
    # Units and posts are named by old records, so they stay even where they had only been prepared.
    for model in (Post, Unit):
        for row in model.objects.filter(agency=agency, valid_to__isnull=True):
            row.valid_to = max(on, date.fromordinal(row.valid_from.toordinal() + 1))
            row.save(update_fields=["valid_to"])
    agency.valid_to = on
    agency.save(update_fields=["valid_to"])
