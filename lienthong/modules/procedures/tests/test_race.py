"""Two imports of the same file at the same moment."""

import threading
from datetime import datetime

from django.db import connections

from lienthong.foundation.access.rules import system_actor
from lienthong.kit.dates import VIETNAM
from lienthong.modules.procedures import portal_file
from lienthong.modules.procedures.actions.import_procedures import import_procedures
from lienthong.modules.procedures.models import Version
from lienthong.modules.procedures.tests.files import lines, raw


def test_two_imports_at_once_make_each_procedure_once(committed):
    at = datetime(2026, 11, 20, 9, tzinfo=VIETNAM)
    wrong = []

    def run():
        try:
            entries = portal_file.read(lines(*(raw(code=f"1.{number:06d}") for number in range(20))))
            import_procedures(entries=entries, source="thu.jsonl", actor=system_actor(), now=at)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    both = [threading.Thread(target=run) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert wrong == []
    assert Version.objects.count() == 20
