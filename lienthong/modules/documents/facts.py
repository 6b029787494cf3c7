"""What happened to documents, told upwards through the outbox: ids only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issued:
    """A document left its issuer."""

    outgoing_id: int


@dataclass(frozen=True, slots=True)
class StateTold:
    """The receiver's side of a delivery reached a code that its sender must hear of."""

    incoming_id: int
    code: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """A receiver inside returned a document to its sender, saying why."""

    incoming_id: int


@dataclass(frozen=True, slots=True)
class RequestMade:
    """The sender wants a document back, changed or replaced. `serial` tells two such wishes about one document apart: the
    moment of the act in microseconds."""

    outgoing_id: int
    kind: str
    reason: str
    request_ids: list[int]
    serial: int = 0


@dataclass(frozen=True, slots=True)
class FilesAttached:
    """A document got files whose text is to be read."""

    document_id: int
