"""Every setting that the environment may give, read in one place."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from psycopg.conninfo import conninfo_to_dict

# name → (default, meaning): the source of docs/operators/settings.md.
SETTINGS = {
    "DATABASE_URL": ("a private server", "postgresql://user:password@host:port/name of a PostgreSQL 15 or later"),
    "LIENTHONG_HOME": (".lienthong in the checkout", "folder of the private database, the files, keys and anchors"),
    "LIENTHONG_HOSTS": ("localhost,127.0.0.1,[::1]", "host names that the web server answers to, comma-separated"),
    "LIENTHONG_ORIGINS": ("", "https origins that may post forms, comma-separated, when behind a proxy"),
    "LIENTHONG_HTTPS": ("0", "1 when a proxy in front speaks HTTPS: secure cookies, passkeys only over HTTPS"),
    "LIENTHONG_SMTP": ("", "smtp://user:password@host:port or smtp+tls://…; empty: no e-mail goes out"),
    "LIENTHONG_MAIL_FROM": ("lienthong@localhost", "sender address of the e-mail that the system writes"),
    "LIENTHONG_SMS": (
        "lienthong.foundation.notify.actions.send_sms.demo",
        "Python function (phone, text) that hands a text message to a gateway; empty: none goes out",
    ),
    "LIENTHONG_PUBLIC_ADDRESS": ("http://localhost:8000", "address that links in e-mail start with"),
    "LIENTHONG_MAX_UPLOAD_MB": ("300", "largest request body, in megabytes"),
    "LIENTHONG_CLAMD": ("", "host:port or socket path of a clamd that scans what is uploaded; empty: no scanning"),
    "LIENTHONG_LOG_LEVEL": ("WARNING", "Python log level"),
    "LIENTHONG_DEBUG": ("0", "1 only on a developer's own machine"),
    "LIENTHONG_SECRET_KEY": ("made at first start, kept in LIENTHONG_HOME", "key that signs sessions and links"),
    "LIENTHONG_POSTGRES": (
        "wheel, then system",
        "which PostgreSQL programs run the private server: wheel, system, or a folder that holds initdb and postgres",
    ),
    "LIENTHONG_POSTGRES_SETTINGS": ("", "settings of the private server, name=value separated by semicolons"),
    "LIENTHONG_PYTHON": ("the first of python3, python3.14 … python3.11", "the Python that ./lt makes its .venv with"),
    "LIENTHONG_CHROMIUM": ("found on the PATH", "the browser that the browser tests use; they are skipped without one"),
}
_DEFAULT_HOSTS = "localhost,127.0.0.1,[::1]"


def settings_page() -> str:
    """docs/operators/settings.md: every setting with its default and its meaning, as Markdown."""
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"
        for name, (default, meaning) in SETTINGS.items()
    ]
    return "\n".join([_PAGE_HEAD, "| name | without it | meaning |", "|---|---|---|", *rows, ""])


_PAGE_HEAD = """# Settings

Cài đặt chỉ đọc từ biến môi trường. Everything that can be set is set in the environment; there is no settings file.
This page is written by `./lt manage settings_page` from `lienthong/site/environment.py`; a test keeps it current.
"""


def text(name: str, default: str) -> str:
    """A setting as text."""
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    """A setting that is on for 1, true, yes."""
    return text(name, "0").lower() in {"1", "true", "yes"}


def words(name: str) -> list[str]:
    """A comma-separated setting."""
    default = _DEFAULT_HOSTS if name == "LIENTHONG_HOSTS" else ""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def megabytes(name: str, default: int) -> int:
    """A size in megabytes, as bytes."""
    return int(text(name, str(default))) * 1024 * 1024


def home(checkout: Path) -> Path:
    """The folder that holds everything of this installation."""
    return folder(Path(text("LIENTHONG_HOME", str(checkout / ".lienthong"))).resolve())


def folder(path: Path) -> Path:
    """The folder, made when it is not there."""
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(home_folder: Path) -> str:
    """From the environment, else made once and kept in a file only its owner reads."""
    if given := os.environ.get("LIENTHONG_SECRET_KEY"):
        return given
    path = home_folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def database() -> dict:
    """Django's settings for DATABASE_URL. JIT is switched off: it costs more than it saves on short queries."""
    parts = conninfo_to_dict(text("DATABASE_URL", "postgresql:///lienthong"))
    known = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{theirs: str(parts.pop(ours, "") or "") for theirs, ours in known.items()},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c jit=off", **parts},
    }


def mail() -> tuple[str, int, str, str, bool]:
    """Host, port, user, password and whether TLS, from LIENTHONG_SMTP."""
    parts = urlsplit(text("LIENTHONG_SMTP", ""))
    return (
        parts.hostname or "localhost",
        parts.port or 25,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtp+tls",
    )


def front_end_parts(checkout: Path) -> list[tuple[str, Path]]:
    """The folders of front-end packages that pages use, each under a prefix of its own."""
    packages = checkout / "node_modules"
    wanted = {
        "bootstrap": "bootstrap/dist",
        "bootstrap-icons": "bootstrap-icons/font",
        "be-vietnam-pro": "@expo-google-fonts/be-vietnam-pro",
        "inter": "@expo-google-fonts/inter",
    }
    return [(prefix, packages / place) for prefix, place in wanted.items() if (packages / place).is_dir()]
