"""People and organisations who apply. Read this first."""

from lienthong.kit.declare import Module, Verb
from lienthong.kit.refusal import N_

MODULE = Module(
    code="citizens",
    label=N_("Người nộp hồ sơ"),
    verbs=(
        Verb("citizens.read", N_("Tra người nộp hồ sơ")),
        Verb("citizens.edit", N_("Ghi, sửa, gộp người nộp hồ sơ")),
    ),
    grants={"desk": {"citizens.read": "agency", "citizens.edit": "agency"}},
)
