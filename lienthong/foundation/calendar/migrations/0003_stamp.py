"""The version of the calendar as a row, not as the sequence itself.

A sequence moves at once and for everybody, also before the change is committed and when it is rolled back: whoever read in
between kept old days under the new version. A row is seen when its change is seen; its value comes from the sequence,
which never gives one twice.
"""

from django.db import migrations

SQL = """
CREATE TABLE calendar_stamp (single boolean PRIMARY KEY DEFAULT true CHECK (single), version bigint NOT NULL);
INSERT INTO calendar_stamp (version) VALUES (nextval('calendar_version'));
CREATE OR REPLACE FUNCTION calendar_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE calendar_stamp SET version = nextval('calendar_version'); RETURN NULL; END $$;
"""
UNDO = """
CREATE OR REPLACE FUNCTION calendar_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM nextval('calendar_version'); RETURN NULL; END $$;
DROP TABLE calendar_stamp;
"""


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_version")]
    operations = [migrations.RunSQL(SQL, UNDO)]
