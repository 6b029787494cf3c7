"""The 29 types of administrative documents with their abbreviations (30/2020/NĐ-CP art. 7, annex III)."""

import csv
import datetime
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).resolve().parents[1] / "document_types.csv"
IN_FORCE = datetime.date(2020, 3, 5)


def load(apps, schema_editor):
    Code = apps.get_model("codes", "Code")
    with open(TABLE, encoding="utf-8", newline="") as file:
        Code.objects.bulk_create(
            Code(
                list="document-type", place=place, valid_from=IN_FORCE, legal_basis="30/2020/NĐ-CP, phụ lục III", **row
            )
            for place, row in enumerate(csv.DictReader(file), 1)
        )


def unload(apps, schema_editor):
    apps.get_model("codes", "Code").objects.filter(list="document-type").delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_search")]
    operations = [migrations.RunPython(load, unload)]
