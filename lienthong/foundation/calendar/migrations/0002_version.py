"""A sequence that moves whenever office hours or special days change, and the default schedule of 8 hours a day."""

import datetime

from django.db import migrations

SQL = """
CREATE SEQUENCE calendar_version;
CREATE FUNCTION calendar_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM nextval('calendar_version'); RETURN NULL; END $$;
CREATE TRIGGER calendar_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON calendar_specialday
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_changed();
CREATE TRIGGER calendar_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON calendar_openhours
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_changed();
CREATE TRIGGER calendar_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON calendar_schedule
  FOR EACH STATEMENT EXECUTE FUNCTION calendar_changed();
"""
UNDO = """
DROP TRIGGER calendar_changed ON calendar_specialday; DROP TRIGGER calendar_changed ON calendar_openhours;
DROP TRIGGER calendar_changed ON calendar_schedule; DROP FUNCTION calendar_changed(); DROP SEQUENCE calendar_version;
"""


def load(apps, schema_editor):
    schedule = apps.get_model("calendar", "Schedule").objects.create(name="Giờ hành chính", is_default=True)
    OpenHours = apps.get_model("calendar", "OpenHours")
    for weekday in range(5):
        for opens, closes in ((datetime.time(7, 30), datetime.time(11, 30)), (datetime.time(13), datetime.time(17))):
            OpenHours.objects.create(schedule=schedule, weekday=weekday, opens=opens, closes=closes)


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO), migrations.RunPython(load, migrations.RunPython.noop)]
