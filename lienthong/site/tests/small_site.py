"""Settings and one page for tests of how processes are run: nothing of the programme itself."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg.conninfo import conninfo_to_dict

_database = conninfo_to_dict(os.environ["DATABASE_URL"])
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.contenttypes", "procrastinate.contrib.django"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database["dbname"],
        "USER": _database["user"],
        "PASSWORD": _database["password"],
        "HOST": _database["host"],
        "PORT": _database["port"],
    }
}
ROOT_URLCONF = __name__
STATIC_URL = "/static/"
STATIC_ROOT = os.path.join(os.environ["LIENTHONG_HOME"], "static")


def health(request: HttpRequest) -> HttpResponse:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok")


urlpatterns = [path("khoe", health)]
