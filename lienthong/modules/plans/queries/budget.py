"""Questions about the money of a plan. Whoever reads the plan reads its money."""

from collections.abc import Sequence
from dataclasses import dataclass

from lienthong.modules.plans.models import BudgetLine


@dataclass(frozen=True, slots=True)
class Money:
    """What was planned, allotted and spent, in đồng."""

    planned: int
    allotted: int
    spent: int

    @property
    def over(self) -> int:
        """How much more was spent than allotted, 0 where it was not."""
        return max(0, self.spent - self.allotted)

    @property
    def share(self) -> int | None:
        """Spent in percent of what was allotted; None where nothing was."""
        return round(self.spent * 100 / self.allotted) if self.allotted else None


def budget_lines(plan_id: int) -> list[BudgetLine]:
    """The lines in their order."""
    return list(BudgetLine.objects.filter(plan=plan_id))


def budget_line(plan_id: int, line_id: int) -> BudgetLine:
    """A line of that very plan, or BudgetLine.DoesNotExist."""
    return BudgetLine.objects.get(pk=line_id, plan=plan_id)


def money_of(line: BudgetLine) -> Money:
    """What one line says."""
    return Money(line.planned, line.allotted, line.spent)


def total(lines: Sequence[BudgetLine]) -> Money:
    """All lines together."""
    return Money(sum(one.planned for one in lines), sum(one.allotted for one in lines), sum(one.spent for one in lines))
