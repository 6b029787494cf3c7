"""The end of a dossier's way: the result is collected, sent or downloaded, and the applicant says how it was."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.parcels import Status, Trip, send_parcel, take_statuses
from lienthong.modules.dossiers.actions.rate import rate_at_desk, rate_by_code
from lienthong.modules.dossiers.models import Dossier, Parcel
from lienthong.modules.dossiers.terms import DossierState, Grade, ResultWay

if TYPE_CHECKING:
    from lienthong.site.sample.walk import Walk

MARKS = {Grade.VERY_GOOD: (2, 2, 2, 2, 1), Grade.GOOD: (1, 1, 2, 1, 1), Grade.BAD: (0, 1, 1, 0, 1)}
COMMENTS = {
    Grade.VERY_GOOD: ("Cán bộ hướng dẫn tận tình.", "Trả sớm hơn hẹn, cảm ơn.", ""),
    Grade.GOOD: ("", "Nên có thêm ghế chờ.", ""),
    Grade.BAD: ("Phải bổ sung giấy tờ hai lần.", "Chờ lâu mà không được báo trước.", "Đi lại nhiều lần."),
}


class Giving:
    """Gives the result of one walk back."""

    def __init__(self, walk: Walk):
        self.walk, self.plan, self.random = walk, walk.plan, walk.random

    def give(self, now: datetime) -> None:
        """As the applicant has chosen; a plan that ends at `ready` leaves it on the counter."""
        walk = self.walk
        if "post" in self.plan.marks:
            self._send(now)
        elif self.plan.end != "ready":
            way = ResultWay.ELECTRONIC if "electronic" in self.plan.marks else ResultWay.DESK
            name = Dossier.objects.values_list("applicant_name", flat=True).get(pk=walk.pk)
            give_back(dossier_id=walk.pk, way=way, taken_by=name, actor=walk.desk, now=now)
            self._rate(now)

    def _send(self, now: datetime) -> None:
        walk, details = self.walk, self.walk.someone.details
        trip = Trip(details.name, walk.someone.home, details.phone, 30_000, walk.counter.post_code())
        parcel = send_parcel(dossier_id=walk.pk, trip=trip, actor=walk.desk, now=now)
        if self.plan.end != "post":
            walk.later(now, self.random.uniform(8, 18), self._arrive, parcel)

    def _arrive(self, parcel: Parcel, now: datetime) -> None:
        """The post's file says what became of it."""
        lost = "undelivered" in self.plan.marks
        status = Status(
            parcel.tracking,
            "Người nhận đi vắng, chuyển hoàn" if lost else "Đã phát cho người nhận",
            now,
            not lost,
            lost,
        )
        take_statuses(statuses=[status], actor=self.walk.desk, now=now)
        if not lost:
            self._rate(now)

    def _rate(self, now: datetime) -> None:
        said = next((mark for mark in self.plan.marks if mark.startswith("rated:")), "")
        if not said:
            return
        _, where, grade = said.split(":")
        in_person = where == "desk" and not {"electronic", "post"} & self.plan.marks
        if in_person:
            self._say(Grade(grade), now, at_desk=True)
        else:
            self.walk.later(now, self.random.uniform(1, 12), lambda then: self._say(Grade(grade), then, at_desk=False))

    def _say(self, grade: Grade, now: datetime, *, at_desk: bool) -> None:
        dossier = Dossier.objects.only("code", "state").get(pk=self.walk.pk)
        if dossier.state != DossierState.RETURNED:
            return
        criteria, comment = list(MARKS[grade]), self.random.choice(COMMENTS[grade])
        self.random.shuffle(criteria)
        if at_desk:
            rate_at_desk(
                dossier_id=dossier.pk, grade=grade, criteria=criteria, comment=comment, actor=self.walk.desk, now=now
            )
        else:
            rate_by_code(code=dossier.code or "", grade=grade, criteria=criteria, comment=comment, now=now)
