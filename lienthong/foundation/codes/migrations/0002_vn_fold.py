"""The database's own folding of Vietnamese text; kit.text.vn_fold is its twin (a test proves that they agree)."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

FOLD = """
CREATE FUNCTION vn_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(lower(public.unaccent('public.unaccent', normalize($1, NFC))), '[^a-z0-9]+', ' ', 'g'))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("codes", "0001_initial")]
    operations = [UnaccentExtension(), migrations.RunSQL(FOLD, "DROP FUNCTION vn_fold(text)")]
