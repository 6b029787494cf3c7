"""Whether an outgoing document is digitally signed, and that deliveries are counted by it."""

from django.db import migrations, models

from lienthong.foundation.measures.touching import day_of, touching

_ITS_DELIVERIES = f"SELECT r.agency_id, {day_of('d.sent_at')} FROM documents_delivery d WHERE d.outgoing_id = r.id"  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_index_what_is_counted"), ("files", "0002_storedfile_signatures")]
    operations = [
        migrations.AddField(model_name="outgoing", name="signed", field=models.BooleanField(null=True)),
        touching(
            "documents_outgoing", {"documents.deliveries": _ITS_DELIVERIES}, ["agency_id", "signed"],
            new=False, name="documents_outgoing_of_deliveries",
        ),  # fmt: skip
    ]
