"""Reading an edXML message from a stream.

Elements are told by local name, in any order, prefixed or not. The message is never held whole:
fields become text, attachments go through ``attachments.Content`` to the spool. Anything that is
wrong ends in ``Refused`` with a Vietnamese sentence that says what and where, and leaves no file
behind; anything merely odd is a remark in ``warnings``.
"""

from __future__ import annotations

from typing import BinaryIO

from lienthong.kit import xml
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.xml import shorten
from lienthong.modules.exchange.edxml import build
from lienthong.modules.exchange.edxml.attachments import (
    LIMITS,
    Content,
    Limits,
    Spool,
    SpoolPlace,
    shown_name,
    too_large,
)
from lienthong.modules.exchange.edxml.message import Attachment, DocumentPacket, Remark, StatusPacket
from lienthong.modules.exchange.edxml.shape import BULK, ROOT, SKIP, TEXT, Shape, labelled

__all__ = ["LIMITS", "Limits", "read"]

_REMARKS = 50


def read(source: BinaryIO, *, spool: SpoolPlace, limits: Limits = LIMITS) -> DocumentPacket | StatusPacket:
    """The message in ``source``, its attachments put into ``spool``.

    ``spool`` is a directory, where the files then lie under names of our own and belong to the
    caller, or a callable giving a fresh file open for writing and reading. Raises ``Refused``.
    """
    place = Spool(spool)
    try:
        envelope = _Envelope(place, limits)
        xml.stream(source, envelope)
        return envelope.packet()
    except BaseException:
        place.drop_all()
        raise


class _Envelope(xml.Target):
    """Builds dicts of lists (element name → texts or dicts) along ``shape.ROOT``."""

    def __init__(self, spool: Spool, limits: Limits) -> None:
        super().__init__(limits.xml)
        self._spool = spool
        self._costs = limits
        self._room = limits.unpacked_bytes
        self._names: dict[str, tuple[str, str]] = {}
        self._shapes: list[Shape] = [ROOT]
        self._nodes: list[build.Node] = [{}]
        self._path: list[str] = []
        self._skipping = 0
        self._text: list[str] | None = None
        self._length = 0
        self._content: Content | None = None
        self._remarks: list[Remark] = []
        self._attachments: list[Attachment] = []

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        name, shown = self._names.get(tag) or self._name(tag)
        parent = self._shapes[-1]
        shape = parent.get(name) if isinstance(parent, dict) else None
        if shape is None or shape == SKIP:
            if len(self._shapes) == 1:
                raise Refused(N_("Tệp không phải gói tin edXML: phần tử gốc là “{ten}”."), ten=shorten(shown))
            if shape is None:
                self.remark(
                    N_("Bỏ qua phần tử không rõ: {phan_tu}."),
                    phan_tu=shorten("/".join([*self._path[-2:], shown])),
                )
            self._skipping = 1
            return
        self._path.append(shown)
        self._shapes.append(shape)
        if shape == TEXT:
            self._text, self._length = [], 0
        elif shape == BULK:
            self._begin_content()
        else:
            self._nodes.append({})

    def data(self, text: str) -> None:
        if self._skipping:
            return
        if self._content is not None:
            self.bulk += len(text)
            try:
                self._content.feed(text)
            except Refused as reason:
                raise self._about_attachment(reason) from reason
        elif self._text is not None:
            self._length += len(text)
            if self._length > self._costs.field_bytes:
                raise self._field_too_long()
            self._text.append(text)

    def closed(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = self._names[tag][0]
        shape = self._shapes.pop()
        if shape == TEXT:
            value: object = self._field_text()
            self._text = None
        elif shape == BULK:
            value = self._content
            self._content = None
        else:
            value = self._nodes.pop()
            if name == "attachment":
                value = self._settle(value)
        self._path.pop()
        self._nodes[-1].setdefault(name, []).append(value)

    def packet(self) -> DocumentPacket | StatusPacket:
        return build.packet(self._nodes[0], tuple(self._attachments), self._remarks)

    def remark(self, msgid: str, **params: object) -> None:
        remark = Remark(msgid, tuple(params.items()))
        if len(self._remarks) < _REMARKS and remark not in self._remarks:
            self._remarks.append(remark)

    def _name(self, tag: str) -> tuple[str, str]:
        shown = xml.local_name(tag)
        known = self._names[tag] = (shown.lower().replace("bussiness", "business"), shown)
        return known

    def _field_text(self) -> str:
        text = "".join(self._text or ()).strip()
        limit = self._costs.field_bytes
        if len(text) * 4 > limit and len(text.encode("utf-8", "replace")) > limit:
            raise self._field_too_long()
        return text

    def _field_too_long(self) -> Refused:
        return Refused(
            N_("Trường {truong} dài quá {gioi_han} byte nên gói tin không được nhận."),
            truong=labelled("/".join(self._path[-2:])),
            gioi_han=self._costs.field_bytes,
        )

    def _begin_content(self) -> None:
        if len(self._attachments) >= self._costs.attachments:
            raise Refused(
                N_("Gói tin có quá {gioi_han} tệp đính kèm nên không được nhận."), gioi_han=self._costs.attachments
            )
        if self._nodes[-1].get("contenttransferencoded"):
            raise Refused(
                N_("Tệp đính kèm thứ {thu_tu} có nội dung lặp lại hai lần."), thu_tu=len(self._attachments) + 1
            )
        self._content = Content(self._spool, self._costs, self._room)

    def _settle(self, node: build.Node) -> Attachment:
        raw_name = build.text(node, "attachmentname") or self._name_in_manifest(build.text(node, "contentid"))
        name, remarks = shown_name(raw_name)
        described = Attachment(
            name=name,
            size=0,
            sha256="",
            content_id=build.text(node, "contentid"),
            description=build.human(node, "description"),
            declared_type=build.text(node, "contenttype"),
        )
        contents = node.get("contenttransferencoded")
        content = contents[0] if contents else Content(self._spool, self._costs, self._room)
        assert isinstance(content, Content)
        attachment, more = content.settle(described)
        if attachment.size == 0:
            self.remark(N_("Tệp đính kèm “{ten}” rỗng."), ten=attachment.name)
        self._remarks += [*remarks, *more][: max(0, _REMARKS - len(self._remarks))]
        self._room -= attachment.size
        if self._room < 0:
            raise too_large(self._costs)
        self._attachments.append(attachment)
        return attachment

    def _name_in_manifest(self, content_id: str) -> str:
        for reference in build.manifest(self._nodes):
            if content_id and reference.content_id == content_id:
                return reference.name
        return ""

    def _about_attachment(self, reason: Refused) -> Refused:
        name, _ = shown_name(build.text(self._nodes[-1], "attachmentname"))
        return Refused(N_("Tệp đính kèm “{ten}”: {ly_do}"), ten=name or f"#{len(self._attachments) + 1}", ly_do=reason)
