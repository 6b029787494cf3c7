"""Where the bars of a small chart stand: plain numbers for an SVG of 60 a bar in width and 100 in height."""

from collections.abc import Sequence
from decimal import Decimal

STEP = 60


def bars(values: Sequence[Decimal | None], *, share: bool) -> list[dict[str, int]]:
    """One bar a value: `at` its left side, `middle`, `top`, `height`, `over` where its figure is written. Shares are drawn out of
    100, others out of the largest; what is more than nothing is never invisible."""
    most = Decimal(100) if share else max((value for value in values if value), default=Decimal(1))
    heights = [max(1, round(value * 100 / most)) if value else 0 for value in values]
    return [
        {"at": place * STEP + 14, "middle": place * STEP + 31, "top": 100 - height, "height": height, "over": 95 - height}
        for place, height in enumerate(heights)
    ]  # fmt: skip
