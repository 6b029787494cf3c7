"""The incoming list and the search in a large installation, beside a small one: the 95th of a hundred answers."""

from bench import Result, Size, ground, growth, p95, timed
from lienthong.modules.documents.queries.lists import Filter, incoming_page
from lienthong.site.sample.bulk_words import WHAT

DUTIES = ("clerk", "leader", "official")


def run(size: Size, say) -> list[Result]:
    """Clerks, leaders and officials of many agencies in turn; every answer is one page of rows."""
    found = {}
    for documents in (size.small, size.large):
        ground.use(documents, say)
        found[documents] = _measured(size)
    small, large = found[size.small], found[size.large]
    note = f"{size.large:,} against {size.small:,} documents".replace(",", ".")
    return [
        growth(name, p95(large[name]) * 1000, p95(small[name]) * 1000, 2, "ms, p95", len(large[name]), note)
        for name in large
    ]


def _measured(size: Size) -> dict[str, list[float]]:
    viewers, now = [actor for duty in DUTIES for actor in ground.actors(duty, 15)], ground.now()
    took: dict[str, list[float]] = {"incoming_list": [], "search": [], "search_rare": []}
    for turn in range(size.rounds + 1):
        for place, viewer in enumerate(viewers):
            asked = {
                "incoming_list": Filter(),
                "search": Filter(words=WHAT[(place + turn) % len(WHAT)]),
                "search_rare": Filter(words=f"{WHAT[place % len(WHAT)]} tại xã Hòa Thuận"),
            }
            for name, wanted in asked.items():
                seconds = timed(lambda viewer=viewer, wanted=wanted: incoming_page(viewer, wanted, 1, now))
                if turn:  # the first turn reads what the others find in memory
                    took[name].append(seconds)
    return took
