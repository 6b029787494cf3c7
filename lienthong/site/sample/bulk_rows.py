"""The tables of the bulk, and one incoming document on its way: which columns each act fills."""

from dataclasses import dataclass, field

from lienthong.foundation.work.models import Item
from lienthong.modules.documents.models import (
    Assignment,
    Delivery,
    DeliveryState,
    Document,
    DocumentFile,
    Incoming,
    Instruction,
    Outgoing,
)
from lienthong.site.sample.bulk_agencies import Desk, Office, Seat
from lienthong.site.sample.bulk_tables import Rows

NULL = "\\N"


class Tables:
    """Rows waiting for each table."""

    def __init__(self) -> None:
        self.document = Rows(Document, [
            "id", "issuer_id", "issuer_name", "number", "notation", "code_folded", "exchange_id", "type_code", "type_name",
            "issued_on", "place", "subject", "signer_name", "signer_position", "urgency", "pages", "body", "holders", "created_at",
        ])  # fmt: skip
        self.file = Rows(DocumentFile, ["id", "document_id", "stored_id", "name"])
        self.outgoing = Rows(Outgoing, [
            "id", "document_id", "agency_id", "unit_id", "series_id", "year", "ordinal", "state", "registered_by_id",
            "registered_at", "issued_at", "archive_holder", "to_places", "signed",
        ])  # fmt: skip
        self.delivery = Rows(
            Delivery,
            [
                "id", "outgoing_id", "agency_id", "agency_name", "channel", "paper_too", "sent_at", "code", "code_at", "accepted_at",
                "staff", "remark",
            ],
        )  # fmt: skip
        self.state = Rows(DeliveryState, ["id", "delivery_id", "code", "at", "staff", "remark"])
        self.incoming = Rows(Incoming, [
            "id", "document_id", "agency_id", "delivery_id", "channel", "state", "arrived_at", "series_id", "year",
            "arrival_number", "registered_at", "registered_by_id", "register_item_id", "distribute_item_id", "assigned_to",
            "assigned_at", "due_at", "ended_at", "end_reason", "paper_received_at",
        ])  # fmt: skip
        self.instruction = Rows(Instruction, ["id", "incoming_id", "text", "by_post_id", "by_name", "at"])
        self.assignment = Rows(Assignment, [
            "id", "incoming_id", "instruction_id", "post_id", "unit_id", "holder_name", "item_id", "parent_id", "due_at",
            "done_at", "result",
        ], role="lead")  # fmt: skip
        self.item = Rows(Item, [
            "id", "kind", "verb", "title", "about", "address", "urgency", "holder_id", "opened_at", "due_at", "done_at",
            "outcome", "parent_id",
        ])  # fmt: skip

    def all(self) -> list[Rows]:
        return [value for value in vars(self).values() if isinstance(value, Rows)]

    def names(self) -> list[str]:
        return [rows.model._meta.db_table for rows in self.all()]

    def flush(self) -> None:
        for rows in self.all():
            rows.flush()

    def settle(self) -> None:
        for rows in self.all():
            rows.settle()

    def coming(
        self,
        document: int,
        office: Office,
        issuer: str,
        number: str,
        notation: str,
        kind: str,
        subject: str,
        urgency: int,
    ) -> "Coming":
        return Coming(
            self,
            self.incoming.next_id(),
            document,
            office,
            issuer,
            f"{number}/{notation}",
            f"{kind} {subject}",
            urgency,
        )

    def add_incoming(self, row: "Coming") -> None:
        """Write the incoming row as it stands at last, with its debts and assignments."""
        numbered = row.number is not None
        self.incoming.add(
            row.pk, row.document, row.office.agency, row.delivery or NULL, row.channel, row.state, row.arrived,
            row.office.incoming if numbered else NULL, row.year if numbered else NULL, row.number if numbered else NULL,
            row.numbered_at, row.office.clerk.post if numbered else NULL, row.register_item or NULL, row.distribute_item or NULL,
            row.assigned_to, row.assigned_at, row.due, row.ended, row.end_reason, row.paper,
        )  # fmt: skip
        for item in row.items:
            self.item.add(*item)
        for line in row.lines:
            self.assignment.add(*line)

    def add_delivery(self, row: "Coming") -> None:
        code, at, staff, remark = row.told[-1]
        self.delivery.add(
            row.delivery,
            row.outgoing,
            row.office.agency,
            row.office.name,
            row.channel,
            "t" if row.paper_too else "f",
            row.told[0][1],
            code,
            at,
            row.accepted,
            staff,
            remark,
        )
        for one in row.told:
            self.state.add(self.state.next_id(), row.delivery, *one)


# Places in the tuple of an item and of an assignment that a later act changes.
_DONE, _OUTCOME = 10, 11
_LINE_DONE, _RESULT = 9, 10


@dataclass(slots=True)
class Coming:
    """One incoming document; its methods are the acts in the order in which they happen."""

    tables: Tables
    pk: int
    document: int
    office: Office
    issuer: str
    code: str
    title: str
    urgency: int
    channel: str = "here"
    arrived: str = ""
    state: str = "arrived"
    paper: str = NULL
    paper_too: bool = False
    delivery: int = 0
    outgoing: int = 0
    accepted: str = NULL
    year: int = 0
    number: int | None = None
    numbered_at: str = NULL
    register_item: int = 0
    distribute_item: int = 0
    assigned_to: str = ""
    assigned_at: str = NULL
    due: str = NULL
    ended: str = NULL
    end_reason: str = ""
    items: list[list] = field(default_factory=list)
    lines: list[list] = field(default_factory=list)
    told: list[tuple[str, str, str, str]] = field(default_factory=list)  # code, at, staff, remark

    def _debt(self, kind: str, verb: str, holder: Seat, opened: str, due: str, parent: int | str = NULL) -> int:
        pk = self.tables.item.next_id()
        about = f"{self.code} · {self.issuer}"
        if self.number is not None:
            about += f" · số đến {self.number}"
        address = f"/lam-viec/van-ban/den/{self.pk}/"
        self.items.append(
            [pk, kind, verb, self.title, about[:300], address, self.urgency, holder.post, opened, due, NULL, "", parent]
        )
        return pk

    def _pay(self, place: int, at: str, outcome: str) -> None:
        self.items[place][_DONE], self.items[place][_OUTCOME] = at, outcome

    def _tell(self, code: str, at: str, who: Seat, remark: str = "") -> None:
        if self.delivery:
            self.told.append((code, at, who.person, remark))

    def open_delivery(self, outgoing: int, at: str, due: str) -> None:
        """issue"""
        self.outgoing, self.delivery = outgoing, self.tables.delivery.next_id()
        self.told.append(("01", at, "", ""))
        self.register_item = self._debt("documents.register", "Vào sổ", self.office.clerk, at, due)

    def returned(self, at: str) -> None:
        """return_to_sender"""
        self.state, self.ended, self.end_reason = "returned", at, "Văn bản gửi nhầm cơ quan."
        self._pay(0, at, "trả lại")
        self._tell("02", at, self.office.clerk, self.end_reason)

    def put_before_leader(self, at: str, due: str) -> None:
        """register_incoming.number"""
        self.state, self.numbered_at = "registered", at
        self.distribute_item = self._debt("documents.instruct", "Phân phối", self.office.leader, at, due)

    def registered(self, at: str) -> None:
        """What register_incoming does besides."""
        self.accepted = at
        self._pay(0, at, f"số đến {self.number}")
        self._tell("03", at, self.office.clerk)

    def instruct(self, desk: Desk, at: str, due: str, text: str) -> None:
        """instruct: the unit leads, its head holds the debt"""
        leader = self.office.leader
        self.state, self.assigned_at, self.due = "assigned", at, due
        self.assigned_to = f"{desk.name} ({desk.head.person})"
        self._pay(-1, at, "đã phân phối")
        self._give(self._words(leader, text, at), desk.head, desk.unit, self.assigned_to, at, due)
        self._tell("04", at, leader)

    def hand_on(self, official: Seat, at: str, due: str, text: str) -> None:
        """assign: the head closes the own debt, the line stays above"""
        head_line = self.lines[-1]
        head = Seat(head_line[3], "Trưởng phòng", self.assigned_to.rpartition("(")[2].rstrip(")"))
        self._pay(-1, at, "đã giao trong đơn vị")
        self._give(
            self._words(head, text, at),
            official,
            NULL,
            official.person,
            at,
            due,
            above=head_line[0],
            above_item=head_line[6],
        )

    def start(self, at: str) -> None:
        """start"""
        self.state = "in_progress"
        self._tell("05", at, self._handler())

    def finish(self, at: str, result: str) -> None:
        """finish: the line, those above it, and the document"""
        for line in self.lines:
            line[_LINE_DONE], line[_RESULT] = at, "đã xử lý"
        self.lines[-1][_RESULT] = result
        self._pay(-1, at, result)
        self.state, self.ended, self.end_reason = "finished", at, result
        self._tell("06", at, self._handler(), result)

    def _handler(self) -> Seat:
        return Seat(self.lines[-1][3], "Chuyên viên", self.lines[-1][5])

    def _words(self, by: Seat, text: str, at: str) -> int:
        pk = self.tables.instruction.next_id()
        self.tables.instruction.add(pk, self.pk, text, by.post, f"{by.title} {by.person}", at)
        return pk

    def _give(
        self, instruction: int, seat: Seat, unit: int | str, name: str, at: str, due: str,
        above: int | str = NULL, above_item: int | str = NULL,
    ) -> None:  # fmt: skip
        item = self._debt("documents.handle", "Xử lý", seat, at, due, above_item)
        self.lines.append(
            [self.tables.assignment.next_id(), self.pk, instruction, seat.post, unit, name, item, above, due, NULL, ""]
        )
