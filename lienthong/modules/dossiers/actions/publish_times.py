"""Work out the honest processing times that are published per procedure."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from lienthong.kit.dates import VIETNAM

PERIOD = timedelta(days=180)
_WORK_OUT = """
INSERT INTO dossiers_processingtime
  (procedure_id, since, until, count, median_hours, ninth_hours, on_time, worked_out_at)
SELECT v.procedure_id, %(since)s, %(until)s, count(*),
  round((percentile_cont(0.5) WITHIN GROUP (ORDER BY d.spent_minutes) / 60.0)::numeric, 1),
  round((percentile_cont(0.9) WITHIN GROUP (ORDER BY d.spent_minutes) / 60.0)::numeric, 1),
  count(*) FILTER (WHERE d.punctuality IN ('early', 'on_time')), %(now)s
FROM dossiers_dossier d JOIN procedures_version v ON v.id = d.version_id
WHERE d.ended_at >= %(since)s AND d.state IN ('ready', 'on_delivery', 'returned') AND NOT d.housekeeping
  AND d.spent_minutes IS NOT NULL
GROUP BY v.procedure_id
ON CONFLICT (procedure_id) DO UPDATE SET since = EXCLUDED.since, until = EXCLUDED.until, count = EXCLUDED.count,
  median_hours = EXCLUDED.median_hours, ninth_hours = EXCLUDED.ninth_hours, on_time = EXCLUDED.on_time,
  worked_out_at = EXCLUDED.worked_out_at
"""


@transaction.atomic
def publish_times(*, now: datetime) -> int:
    """Median and ninth decile of the last half year for every procedure with dossiers done in it; once a day is enough. Returns
    how many procedures."""
    today = now.astimezone(VIETNAM).date()
    with connection.cursor() as cursor:
        cursor.execute(_WORK_OUT, {"since": today - PERIOD, "until": today, "now": now})
        return cursor.rowcount
