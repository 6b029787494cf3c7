"""What an installation does before it serves: schema, sample province, translations, static files.

Run as a process of its own (`python -m lienthong.site.running.prepare [--sample [SCALE]]`), so that the process
that supervises stays small. Prints on standard output what `sample_province --json` prints.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from pathlib import Path

from lienthong.site.running.places import Home, checkout
from lienthong.site.running.speech import said_now_and_then, say

# Any number will do, as long as every process that migrates this database uses the same.
MIGRATION_LOCK = 5_210_026_030


def translations(home: Home) -> None:
    """Compile every message catalogue into the home; done in a moment, and needs no gettext tools."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    sources: dict[str, list[Path]] = {}
    for path in sorted((checkout() / "lienthong").glob("**/locale/*/LC_MESSAGES/django.po")):
        sources.setdefault(path.parts[-3], []).append(path)
    for language, paths in sources.items():
        target = home.path / "locale" / language / "LC_MESSAGES" / "django.mo"
        if target.is_file() and all(path.stat().st_mtime < target.stat().st_mtime for path in paths):
            continue
        merged = Catalog(locale=language)
        for path in paths:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language)
            merged.mime_headers = catalogue.mime_headers
            for message in catalogue:
                if message.id:
                    merged[message.id] = message
        buffer = io.BytesIO()
        write_mo(buffer, merged)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(target)


def schema() -> None:
    """Bring the database to the present schema; several nodes may start at once."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            _count()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _count() -> None:
    """Count what was there before measures came or changed. A site of other applications has none."""
    from django.apps import apps

    if apps.is_installed("lienthong.foundation.measures"):
        from lienthong.foundation.measures.actions.count_all import count_all
        from lienthong.web.clock import now

        count_all(
            now=now(), progress=said_now_and_then("Đếm số liệu từ bản ghi đã có", "counting figures from what is there")
        )


def static_files() -> None:
    """Collect the files that pages link to, when any of them has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            seen.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == seen.hexdigest():
        return
    say("Chuẩn bị tệp giao diện", "collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(seen.hexdigest(), encoding="ascii")


def main(argv: list[str]) -> int:
    """Do it all, in the order in which the steps need each other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--scale")
    wanted = parser.parse_args(argv)
    translations(Home.here())

    import django

    django.setup()
    from django.core.management import call_command

    # A fault in the code or the settings is told here once, and not by every web process again and again.
    call_command("check", verbosity=0)
    schema()
    static_files()
    if wanted.sample:
        options = ["--json", *(["--scale", wanted.scale] if wanted.scale else [])]
        call_command("sample_province", *options)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
