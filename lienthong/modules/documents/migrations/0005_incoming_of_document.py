"""A document at one of hundreds of agencies is found in one step; the index of the document alone falls out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_matter")]
    operations = [
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["document", "agency"], name="incoming_of_document"),
        ),
        migrations.AlterField(
            model_name="incoming",
            name="document",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
    ]
