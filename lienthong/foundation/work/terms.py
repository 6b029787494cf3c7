"""Roles in a debt."""

from enum import StrEnum

from lienthong.kit.refusal import N_


class Role(StrEnum):
    LEAD = "lead"
    SUPPORT = "support"
    INFORM = "inform"


ROLE_LABELS = {Role.LEAD: N_("Chủ trì"), Role.SUPPORT: N_("Phối hợp"), Role.INFORM: N_("Để biết")}
