"""Questions about agencies, units, posts and people. The directory is open to all staff; acting posts are the viewer's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField

from lienthong.foundation.access.rules import verbs_of
from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.organizations.models import (
    Agency,
    AgencyPast,
    Holding,
    Identifier,
    Person,
    Post,
    Substitution,
    Succession,
    Unit,
)
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.text import vn_fold

_POSTS_OF = """
SELECT p.id, p.name, p.duties, p.unit_id, u.name, a.id, a.name, a.path, a.schedule_id, x.standing_in,
       (WITH RECURSIVE held(id) AS (
          SELECT s.predecessor_id FROM organizations_succession s WHERE s.successor_id = a.id AND s."on" <= %(on)s
          UNION SELECT s.predecessor_id FROM organizations_succession s JOIN held ON s.successor_id = held.id)
        SELECT array_agg(held.id ORDER BY held.id) FROM held JOIN organizations_agency e ON e.id = held.id
        WHERE e.valid_to <= %(on)s)
FROM (SELECT post_id, '' AS standing_in FROM organizations_holding
      WHERE person_id = %(person)s AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
      UNION ALL
      SELECT s.post_id, coalesce((SELECT w.name FROM organizations_holding h JOIN organizations_person w ON w.id = h.person_id
                                  WHERE h.post_id = s.post_id AND (h.valid_to IS NULL OR h.valid_to > %(on)s) LIMIT 1), '')
      FROM organizations_substitution s
      WHERE s.person_id = %(person)s AND s.valid_from <= %(on)s AND s.valid_to > %(on)s) x
JOIN organizations_post p ON p.id = x.post_id AND (p.valid_to IS NULL OR p.valid_to > %(on)s)
JOIN organizations_agency a ON a.id = p.agency_id AND (a.valid_to IS NULL OR a.valid_to > %(on)s)
LEFT JOIN organizations_unit u ON u.id = p.unit_id
ORDER BY x.standing_in <> '', p.id
"""


def posts_of_person(person_id: int, person_name: str, on: date) -> list[Seated]:
    """The posts a person may act through on a day, own ones first, then those held in substitution. One query, which
    also says of which ended agencies each post's agency is the successor."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTS_OF, {"person": person_id, "on": on})
        rows = cursor.fetchall()
    return [
        Seated(
            person_id=person_id, person_name=person_name, post_id=post, post_name=name, unit_id=unit,
            unit_name=unit_name or "", agency_id=agency, agency_name=agency_name, agency_path=path,
            verbs=verbs_of(duties), duties=tuple(duties), standing_in=standing_in, schedule_id=schedule,
            custody=tuple(custody or ()),
        )
        for post, name, duties, unit, unit_name, agency, agency_name, path, schedule, standing_in, custody in rows
    ]  # fmt: skip


def actor_for_post(post_id: int, on: date) -> Seated | None:
    """The actor of a post's holder: for commands, tests and the sample province."""
    holding = Holding.objects.select_related("person").filter(_alive(on), post_id=post_id).order_by("id").first()
    if holding is None:
        return None
    actors = posts_of_person(holding.person_id, holding.person.name, on)
    return next((actor for actor in actors if actor.post_id == post_id), None)


def _alive(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def owner_name(on: date) -> str:
    """Whose installation this is: the province's committee on that day, "" before there is one."""
    found = agencies(on, here_only=True).filter(tier=Tier.PROVINCE).first()
    return found.name if found else ""


def agencies(on: date, words: str = "", *, here_only: bool = False) -> QuerySet[Agency]:
    """Agencies alive on a day, by tier and name; `words` filters by name without diacritics."""
    found = Agency.objects.filter(_alive(on)).order_by("tier", "sort_key")
    if here_only:
        found = found.filter(is_here=True)
    for word in vn_fold(words).split():
        found = found.filter(folded__contains=word)
    return found


def ended_agencies(on: date, words: str = "") -> QuerySet[Agency]:
    """Agencies that had ended by a day, by tier and name."""
    found = Agency.objects.filter(valid_to__lte=on).order_by("tier", "sort_key")
    for word in vn_fold(words).split():
        found = found.filter(folded__contains=word)
    return found


def by_code(code: str, on: date) -> Agency | None:
    """The agency that an identifier leads to on a day; a closed identifier leads to the successor."""
    found = Identifier.objects.select_related("agency").filter(code=code.strip().upper()).first()
    if found is None:
        return None
    agency = found.agency
    for _ in range(5):
        if agency.valid_to is None or agency.valid_to > on:
            return agency
        step = (
            Succession.objects.select_related("successor")
            .filter(predecessor=agency, successor__isnull=False)
            .order_by("id")
            .first()
        )
        if step is None or step.successor is None:
            return agency
        agency = step.successor
    return agency


def codes_of(agency_ids: list[int]) -> dict[int, str]:
    """Agency id → the identifier to write: the new form where there is one."""
    rows = Identifier.objects.filter(agency__in=agency_ids, valid_to__isnull=True).order_by("scheme", "id")
    best: dict[int, str] = {}
    for row in rows.values_list("agency_id", "code", "scheme"):
        if row[0] not in best or row[2] == "new":
            best[row[0]] = row[1]
    return best


def name_on(agency: Agency, on: date) -> str:
    """What the agency was called on a day."""
    past = AgencyPast.objects.filter(agency=agency, valid_from__lte=on, valid_to__gt=on).first()
    return past.name if past else agency.name


def units_of(agency_id: int, on: date) -> list[Unit]:
    """The living units of an agency in their order."""
    return list(Unit.objects.filter(_alive(on), agency_id=agency_id).order_by("place_in_list", "id"))


def posts_of(agency_id: int, on: date) -> list[Post]:
    """The living posts of an agency, by unit."""
    return list(
        Post.objects.filter(_alive(on), agency_id=agency_id)
        .select_related("unit")
        .order_by("unit__place_in_list", "place_in_list", "id")
    )


# Written out because every act that opens a debt asks it.
_WITH_DUTY = """
SELECT agency_id, id FROM organizations_post
WHERE agency_id = ANY(%(agencies)s) AND duties @> ARRAY[%(duty)s]::varchar[]
  AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
ORDER BY place_in_list DESC, id DESC
"""


def posts_with_duty(agency_ids: list[int], duty: str, on: date) -> dict[int, int]:
    """Agency id → the first post there that has the duty. One query for all agencies."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_DUTY, {"agencies": agency_ids, "duty": str(duty), "on": on})
        return dict(cursor.fetchall())


def first_with_duty(agency_id: int, duties: Sequence[str], on: date) -> Post | None:
    """The first living post of an agency that has the first of these duties, else the second, and so on; with its unit."""
    posts = Post.objects.filter(_alive(on), agency_id=agency_id, duties__overlap=list(duties)).select_related("unit")
    found = list(posts.order_by("place_in_list", "id"))
    for duty in duties:
        for post in found:
            if duty in post.duties:
                return post
    return None


_SITTING = """
SELECT w.name FROM organizations_holding h JOIN organizations_person w ON w.id = h.person_id
WHERE h.post_id = %(post)s AND h.valid_from <= %(on)s AND (h.valid_to IS NULL OR h.valid_to > %(on)s)
UNION ALL
SELECT w.name FROM organizations_substitution s JOIN organizations_person w ON w.id = s.person_id
WHERE s.post_id = %(post)s AND s.valid_from <= %(on)s AND s.valid_to > %(on)s LIMIT 1
"""


def who_sits(post_id: int, on: date) -> str:
    """The name of the post's holder that day, for want of one of a substitute, else ""."""
    with connection.cursor() as cursor:
        cursor.execute(_SITTING, {"post": post_id, "on": on})
        row = cursor.fetchone()
    return row[0] if row else ""


class Kept:
    """What acts ask the directory again and again, read from what this process keeps: as it stands now, for one act. One
    small look tells whether what is kept still holds (migration 0002). The rows are shared: nobody may change them."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT version FROM organizations_stamp")
            self._stamp: int = cursor.fetchone()[0]

    def agency(self, agency_id: int) -> Agency:
        """An agency with the one above it."""
        return _kept_agency(agency_id, self._stamp)

    def codes(self, agency_id: int) -> tuple[Identifier, ...]:
        """As `codes`."""
        return _kept_codes(agency_id, self._stamp)

    def first_with_duty(self, agency_id: int, duties: Sequence[str], on: date) -> Post | None:
        """As `first_with_duty`."""
        return _kept_first(agency_id, tuple(duties), on, self._stamp)

    def who_sits(self, post_id: int, on: date) -> str:
        """As `who_sits`."""
        return _kept_name(post_id, on, self._stamp)


def forget() -> None:
    """Keep nothing any more: for whoever puts another database under a running process, as tests and benchmarks do."""
    for kept in (_kept_agency, _kept_codes, _kept_first, _kept_name):
        kept.cache_clear()


@lru_cache(maxsize=4096)
def _kept_agency(agency_id: int, stamp: int) -> Agency:
    return Agency.objects.select_related("parent").get(pk=agency_id)


@lru_cache(maxsize=4096)
def _kept_codes(agency_id: int, stamp: int) -> tuple[Identifier, ...]:
    return tuple(codes(agency_id))


@lru_cache(maxsize=4096)
def _kept_first(agency_id: int, duties: tuple[str, ...], on: date, stamp: int) -> Post | None:
    return first_with_duty(agency_id, duties, on)


@lru_cache(maxsize=4096)
def _kept_name(post_id: int, on: date, stamp: int) -> str:
    return who_sits(post_id, on)


def head_of_unit(unit_id: int, on: date) -> Post | None:
    """The first living post that heads the unit, or None."""
    return (
        Post.objects.filter(_alive(on), unit_id=unit_id, duties__contains=["unit_head"])
        .select_related("unit")
        .order_by("place_in_list", "id")
        .first()
    )


def people_in(post_ids: list[int], on: date) -> dict[int, list[Person]]:
    """Post id → who acts through it that day: holders and substitutes."""
    people: dict[int, list[Person]] = {}
    for holding in Holding.objects.filter(_alive(on), post__in=post_ids).select_related("person"):
        people.setdefault(holding.post_id, []).append(holding.person)
    for stand_in in Substitution.objects.filter(valid_from__lte=on, valid_to__gt=on, post__in=post_ids).select_related(
        "person"
    ):
        people.setdefault(stand_in.post_id, []).append(stand_in.person)
    return people


_NAMED = """
SELECT w.id, w.name, p.name, coalesce(u.name, ''), a.id, a.name
FROM organizations_person w
JOIN organizations_holding h ON h.person_id = w.id AND h.valid_from <= %(on)s AND (h.valid_to IS NULL OR h.valid_to > %(on)s)
JOIN organizations_post p ON p.id = h.post_id JOIN organizations_agency a ON a.id = p.agency_id
LEFT JOIN organizations_unit u ON u.id = p.unit_id
WHERE vn_fold(w.name) LIKE ALL (%(words)s) ORDER BY w.sort_key, h.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the staff directory: who sits where."""

    person_id: int
    name: str
    post_name: str
    unit_name: str
    agency_id: int
    agency_name: str


def people_named(words: str, on: date, limit: int = 50) -> list[Listed]:
    """Members of staff whose name has all these words, with or without diacritics, and where they sit that day."""
    parts = [f"%{word}%" for word in vn_fold(words).split()]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"words": parts, "on": on, "limit": limit})
        return [Listed(*row) for row in cursor.fetchall()]


def agency(agency_id: int) -> Agency:
    """One agency of the directory, alive or not."""
    return Agency.objects.get(pk=agency_id)


def agencies_by_id(agency_ids: list[int]) -> dict[int, Agency]:
    """Agency id → agency, for those of these ids that exist."""
    return Agency.objects.in_bulk(agency_ids)


def agency_named(name: str) -> Agency | None:
    """The agency that bears exactly this name, upper and lower case alike."""
    return Agency.objects.filter(name__iexact=name.strip()).order_by("valid_to", "pk").first()


def living_here() -> list[Agency]:
    """Every living agency of this installation, by tier and name."""
    return list(Agency.objects.filter(is_here=True, valid_to__isnull=True).order_by("tier", "sort_key"))


def first_here() -> Agency | None:
    """The highest living agency that works with this installation, else the province, else the highest in the directory."""
    living = Agency.objects.filter(valid_to__isnull=True).order_by("tier", "pk")
    return living.filter(is_here=True).first() or living.filter(tier=Tier.PROVINCE).first() or living.first()


def reached(viewer: Seated, verb: str) -> list[Agency]:
    """The agencies of this installation, ended ones too, whose rows the viewer's verb reaches, by tier and name; none
    where it reaches the viewer's own agency only or less than that. No query then."""
    scope, rows = viewer.scope(verb), Agency.objects.order_by("tier", "sort_key")
    if scope == Scope.PROVINCE:
        return list(rows.filter(is_here=True))
    if scope == Scope.BRANCH:
        return list(rows.filter(is_here=True, path__startswith=viewer.agency_path))
    if scope == Scope.AGENCY and viewer.custody:
        return list(rows.filter(pk__in=[viewer.agency_id, *viewer.custody]))
    return []


def unit_of(agency_id: int, unit_id: int) -> Unit:
    """A unit of that very agency; Unit.DoesNotExist otherwise."""
    return Unit.objects.get(pk=unit_id, agency_id=agency_id)


def post_of(agency_id: int, post_id: int) -> Post:
    """A post of that very agency; Post.DoesNotExist otherwise."""
    return Post.objects.select_related("unit").get(pk=post_id, agency_id=agency_id)


def posts_by_id(post_ids: list[int]) -> dict[int, Post]:
    """Post id → post, for those of these ids that exist."""
    return Post.objects.in_bulk(post_ids)


def codes(agency_id: int) -> list[Identifier]:
    """Every identifier of an agency, living ones first."""
    return list(Identifier.objects.filter(agency_id=agency_id).order_by(F("valid_to").desc(nulls_first=True), "id"))


def pasts(agency_id: int) -> list[AgencyPast]:
    """What the agency was before, latest first."""
    return list(AgencyPast.objects.filter(agency_id=agency_id).select_related("parent").order_by("-valid_to"))


def successions(agency_id: int) -> list[Succession]:
    """Whom the agency followed and who followed it, latest first."""
    rows = Succession.objects.filter(Q(predecessor_id=agency_id) | Q(successor_id=agency_id))
    return list(rows.select_related("predecessor", "successor").order_by("-on", "id"))


def all_here() -> list[Agency]:
    """Every agency of this installation, ended ones too, by tier and name."""
    return list(Agency.objects.filter(is_here=True).order_by("tier", "sort_key"))


_PREDECESSORS = """
WITH RECURSIVE before(id) AS (
  SELECT predecessor_id FROM organizations_succession WHERE successor_id = %s
  UNION SELECT s.predecessor_id FROM organizations_succession s JOIN before ON s.successor_id = before.id)
SELECT b.id FROM before b JOIN organizations_agency a ON a.id = b.id WHERE a.valid_to IS NOT NULL
"""


def predecessors(agency_id: int) -> list[int]:
    """The ended agencies that an agency followed, also over several steps."""
    with connection.cursor() as cursor:
        cursor.execute(_PREDECESSORS, [agency_id])
        return [row[0] for row in cursor.fetchall()]


def _followers(agency_ids: Iterable[int], on: date) -> dict[int, list[int]]:
    """Ended agency → its direct successors, the first one first; for these agencies and those that followed them."""
    known: dict[int, list[int]] = {}
    wanted = set(agency_ids)
    while wanted:
        found: dict[int, list[int]] = {pk: [] for pk in wanted}
        rows = Succession.objects.filter(predecessor__in=wanted, predecessor__valid_to__lte=on, on__lte=on)
        for before, after in rows.order_by("id").values_list("predecessor_id", "successor_id"):
            if after is not None:
                found[before].append(after)
        known |= found
        wanted = {after for line in found.values() for after in line} - known.keys()
    return known


def heirs(agency_ids: Iterable[int], on: date) -> dict[int, int]:
    """Agency id → the agency that does its work on that day: itself, or where it has ended the first in its succession."""
    followers, heir = _followers(agency_ids, on), {}
    for pk in set(agency_ids):
        last = pk
        while followers[last]:
            last = followers[last][0]
        heir[pk] = last
    return heir


def custodians(agency_id: int, on: date) -> set[int]:
    """The agency and all that have followed it by that day: those who may read what it held."""
    return set(_followers([agency_id], on))


def holdings(post_ids: list[int], on: date) -> dict[int, list[Holding]]:
    """Post id → who holds it that day or will later."""
    found: dict[int, list[Holding]] = {}
    rows = Holding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), post__in=post_ids)
    for row in rows.select_related("person").order_by("valid_from", "id"):
        found.setdefault(row.post_id, []).append(row)
    return found


def substitutions(post_ids: list[int], on: date) -> list[Substitution]:
    """Who stands in for these posts that day or will later."""
    rows = Substitution.objects.filter(post__in=post_ids, valid_to__gt=on)
    return list(rows.select_related("person", "post").order_by("valid_from", "id"))


def substitutions_by(person_id: int, on: date) -> list[Substitution]:
    """For whom this person stands in that day or will later."""
    rows = Substitution.objects.filter(person_id=person_id, valid_to__gt=on)
    return list(rows.select_related("person", "post", "post__agency").order_by("valid_from", "id"))


def people_of(agency_id: int, on: date) -> list[Listed]:
    """The people who hold a post of the agency that day, by given name."""
    rows = Holding.objects.filter(_alive(on), post__agency_id=agency_id).select_related(
        "person", "post", "post__unit", "post__agency"
    )
    return [
        Listed(
            row.person_id, row.person.name, row.post.name, row.post.unit.name if row.post.unit else "", agency_id,
            row.post.agency.name,
        )
        for row in rows.order_by("person__sort_key", "id")
    ]  # fmt: skip


def person(person_id: int) -> Person:
    """One member of staff."""
    return Person.objects.get(pk=person_id)


def children(agency_id: int, on: date) -> list[Agency]:
    """The living agencies directly below."""
    return list(Agency.objects.filter(_alive(on), parent_id=agency_id).order_by("tier", "sort_key"))


def people(words: str = "", limit: int = 200) -> list[Person]:
    """Members of staff, in a post or not, whose name has all these words, with or without diacritics."""
    found = Person.objects.annotate(folded=Func("name", function="vn_fold", output_field=TextField()))
    for word in vn_fold(words).split():
        found = found.filter(folded__contains=word)
    return list(found.order_by("sort_key", "id")[:limit])


def post_labels(agency_id: int, on: date, besides: int | None = None) -> list[tuple[int, str]]:
    """(id, "Trần Thu Hương (Chuyên viên, Phòng Quản lý xây dựng)") of the agency's posts, for a list to choose from."""
    posts = [post for post in posts_of(agency_id, on) if post.pk != besides]
    people_there = people_in([post.pk for post in posts], on)
    made = []
    for post in posts:
        names = ", ".join(dict.fromkeys(one.name for one in people_there.get(post.pk, [])))
        place = f"{post.name}, {post.unit.name}" if post.unit else post.name
        made.append((post.pk, f"{names} ({place})" if names else place))
    return made


def all_holdings() -> QuerySet[Holding]:
    """Who sits where, with agency and person: the directory is open to all staff."""
    return Holding.objects.select_related("person", "post__agency")
