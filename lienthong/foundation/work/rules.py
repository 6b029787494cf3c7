"""Pure decisions about debts.

open ──pause──> paused ──resume──> open ──close──> done
  transition │ act                                   │ who
  open       │ actions.open_item.open_item(s)        │ an act of the owning module
  pause      │ actions.pause.pause                   │ an act of the owning module
  resume     │ actions.pause.resume                  │ an act of the owning module
  hand over  │ actions.hand_over.hand_over           │ the holder, or who holds work.grant over it
  extend     │ actions.extend.ask / decide           │ the holder asks, the post that set the debt decides
  close      │ actions.close_item.close_item         │ an act of the owning module
"""

from datetime import datetime

from lienthong.kit.refusal import N_, Refused


def require_open(done_at: datetime | None) -> None:
    """Refuse to change a debt that has ended."""
    if done_at is not None:
        raise Refused(N_("Việc này đã kết thúc, không thay đổi được nữa."))


def require_reason(reason: str) -> str:
    """The reason without surrounding blanks; refused when there is none."""
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    return reason.strip()[:300]


def require_later(wanted: datetime, due_at: datetime | None) -> None:
    """Refuse an extension of a debt without deadline, or to an earlier moment."""
    if due_at is None:
        raise Refused(N_("Việc này không có hạn nên không cần gia hạn."))
    if wanted <= due_at:
        raise Refused(N_("Hạn mới phải sau hạn đang có."))


def moved(due_at: datetime | None, started: datetime, ended: datetime) -> datetime | None:
    """A deadline after a stop: the stop's length is given back in plain time; the owning module recomputes in working
    time where the law counts working time."""
    return due_at + (ended - started) if due_at else None
