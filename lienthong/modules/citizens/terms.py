"""The words of applicants."""

from enum import StrEnum

from lienthong.kit.refusal import N_


class Kind(StrEnum):
    """Who applies: a person, a business, another organisation, an agency."""

    PERSON = "person"
    BUSINESS = "business"
    ORGANIZATION = "organization"
    AGENCY = "agency"


class IdentityScheme(StrEnum):
    """Which number names the applicant (26/2023/QH15 for persons; 168/2025/NĐ-CP for businesses)."""

    PERSONAL = "personal"  # số định danh cá nhân, 12 digits
    OLD_ID = "old_id"  # chứng minh nhân dân, 9 digits
    PASSPORT = "passport"
    BUSINESS = "business"  # mã số doanh nghiệp, mã số hộ kinh doanh
    AGENCY = "agency"  # mã định danh điện tử của cơ quan, tổ chức
    OTHER = "other"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = ""


KIND_LABELS = {
    Kind.PERSON: N_("Cá nhân"),
    Kind.BUSINESS: N_("Doanh nghiệp, hộ kinh doanh"),
    Kind.ORGANIZATION: N_("Tổ chức"),
    Kind.AGENCY: N_("Cơ quan nhà nước"),
}
SCHEME_LABELS = {
    IdentityScheme.PERSONAL: N_("Số định danh cá nhân"),
    IdentityScheme.OLD_ID: N_("Số chứng minh nhân dân"),
    IdentityScheme.PASSPORT: N_("Số hộ chiếu"),
    IdentityScheme.BUSINESS: N_("Mã số doanh nghiệp, hộ kinh doanh"),
    IdentityScheme.AGENCY: N_("Mã định danh cơ quan, tổ chức"),
    IdentityScheme.OTHER: N_("Giấy tờ khác"),
}
SEX_LABELS = {Sex.MALE: N_("Nam"), Sex.FEMALE: N_("Nữ"), Sex.UNKNOWN: ""}
