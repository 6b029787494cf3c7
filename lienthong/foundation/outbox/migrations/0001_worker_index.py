"""An index for the one foreign key that procrastinate leaves without: its sweeps of dead workers would read all jobs."""

from django.db import migrations

INDEX = "CREATE INDEX procrastinate_jobs_worker ON procrastinate_jobs (worker_id)"


class Migration(migrations.Migration):
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX procrastinate_jobs_worker")]
