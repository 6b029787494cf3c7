"""The table of commands behind `./lt`.

Exit codes: 0 all was done; 3 some of the input was refused and the rest is done; 2 nothing could be done;
`test` and `check` give 1 when something does not hold.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lienthong
from lienthong.site.running.places import Home, checkout
from lienthong.site.running.speech import CannotRun

NOTHING_DONE = 2


@dataclass(frozen=True)
class Command:
    """One command: what it does in both languages, and the function that takes its arguments."""

    vietnamese: str
    english: str
    run: Callable[[list[str]], int]


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    for order in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(order, lambda number, _frame: sys.exit(128 + number))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lienthong.site.settings")
    os.environ["LIENTHONG_HOME"] = str(Home.here().path)
    # Child processes find the package wherever they are started.
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(checkout()), *_python_path()]))
    name, rest = (argv[0], list(argv[1:])) if argv else ("help", [])
    command = COMMANDS.get("help" if name in ("-h", "--help") else name)
    if command is None:
        _usage([])
        print(f"✗ Không có lệnh {name!r} · no such command", file=sys.stderr)
        return NOTHING_DONE
    try:
        return command.run(rest)
    except CannotRun as problem:
        print(problem, file=sys.stderr)
        return NOTHING_DONE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _python_path() -> list[str]:
    return [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]


def _usage(_arguments: list[str]) -> int:
    print(f"Liên Thông {lienthong.__version__}\n\n./lt LỆNH [THAM SỐ]\n")
    for name, command in COMMANDS.items():
        print(f"  {name:<10} {command.vietnamese} · {command.english}")
    return 0


def _serve(arguments: list[str], sample: bool) -> int:
    from lienthong.site.running.serving import Wishes, serve

    parser = argparse.ArgumentParser(prog=f"lt {'demo' if sample else 'serve'}")
    parser.add_argument("--port", type=int, help="cổng · port (8000)")
    parser.add_argument("--address", default="127.0.0.1", help="địa chỉ lắng nghe · address to listen on")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web · web processes (2)")
    parser.add_argument("--json", action="store_true", help="in địa chỉ và tài khoản dạng JSON · print JSON")
    if sample:
        parser.add_argument("--scale", help="quy mô tỉnh mẫu · size of the sample province")
        parser.add_argument("--fresh", action="store_true", help="xóa dữ liệu mẫu, làm lại từ đầu · start anew")
    given = vars(parser.parse_args(arguments))
    port = given.pop("port")
    # Whoever runs a service has told others its port: another one would not be found.
    return serve(Wishes(port=port or 8000, exact_port=port is not None and not sample, sample=sample, **given))


def _demo(arguments: list[str]) -> int:
    return _serve(arguments, sample=True)


def _service(arguments: list[str]) -> int:
    return _serve(arguments, sample=False)


def _stop(_arguments: list[str]) -> int:
    from lienthong.site.running.serving import stop

    return stop()


def _test(arguments: list[str]) -> int:
    from lienthong.site.running.checks import test

    return test(arguments)


def _check(_arguments: list[str]) -> int:
    from lienthong.site.running.checks import check

    return check()


def _doctor(arguments: list[str]) -> int:
    from lienthong.site.running.doctor import doctor

    return doctor("--json" in arguments)


def _backup(arguments: list[str]) -> int:
    from lienthong.site.running.copies import backup

    return backup(_one_file("backup", arguments))


def _restore(arguments: list[str]) -> int:
    from lienthong.site.running.copies import restore

    return restore(_one_file("restore", arguments))


def _one_file(command: str, arguments: list[str]) -> Path:
    parser = argparse.ArgumentParser(prog=f"lt {command}")
    parser.add_argument("file", metavar="FILE", type=Path)
    file: Path = parser.parse_args(arguments).file
    return file.absolute()


def _manage(arguments: list[str]) -> int:
    return _django(arguments)


def _calendar(arguments: list[str]) -> int:
    if arguments[:1] != ["due"]:
        raise CannotRun(
            "Dùng: ./lt calendar due TỆP.csv",
            "Usage: ./lt calendar due CASES.csv [--days DAYS.csv] [--hours 07:30-11:30,13:30-17:00]",
        )
    from lienthong.foundation.calendar import due_file

    return int(due_file.main(arguments[1:]) or 0)


def _plan(arguments: list[str]) -> int:
    if arguments[:1] != ["read"]:
        raise CannotRun("Dùng: ./lt plan read TỆP [--json]", "Usage: ./lt plan read FILE [--json]")
    from lienthong.modules.plans import plan_file

    return plan_file.main(arguments)


_IMPORTED = ("agencies", "edxml", "procedures", "processes")


def _import(arguments: list[str]) -> int:
    if arguments[:1] not in ([kind] for kind in _IMPORTED) or len(arguments) < 2:
        raise CannotRun(
            f"Dùng: ./lt import {'|'.join(_IMPORTED)} TỆP…", f"Usage: ./lt import {'|'.join(_IMPORTED)} FILE…"
        )
    return _django([f"import_{arguments[0]}", *arguments[1:]], migrate=True)


def _verify(arguments: list[str]) -> int:
    return _django(["verify", *arguments], migrate=True)


def _bench(arguments: list[str]) -> int:
    # A million documents must not end up among somebody's real ones.
    home = Home(Home.here().path / "bench")
    os.environ["LIENTHONG_HOME"] = str(home.path)
    if os.environ.pop("DATABASE_URL", None):
        print("▸ DATABASE_URL không dùng cho bench · bench uses a private server of its own", file=sys.stderr)
    return _django(["bench", *arguments], migrate=True, home=home)


def _django(arguments: list[str], migrate: bool = False, home: Home | None = None) -> int:
    """Run a Django command with a database that answers; a command's own exit code is passed on."""
    from lienthong.site.running.postgres import running

    with running(home or Home.here()) as url:
        before = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_URL"] = url
        try:
            return _managed(arguments, migrate)
        finally:
            if before is None:
                del os.environ["DATABASE_URL"]


def _managed(arguments: list[str], migrate: bool) -> int:
    import django
    from django.core.management import ManagementUtility, get_commands
    from django.db import connections

    django.setup()
    if migrate and arguments[0] not in get_commands():
        raise CannotRun(f"Chưa có lệnh {arguments[0]}.", f"There is no command {arguments[0]} yet.")
    try:
        if migrate:
            from lienthong.site.running.prepare import schema

            schema()
        ManagementUtility(["lt manage" if not migrate else "lt", *arguments]).execute()
    except SystemExit as ended:
        return _code(ended.code, strict=migrate)
    except Exception as problem:
        refusal = _refusal(problem)
        if refusal is None:
            raise
        raise CannotRun(refusal, type(problem).__name__) from problem
    finally:
        connections.close_all()
    return 0


def _code(code: Any, strict: bool) -> int:
    if code is None:
        return 0
    if not isinstance(code, int):
        print(code, file=sys.stderr)
        return NOTHING_DONE
    # Django's own "it failed" is 1; ours says that nothing could be done.
    return NOTHING_DONE if strict and code == 1 else code


def _refusal(problem: Exception) -> str | None:
    from lienthong.kit.refusal import Refused

    return str(problem) if isinstance(problem, Refused) else None


COMMANDS: dict[str, Command] = {
    "demo": Command("chạy thử với tỉnh mẫu", "run with the sample province", _demo),
    "serve": Command("chạy chính thức", "run for real", _service),
    "stop": Command("dừng những gì còn chạy", "end what is left running", _stop),
    "test": Command("chạy mọi kiểm thử", "run all tests", _test),
    "check": Command("kiểm tra nhanh mã nguồn", "the fast gate: format, lint, types, contracts, migrations", _check),
    "bench": Command("đo tốc độ", "measure speed", _bench),
    "import": Command(
        "nhập cơ quan, thủ tục, quy trình, edXML", "take in agencies, procedures, processes, edXML", _import
    ),
    "calendar": Command("tính hạn cho tệp CSV (due)", "work out due dates of a CSV file", _calendar),
    "plan": Command("đọc chỉ tiêu, nhiệm vụ từ kế hoạch (read)", "read targets and tasks out of a plan", _plan),
    "verify": Command("kiểm tra nhật ký, tệp, số văn bản", "check trail, files and numbers", _verify),
    "backup": Command("sao lưu vào một tệp", "save everything to one file", _backup),
    "restore": Command("phục hồi từ bản sao lưu", "bring a backup back into an empty home", _restore),
    "doctor": Command("máy có gì, thiếu gì", "what this machine has and lacks", _doctor),
    "manage": Command("lệnh Django", "any Django command", _manage),
    "help": Command("bảng lệnh này", "this table", _usage),
}
