"""What has happened to dossiers, for those who must react."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApplicantToBeTold:
    """The applicant is to hear of something: `about` is received, supplement, delay, result, turned_away, stopped."""

    dossier_id: int
    about: str
    once: str


@dataclass(frozen=True, slots=True)
class StepsGiven:
    """Steps of a dossier were put before people."""

    run_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """Another agency was asked for its opinion."""

    consultation_ids: tuple[int, ...]
