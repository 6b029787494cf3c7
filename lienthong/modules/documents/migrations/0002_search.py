"""Search: one index over the text and the agencies that hold the document (decisions/0003)."""

from django.db import migrations

SEARCH = """
CREATE EXTENSION IF NOT EXISTS btree_gin;
ALTER TABLE documents_document ADD COLUMN search tsvector GENERATED ALWAYS AS (
  to_tsvector('simple', vn_fold(number || '/' || notation || ' ' || type_name || ' ' || subject || ' ' || issuer_name
                                || ' ' || signer_name))
  || to_tsvector('simple', vn_fold(left(body, 200000)))
) STORED;
CREATE INDEX document_search ON documents_document USING gin (search, holders) WITH (fastupdate = off);
"""
UNDO = "ALTER TABLE documents_document DROP COLUMN search"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("codes", "0002_vn_fold")]
    operations = [migrations.RunSQL(SEARCH, UNDO)]
