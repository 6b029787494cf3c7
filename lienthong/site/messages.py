"""Every sentence the interface says, found in the code and the templates, and kept in a catalogue per language.

The Vietnamese sentence is its own key (msgid). No GNU tools are needed: Python is read as a syntax tree, templates
through Django's own `templatize`.
"""

from __future__ import annotations

import ast
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

# How many of a call's first arguments are the sentence: one, one after a context, two forms.
_ONE = {"_", "N_", "gettext", "gettext_lazy", "gettext_noop"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_TWO = {"ngettext", "ngettext_lazy"}
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# Tags of our own that translate what is written in them (web/templatetags/parts.py).
_SPOKEN_TAG = re.compile(r"""\{%\s*icon\s+\S+\s+"([^"]+)"[^%]*%\}""")
_SPOKEN_VALUE = re.compile(r"""\{\{\s*"([^"]+)"\|say\b""")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*(?::[^}]*)?\}")
_OUR_HEADER = "# English for the interface; written by `messages`, which keeps what is translated here."


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """`plural` is the second form or empty, `context` what tells two meanings of one sentence apart."""

    text: str
    plural: str = ""
    context: str = ""


def sentences(package: Path) -> dict[Sentence, list[str]]:
    """Every sentence under the folder of the package, with the files (relative to its parent) that say it, sorted."""
    found: dict[Sentence, set[str]] = defaultdict(set)
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if "tests" in inside or "migrations" in inside or "node_modules" in inside:
            continue
        if path.suffix == ".py":
            said = of_python(path.read_text(encoding="utf-8"))
        elif {"templates", "jinja2"} & set(inside) and path.suffix in {".html", ".txt"}:
            said = of_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for sentence in said:
            found[sentence].add(path.relative_to(package.parent).as_posix())
    order = sorted(found, key=lambda sentence: (min(found[sentence]), sentence))
    return {sentence: sorted(found[sentence]) for sentence in order}


def of_python(source: str) -> Iterator[Sentence]:
    """The sentences marked in a Python file; a call whose argument is no literal marks nothing."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in _ONE and texts and texts[0] and isinstance(node.args[0], ast.Constant):
            yield Sentence(texts[0])
        elif name in _TWO and len(texts) == 2:
            yield Sentence(texts[0], plural=texts[1])
        elif name in _CONTEXT and len(texts) == 2:
            yield Sentence(texts[1], context=texts[0])


def of_template(source: str) -> Iterator[Sentence]:
    """The sentences marked in a template, those that our own tags speak included."""
    code = templatize(source).encode()
    for _line, text, _comments, context in extract("python", io.BytesIO(code), keywords=_KEYWORDS):
        one, plural = (text if isinstance(text, tuple) else (text, ""))[:2]
        if one:
            yield Sentence(one, plural or "", context or "")
    for pattern in (_SPOKEN_TAG, _SPOKEN_VALUE):
        for text in pattern.findall(source):
            yield Sentence(text)


def placeholders(text: str) -> set[str]:
    """What must stand in a translation as it stands in the sentence: {x}, {x:…}, %(x)s."""
    return set(_PLACEHOLDER.findall(text))


def read(path: Path, language: str) -> Catalog:
    """The catalogue of a file; an empty one when there is none."""
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(path: Path, language: str, found: dict[Sentence, list[str]]) -> list[Sentence]:
    """Write the catalogue anew: translations kept, new sentences empty, those nobody says any more gone.

    Returns the sentences that are not translated yet.
    """
    before, after, missing = read(path, language), Catalog(locale=language, fuzzy=False, charset="utf-8"), []
    after.header_comment = _OUR_HEADER
    for sentence, files in found.items():
        old = before.get(sentence.text, sentence.context or None)
        key = (sentence.text, sentence.plural) if sentence.plural else sentence.text
        kept = translation((old.string or "") if old else "", sentence)
        after.add(
            key, kept, locations=[(file, 0) for file in files],
            flags=["python-brace-format"] if re.search(r"\{\w+", sentence.text) else [], context=sentence.context or None,
        )  # fmt: skip
        if not complete(kept):
            missing.append(sentence)
    buffer = io.BytesIO()
    write_po(buffer, after, width=0, omit_header=False, include_lineno=False)
    # The time of writing would change with every run and say nothing.
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(_NOISE)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
    return missing


_NOISE = ('"POT-Creation-Date', '"PO-Revision-Date', '"Project-Id-Version', '"Report-Msgid', '"Last-Translator')


def translation(old: str | tuple[str, ...] | list[str], sentence: Sentence) -> str | tuple[str, ...]:
    """What is kept of an old translation, in the shape the sentence has now."""
    forms = (old,) if isinstance(old, str) else tuple(old)
    if sentence.plural:
        return (*forms, "", "")[:2]
    return forms[0] if forms else ""


def complete(translated: str | tuple[str, ...] | list[str]) -> bool:
    """Whether every form is there."""
    return bool(translated) if isinstance(translated, str) else bool(translated) and all(translated)
