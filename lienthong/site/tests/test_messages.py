"""The interface is wholly in English too: nothing that the code says is missing from the catalogue."""

import html
import re
import string
from pathlib import Path

import pytest
from django.utils import translation

from lienthong.kit.refusal import Refused, Said
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.rules import Paper
from lienthong.modules.documents.terms import Channel
from lienthong.site import messages, shell
from lienthong.site.management.commands.messages import catalogue
from lienthong.site.running.places import Home, checkout
from lienthong.site.running.prepare import translations
from lienthong.web.refusal import told
from stories.accounts import signed_in

PACKAGE = checkout() / "lienthong"
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
SAYS = re.compile(
    r"""\{%\s*comment.*?endcomment\s*%\}|\{\#.*?\#\}
    |\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}
    |\{%\s*trans(?:late)?\s+(?:"[^"]*"|'[^']*').*?%\}
    |\{%\s*icon\s+\S+\s+"[^"]*".*?%\}
    |_\((?:"[^"]*"|'[^']*')\)
    |\{\{\s*"[^"]*"\|say""",
    re.DOTALL | re.VERBOSE,
)
# Shown when nothing works any more, so without any translation; and the name of the system.
ALONE = {"400.html", "500.html"}
NAMES = ("Liên Thông", "Tiếng Việt")


@pytest.fixture(scope="module")
def found():
    return messages.sentences(PACKAGE)


@pytest.fixture(scope="module")
def english():
    return messages.read(catalogue(), "en")


@pytest.fixture
def in_english(own_locale, client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def own_locale(tmp_path, settings):
    """The catalogue compiled as at a start, into a home of this test's own."""
    from django.utils.translation import trans_real

    translations(Home(tmp_path))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    trans_real._translations.clear()
    shell._languages.cache_clear()
    yield tmp_path / "locale"
    trans_real._translations.clear()
    shell._languages.cache_clear()


def test_every_sentence_has_an_english_one(found, english):
    assert len(found) > 900
    missing = []
    for sentence, files in found.items():
        kept = english.get(sentence.text, sentence.context or None)
        if kept is None or not messages.complete(kept.string):
            missing.append(f"{files[0]}: {sentence.text}")
    assert missing == [], "run the command `messages`, then translate what it lists"


def test_nothing_is_kept_that_nobody_says(found, english):
    said = {sentence.text for sentence in found}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in english if message.id}
    assert kept - said == set()
    assert not english.obsolete


def test_an_english_sentence_takes_the_same_values(english):
    wrong = []
    for message in english:
        if not message.id:
            continue
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string)
        wrong += [one for one in said if messages.placeholders(one) != messages.placeholders(texts[0])]
    assert wrong == []


def test_no_english_sentence_is_left_in_vietnamese(english):
    """The system's name stays Vietnamese; a whole sentence never does."""
    same = [message.id for message in english if message.id and message.string == message.id]
    assert [text for text in same if VIETNAMESE.search(str(text))] == []


def test_nothing_is_said_in_a_template_outside_the_translation_tags():
    bare = []
    for path in sorted([*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("jinja2/**/*.html")]):
        if path.name in ALONE:
            continue
        rest = SAYS.sub("", path.read_text(encoding="utf-8"))
        for name in NAMES:
            rest = rest.replace(name, "")
        bare += [f"{path.name}: {line.strip()[:160]}" for line in rest.splitlines() if VIETNAMESE.search(line)]
    assert bare == []


def test_the_search_for_bare_text_finds_it():
    assert VIETNAMESE.search(SAYS.sub("", '<p>{% translate "Sổ" %} trống rỗng</p>'))
    assert VIETNAMESE.search(SAYS.sub("", '{{ code|default:"(không số)" }}'))
    assert not VIETNAMESE.search(SAYS.sub("", '{{ code|default:_("(không số)") }}{% icon "x" "Bỏ" %}'))


def test_python_is_read_as_python_and_not_as_text():
    source = 'x = "_(\'không\')"\nN_("một " "hai")\n_(name)\nngettext("{n} việc", "{n} việc", n)\n_("")\n# _("bốn")'
    said = {sentence.text: sentence.plural for sentence in messages.of_python(source)}
    assert said == {"một hai": "", "{n} việc": "{n} việc"}


def test_a_template_is_read_with_its_values_and_its_plurals():
    source = (
        '{% load i18n %}{% blocktranslate count n=many with x=1 %}{{ n }} việc{% plural %}{{ n }} việc{% endblocktranslate %}'
        '{% translate "Sổ" %}{% icon "x" "Bỏ lọc" %}{% include "a.html" with act=_("Về đầu") %}'
    )  # fmt: skip
    said = {sentence.text for sentence in messages.of_template(source)}
    assert said == {"%(n)s việc", "Sổ", "Bỏ lọc", "Về đầu"}


def test_updating_keeps_translations_adds_new_sentences_and_drops_old_ones(tmp_path):
    path = tmp_path / "django.po"
    first = {messages.Sentence("Sổ"): ["a.py"], messages.Sentence("Việc"): ["b.py"]}
    assert len(messages.update(path, "en", first)) == 2
    path.write_text(path.read_text().replace('msgid "Sổ"\nmsgstr ""', 'msgid "Sổ"\nmsgstr "Register"'))
    second = {messages.Sentence("Sổ"): ["c.py"], messages.Sentence("Số"): ["c.py"]}
    assert messages.update(path, "en", second) == [messages.Sentence("Số")]
    text = path.read_text()
    assert 'msgstr "Register"' in text and "Việc" not in text and "#: c.py" in text
    messages.update(path, "en", second)
    assert path.read_text() == text


def test_the_committed_catalogue_is_what_the_command_would_write(found, tmp_path):
    copy = tmp_path / "django.po"
    copy.write_bytes(catalogue().read_bytes())
    messages.update(copy, "en", found)
    assert copy.read_text() == catalogue().read_text()


def _interface(page: str, records: set[str]) -> list[str]:
    """Vietnamese words on a page that are neither a record nor the system's name."""
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', page)
    texts = [html.unescape(text).strip() for text in (*re.split(r"<[^>]*>", page), *labels)]
    for record in sorted((*records, *NAMES), key=len, reverse=True):
        texts = [text.replace(record, "") for text in texts]
    return [text for text in texts if VIETNAMESE.search(text)]


def _records(province) -> set[str]:
    """What the people of the province wrote: names of agencies, posts, units and persons."""
    from lienthong.foundation.organizations.models import Agency, Person, Post, Unit

    return {name for model in (Agency, Person, Post, Unit) for name in model.objects.values_list("name", flat=True)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/lam-viec/", "My work"),
        ("/lam-viec/van-ban/den/", "Search the register"),
        ("/lam-viec/van-ban/di/", "Outgoing documents"),
        ("/lam-viec/thong-bao/", "No notices"),
        ("/lam-viec/phim-tat/", "Keyboard shortcuts"),
    ],
)
def test_a_person_who_chose_english_sees_only_english(in_english, province, address, says):
    page = signed_in(in_english, province, "huong").get(address)
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "en"
    text = page.content.decode()
    assert says in text
    assert _interface(text, _records(province)) == []


@pytest.mark.django_db
def test_an_incoming_document_reads_in_english_around_its_own_words(in_english, province, pdf, now):
    paper = Paper(
        type_code="KH", type_name="Kế hoạch", subject="Kế hoạch trồng cây", issued_on=now.date(), number="5",
        notation="KH-UBND", issuer_name="Xã Gió",
    )  # fmt: skip
    enter_incoming(
        paper=paper, channel=Channel.PAPER, attached=[pdf()], arrived_at=now, actor=province.actor("oanh"), now=now
    )
    records = _records(province) | {"Kế hoạch trồng cây", "Xã Gió"}
    page = signed_in(in_english, province, "oanh").get("/lam-viec/van-ban/den/").content.decode()
    assert "Kế hoạch trồng cây" in page and "Kế hoạch Kế hoạch" not in page
    assert _interface(page, records) == []


@pytest.mark.django_db
def test_the_switch_is_offered_and_changes_the_language(own_locale, client, province):
    signed_in(client, province, "huong")
    assert "Việc của tôi" in client.get("/lam-viec/").content.decode()
    assert ("en", "English") in shell._languages()
    client.post("/ngon-ngu/", {"language": "en", "next": "/lam-viec/"})
    assert "My work" in client.get("/lam-viec/").content.decode()


def test_compiling_puts_every_sentence_where_django_looks(own_locale, found):
    with translation.override("en"):
        assert translation.gettext("Việc của tôi") == "My work"
        assert translation.ngettext("%(n)s việc quá hạn", "%(n)s việc quá hạn", 1) == "%(n)s item is overdue"
        assert translation.ngettext("%(n)s việc quá hạn", "%(n)s việc quá hạn", 2) == "%(n)s items are overdue"


def test_the_words_of_the_table_are_those_of_the_catalogue(english):
    rows = [line.split("|")[1:3] for line in Path(checkout() / "WORDS.md").read_text().splitlines() if "|" in line]
    words = {vietnamese.strip(): said.strip() for vietnamese, said in rows[2:]}
    assert len(words) >= 60
    for term in (
        "trích yếu",
        "ký hiệu",
        "số đến",
        "phát hành",
        "thu hồi",
        "chủ trì",
        "phối hợp",
        "đơn vị",
        "chức danh",
    ):
        said = english.get(term[0].upper() + term[1:]).string
        assert said.lower() == words[term].lower().strip(string.whitespace), term


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            {"received_at": "2026-11-20T17:30", "amount": "5", "unit": "working_days"},
            "5 working days; counted from 23/11/2026 07:30 (received 20/11/2026 17:30 outside office hours)",
        ),
        ({"received_at": "2027-01-25T09:00", "amount": "12", "unit": "calendar_days"}, "Lunar New Year (day 1)"),
    ],
)
def test_a_deadline_is_accounted_for_in_english(in_english, province, query, says):
    page = signed_in(in_english, province, "huong").get("/lam-viec/quan-tri/lich/tinh-han/", query)
    text = html.unescape(page.content.decode())
    assert page.status_code == 200
    assert says in text
    reasons = re.search(r"<main.*</main>", text, flags=re.DOTALL).group()
    typed = {"20/11/2026 10:00 đến 24/11/2026 08:00"}  # how a pause is to be written
    assert _interface(reasons, _records(province) | typed) == []


@pytest.mark.django_db
def test_a_refusal_names_in_english_what_was_not_done(own_locale, province, pdf, now):
    oanh = province.actor("oanh")
    paper = Paper("KH", "Kế hoạch", "Kế hoạch trồng cây", now.date(), number="5", issuer_name="Xã Gió")
    row = enter_incoming(paper=paper, channel=Channel.PAPER, attached=[pdf()], arrived_at=now, actor=oanh, now=now)
    with pytest.raises(Refused) as refused:
        register_incoming(incoming_id=row.pk, actor=oanh, now=now)
    with translation.override("en"):
        assert told(refused.value).startswith("The document is no longer at the step for: register.")
    with translation.override("vi"):
        assert told(refused.value).startswith("Văn bản không còn ở bước để vào sổ.")
    assert str(refused.value).startswith("Văn bản không còn ở bước để vào sổ.")


def test_only_a_value_that_is_a_sentence_of_ours_is_translated(own_locale):
    with translation.override("en"):
        assert told(Refused("{a} {b}", a=Said("vào sổ"), b="vào sổ")) == "register vào sổ"
