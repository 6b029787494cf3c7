"""Which agency of the directory a plan means by the way it writes a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lienthong.kit.text import vn_fold

# The head stands for the agency: "Giám đốc Sở Xây dựng" is charged as Sở Xây dựng.
_HEAD = re.compile(
    r"^(?:thủ trưởng|lãnh đạo|giám đốc|chủ tịch|người đứng đầu|chánh (?=thanh tra|văn phòng))\s*", re.IGNORECASE
)
_SHORT = re.compile(r"^(Sở|Ban|Bộ)\s+([A-ZĐ][A-ZĐ&\-, ]*)$")


class Names:
    """The names of a directory (id, name, short name), folded once for all that are looked up among them."""

    def __init__(self, directory: Iterable[tuple[int, str, str]]) -> None:
        self._known = [(pk, vn_fold(name), vn_fold(short).replace(" ", "")) for pk, name, short in directory]

    def meant(self, said: str) -> int | None:
        """The agency that `said` names: written out or as "UBND", "Sở KH&CN", with or without the province's name behind "tỉnh", by
        its head. None where it names none of them or several."""
        words = _HEAD.sub("", said.strip())
        short = _SHORT.match(words)
        if short:
            letters = vn_fold(short[1][0] + re.sub(r"[^A-ZĐ]", "", short[2]))
            return _only({pk for pk, _, abbreviation in self._known if abbreviation == letters})
        folded = re.sub(r"\bubnd\b", "uy ban nhan dan", vn_fold(words.replace("&", " và ")))
        if not folded:
            return None
        exact = {pk for pk, name, _ in self._known if name == folded}
        if exact:
            return _only(exact)
        if folded.endswith(" tinh"):  # "Bảo hiểm xã hội tỉnh"
            return _only({pk for pk, name, _ in self._known if name.startswith(f"{folded} ")})
        whole, _, place = folded.rpartition(" tinh ")  # "Văn phòng UBND tỉnh Sơn Hải"
        if whole and any(name.endswith(f" tinh {place}") for _, name, _ in self._known):
            return _only({pk for pk, name, _ in self._known if name == f"{whole} tinh"})
        return None


def _only(found: set[int]) -> int | None:
    return found.pop() if len(found) == 1 else None
