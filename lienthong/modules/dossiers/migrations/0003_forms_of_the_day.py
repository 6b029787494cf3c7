"""The printed forms, each with the days on which it holds, and what follows the number on each.

List `dossier-form`: `short` is the set and the number in it ("2025-01"), `name` the title as printed. List
`dossier-form-number`: `name` is what follows the number; {office} becomes TTPVHCC where a centre receives, BPTNTKQ
elsewhere. What followed the numbers in 2018 beyond the receipt was not uniform; the pattern of 2025 stands in.
"""

from datetime import date

from django.db import migrations

SETS = (
    ("2018", date(2018, 11, 23), date(2025, 7, 1), "01/2018/TT-VPCP"),
    ("2025", date(2025, 7, 1), None, "03/2025/TT-VPCP, phụ lục I"),
)
RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
SUPPLEMENT = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
REFUSAL = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
CONTROL = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
BOOK = "Sổ theo dõi hồ sơ"
TITLES = {
    "2018": (
        ("receipt", "01", RECEIPT), ("supplement", "02", SUPPLEMENT), ("refusal", "03", REFUSAL),
        ("apology", "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"), ("control", "05", CONTROL), ("book", "06", BOOK),
    ),
    "2025": (
        ("receipt", "01", RECEIPT), ("supplement", "02", SUPPLEMENT), ("refusal", "03", REFUSAL),
        ("apology", "04", "Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết"),
        ("stop", "05", "Thông báo dừng giải quyết hồ sơ"), ("control", "06", CONTROL), ("book", "07", BOOK),
    ),
}  # fmt: skip
AFTER_NUMBER = {
    "receipt": "/{office}", "supplement": "/PBS-{office}", "refusal": "/PTC-{office}", "apology": "/PXL",
    "stop": "/TBD-{office}", "control": "/PKS-{office}",
}  # fmt: skip


def add(apps, schema_editor):
    Code = apps.get_model("codes", "Code")

    def keep(listed, code, since, **rest):
        Code.objects.get_or_create(list=listed, code=code, valid_from=since, defaults=rest)

    for name, since, until, law in SETS:
        for kind, number, title in TITLES[name]:
            keep("dossier-form", kind, since, name=title, short=f"{name}-{number}", place=int(number), valid_to=until,
                 legal_basis=law)  # fmt: skip
            if kind in AFTER_NUMBER:
                keep("dossier-form-number", kind, since, name=AFTER_NUMBER[kind], place=int(number), valid_to=until,
                     legal_basis=law)  # fmt: skip
    # No form of the circulars: the signature that the last column of the book asks for.
    keep("dossier-form", "return", SETS[0][1], name="Giấy ký nhận kết quả", short="-", place=90,
         legal_basis="61/2018/NĐ-CP, điều 20")  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_rules_of_the_day"), ("codes", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
