"""The installations that are measured: databases of their own beside the one at hand, filled once and kept."""

import os
from collections.abc import Callable
from datetime import date, datetime
from random import Random

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.calendar import queries as calendar
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.models import Post
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.models import Document
from lienthong.modules.procedures import queries as procedures
from lienthong.site.sample import bulk

AGENCIES = 257  # one that writes, and 256 receivers


def conninfo(documents: int | str) -> str:
    """Of the database with so many documents (or of another one that is measured, by its name)."""
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    return make_conninfo(**{**parts, "dbname": f"bench_{documents}"})


def use(documents: int, say: Callable[[str], None]) -> None:
    """Let Django work on the installation with so many documents; it is made when it is not there yet."""
    name = f"bench_{documents}"
    install(name)
    if not Document.objects.exists():
        say(f"{name}: {documents} văn bản · filling")
        bulk.fill(documents=documents, agencies=AGENCIES, now=now(), progress=say)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def install(name: str) -> None:
    """Let Django work on the database of that name, made and brought to the present schema when needed."""
    server = make_conninfo(**{**conninfo_to_dict(os.environ["DATABASE_URL"]), "dbname": "postgres"})
    with psycopg.connect(server, autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            admin.execute(f'CREATE DATABASE "{name}"')
    connections.close_all()
    put_under(name)
    call_command("migrate", verbosity=0)


def put_under(name: str) -> None:
    """Let Django work on that database from now on; what the process keeps of another one is forgotten."""
    connection.settings_dict["NAME"] = name
    for module in (calendar, organizations, procedures):
        module.forget()


def now() -> datetime:
    return datetime.now(VIETNAM)


def actors(duty: str, count: int = 20, seed: int = 1) -> list[Actor]:
    """People with a duty, spread over the agencies; the same each time."""
    posts = list(Post.objects.filter(duties__contains=[duty]).order_by("id").values_list("pk", flat=True))
    chosen = Random(seed).sample(posts, min(count, len(posts)))
    found = [organizations.actor_for_post(post, today()) for post in chosen]
    return [actor for actor in found if actor is not None]


def today() -> date:
    return now().date()
