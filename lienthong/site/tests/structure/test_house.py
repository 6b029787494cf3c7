"""The machine reads the whole house: names, imports past a face, tables, writes."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

ROOT = Path(settings.CHECKOUT)
PACKAGE = ROOT / "lienthong"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
REFUSED_NAMES = {"utils", "helpers", "common", "misc", "manager", "services", "handlers", "base", "mixins", "constants"}
# What a module shows: its acts, questions and decisions; beside them values that others speak in (working time, the
# wording of deadlines, the edXML packets) and the file formats of the commands.
FACES = {
    "actions", "queries", "rules", "terms", "facts", "module", "measures", "people", "wording", "working_time", "public_holidays", "tests", "edxml",
    "agency_file", "due_file", "plan_file", "portal_file", "process_file",
}  # fmt: skip
OURS = [config for config in apps.get_app_configs() if config.name.startswith("lienthong.")]
STOREYS = {
    "access": 0, "trail": 1, "codes": 2, "calendar": 3, "organizations": 4, "accounts": 5, "files": 6, "numbering": 6,
    "outbox": 7, "notify": 8, "work": 9, "measures": 9.5, "procedures": 10, "citizens": 10, "documents": 20, "dossiers": 25, "exchange": 30, "plans": 35,
    "site": 40,
}  # fmt: skip


def module_of(path: Path) -> str:
    """`documents` for everything in lienthong/modules/documents, `kit`, `web`, `site` for those."""
    parts = path.relative_to(PACKAGE).parts
    return parts[1] if parts[0] in {"modules", "foundation"} and len(parts) > 2 else parts[0]


def imports_of(path: Path) -> list[tuple[str, int]]:
    """What a file imports when it runs; imports only for annotations are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node not in typing_only:
            found += [(f"{node.module}.{name.name}", node.lineno) for name in node.names]
    return found


def test_no_file_bears_a_name_that_says_nothing():
    assert [str(path) for path in FILES if path.stem in REFUSED_NAMES] == []


def test_a_module_is_entered_only_through_its_face():
    wrong = []
    for path in FILES:
        if "tests" in path.parts or path.name in {"settings.py", "urls.py"} or "sample" in path.parts:
            continue
        for name, line in imports_of(path):
            match = re.match(r"lienthong\.(?:foundation|modules)\.(\w+)\.(\w+)", name)
            if not match or match[1] == module_of(path) or match[1] in {"module", "insert"}:
                continue
            doors = {"urls", "tasks"} if module_of(path) == "site" else set()
            if match[2] not in FACES | doors:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_foreign_keys_point_down_and_leave_no_trace_upstairs():
    wrong = []
    for config in OURS:
        for model in config.get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, models.ForeignKey | models.ManyToManyField) or model._meta.auto_created:
                    continue
                target = field.related_model._meta.app_label
                if not (field.remote_field.related_name or "").endswith("+"):
                    wrong.append(f"{model.__name__}.{field.name}: related_name is not '+'")
                if STOREYS.get(target, 99) > STOREYS[config.label]:
                    wrong.append(f"{model.__name__}.{field.name} points up to {target}")
    assert wrong == []


@pytest.mark.django_db
def test_every_foreign_key_has_an_index():
    """A foreign key without index slowed a peer as it grew."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND NOT EXISTS (
              SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1] AND i.indpred IS NULL)
        """)
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_just_in_time_compilation_is_off():
    """It costs more than it saves on short queries and slowed a peer."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone()[0] == "off"


WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "delete"}
MAY_WRITE = {"actions", "migrations", "tests", "management", "sample"}


def test_rows_are_written_only_by_acts():
    """Doors, questions and decisions change nothing; the few that keep a session or a form are named here."""
    wrong = []
    for path in FILES:
        parts = set(path.relative_to(PACKAGE).parts)
        if parts & MAY_WRITE or "kit" in parts or "running" in parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
                continue
            text = ast.unparse(node.func)
            if "objects" in text or (text.endswith(".save") and "form" not in text):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {text}")
    assert wrong == []


def test_no_default_search_is_a_fuzzy_like():
    """The search box goes through the text index; LIKE appears only in filters that a person adds to a list."""
    text = (PACKAGE / "modules/documents/queries/lists.py").read_text(encoding="utf-8")
    matching = text[text.index("def matching") : text.index("def _narrow")]
    assert "@@" in matching
    assert "contains" not in matching


def test_no_signal_wires_modules_together():
    wrong = [
        str(path)
        for path in FILES
        if re.search(r"@receiver\(|\.connect\(", path.read_text(encoding="utf-8"))
        and "kit" not in path.parts
        and "tests" not in path.parts
        and "running" not in path.parts
    ]
    assert [path for path in wrong if "actions/scan.py" not in path] == []


@pytest.mark.parametrize("config", [c for c in OURS if c.name.startswith("lienthong.modules")], ids=lambda c: c.label)
def test_a_module_says_what_it_is(config):
    folder = Path(config.path)
    assert (folder / "module.py").exists()
    readme = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert 3 <= len(readme) <= 12


def test_files_and_functions_stay_readable():
    """A file is one subject (at most 500 lines), a function fits a screen or two (at most 70)."""
    wrong = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 500:
            wrong.append(f"{path.relative_to(ROOT)} has {text.count(chr(10))} lines")
        wrong += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 70
        ]
    assert wrong == []


def test_every_benchmark_can_still_be_started():
    """Nothing imports them, so nothing else would notice that what they measure has another name now."""
    workloads = importlib.import_module("bench.workloads").WORKLOADS
    assert len(workloads) > 10
    assert all(callable(one) for one in workloads.values())
