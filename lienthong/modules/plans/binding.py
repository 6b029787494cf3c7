"""Which measure a promise most likely speaks of: a proposal for a person to confirm, by the words of the promise."""

from __future__ import annotations

from dataclasses import dataclass

from lienthong.kit.text import vn_fold


@dataclass(frozen=True, slots=True)
class Clue:
    """Folded words that must all stand in the subject (one of those parted by "|"), and what they point to."""

    words: tuple[str, ...]
    measure: str
    parts: str = ""
    without: str = ""  # folded words, parted by "|", of which none may stand in the subject


# The first that fits; narrower ones before wider ones.
_CLUES = (
    Clue(("van ban", "song song|kem ban giay|kem van ban giay"), "documents.parallel"),
    Clue(("van ban", "trong ngay", "phat hanh|ky"), "documents.issued_same_day"),
    Clue(("van ban", "xac nhan|vao so", "trong ngay"), "documents.acknowledged_same_day"),
    Clue(("van ban", "hoan toan", "dien tu"), "documents.wholly_electronic"),
    Clue(
        ("van ban", "trinh uy ban|trinh ubnd|trinh chinh phu|trinh len", "dien tu|moi truong mang|qua mang"),
        "documents.electronic_up",
    ),
    Clue(("van ban", "chu ky so|ky so"), "documents.signed"),
    Clue(("van ban", "dung han"), "documents.handled_on_time"),
    Clue(("van ban", "giua cac|trao doi", "dien tu|moi truong mang|qua mang"), "documents.electronic_across"),
    # An acknowledgement is counted by the day only.
    Clue(("van ban", "dien tu|moi truong mang"), "documents.electronic", without="xac nhan"),
    Clue(("hai long",), "dossiers.satisfied"),
    Clue(("thanh toan", "truc tuyen|dien tu"), "dossiers.paid_online"),
    Clue(("so hoa", "ho so|thanh phan|ket qua"), "dossiers.digitised"),
    Clue(("ho so", "truc tuyen|qua mang"), "dossiers.online"),
    Clue(("ho so", "tre han|qua han|cham han"), "dossiers.late"),
    Clue(("ho so|thu tuc", "dung han"), "dossiers.on_time"),
    Clue(("ket qua", "ban dien tu|dien tu"), "dossiers.electronic_result"),
    Clue(("buu chinh",), "dossiers.returned_by_post"),
    Clue(("dich vu cong|thu tuc", "toan trinh|muc do 4"), "procedures.whole"),
    Clue(("dich vu cong|thu tuc", "muc do 3|muc 3"), "procedures.level_3"),
    Clue(("dich vu cong", "truc tuyen"), "procedures.online"),
    Clue(("thu tuc", "cong khai|cong bo|niem yet"), "procedures.published"),
    Clue(("mot cua|1 cua", "don vi|co quan|so ban|cap xa|cap huyen"), "dossiers.agencies"),
    Clue(("co quan|don vi", "quan ly van ban|van phong dien tu"), "documents.agencies"),
)
_TIERS = ((("cap xa", "xa phuong", "uy ban nhan dan xa"), "cap-4"), (("so ban nganh", "cac so", "cap tinh"), "cap-2"))


def clue(subject: str) -> Clue | None:
    """The first clue that fits the subject of a promise; None when nothing does."""
    folded = f" {vn_fold(subject)} "
    for one in _CLUES:
        if all(_any_of(group, folded) for group in one.words) and not (one.without and _any_of(one.without, folded)):
            return one
    return None


def _any_of(group: str, folded: str) -> bool:
    return any(f" {word}" in folded for word in group.split("|"))


def scope_of(said: str) -> str:
    """The scope that the plan's words name: a tier, or the whole province."""
    folded = vn_fold(said)
    found = [code for words, code in _TIERS if any(word in folded for word in words)]
    return found[0] if len(found) == 1 else "tinh"
