"""The words of permission: scopes, duties, and the one who acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from lienthong.kit.refusal import N_


class Scope(IntEnum):
    """How far a verb reaches; each scope contains the ones before it."""

    OWN = 1  # what my post holds
    UNIT = 2  # what any post of my unit holds
    AGENCY = 3  # what my agency holds
    BRANCH = 4  # my agency and those below it
    PROVINCE = 5  # everything in this installation


class Duty(StrEnum):
    """What a post is there for; a post may have several. Grants hang on duties, never on persons."""

    LEADER = "leader"
    UNIT_HEAD = "unit_head"
    OFFICIAL = "official"
    CLERK = "clerk"
    DESK = "desk"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


DUTY_LABELS = {
    Duty.LEADER: N_("Lãnh đạo cơ quan"),
    Duty.UNIT_HEAD: N_("Lãnh đạo đơn vị"),
    Duty.OFFICIAL: N_("Chuyên viên"),
    Duty.CLERK: N_("Văn thư cơ quan"),
    Duty.DESK: N_("Bộ phận Một cửa"),
    Duty.ADMINISTRATOR: N_("Quản trị hệ thống"),
    Duty.AUDITOR: N_("Kiểm tra, giám sát"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or looks: a person in one post, with what that post may do.

    `standing_in` is the name of the post's usual holder when this person substitutes. The system itself acts
    without a post. Names are those of the moment, kept by the trail.
    """

    person_id: int | None
    person_name: str
    post_id: int | None
    post_name: str
    unit_id: int | None
    unit_name: str
    agency_id: int | None
    agency_name: str
    agency_path: str
    verbs: Mapping[str, Scope] = field(default_factory=dict)
    duties: tuple[str, ...] = ()
    standing_in: str = ""
    schedule_id: int | None = None
    custody: tuple[int, ...] = ()  # ended agencies whose records, work and reading rights this agency has taken over

    def scope(self, verb: str) -> Scope | None:
        return self.verbs.get(verb)

    def may(self, verb: str) -> bool:
        """Whether the verb is held at all; the row decides whether it reaches."""
        return verb in self.verbs


@dataclass(frozen=True, slots=True)
class Seated(Actor):
    """A person in a post of an agency: everyone who acts through the pages. An act that writes down who did it, where,
    asks for one of these; the system itself is none."""

    person_id: int
    post_id: int
    agency_id: int
