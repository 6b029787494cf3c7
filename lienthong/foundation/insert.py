"""One row in one plain statement, for the rows that nearly every act writes.

Django puts the statement of `save` together anew each time, which takes longer than the database needs to carry it out;
here it is put together once for each table. No signals: facts go through the outbox.
"""

from functools import cache

from django.db import connection, models, transaction


def insert(row: models.Model) -> None:
    """Write a new row, as `row.save(force_insert=True)` does; its id is set on return, unless it was given."""
    with_id = row.pk is not None
    statement, fields = _statement(type(row), with_id)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        if not with_id:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(model: type[models.Model], with_id: bool) -> tuple[str, list[models.Field]]:
    meta = model._meta
    fields = [field for field in meta.concrete_fields if with_id or field is not meta.pk]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    # An array needs its type said: an empty one has none of its own.
    marks = ", ".join(
        f"%s::{field.db_type(connection)}" if hasattr(field, "get_placeholder") else "%s" for field in fields
    )
    back = "" if with_id else f' RETURNING "{meta.pk.column}"'
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({marks}){back}', fields  # noqa: S608 - names of the model
