"""`./lt plan read FILE`: text, Word and PDF in, JSON or lines out; what holds no text is refused with a sentence."""

import io
import json
import zipfile
from xml.sax.saxutils import escape

import pytest
import typst
from pypdf import PdfWriter

from lienthong.kit.refusal import Refused
from lienthong.modules.plans import plan_file
from lienthong.modules.plans.plan_text import text_of_plan

SENTENCE = "Đến năm 2026, phấn đấu 80% văn bản của các sở, ban, ngành được ký số."
TASK = "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu bố trí kinh phí."
TEXT = f"{SENTENCE}\n{TASK}\n"
TARGET_KEYS = ["start", "end", "quote", "subject", "comparator", "value_low", "value_high", "unit", "when", "scope"]
TASK_KEYS = ["start", "end", "quote", "responsible", "coordinating", "deadline", "task"]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(body):
    """A Word file with this content of its body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def docx(*paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def pdf(text):
    return typst.compile(text.replace("\n", "\n\n").encode(), format="pdf")


def scan():
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def run(path, as_json=True, as_text=False):
    out, err = io.StringIO(), io.StringIO()
    code = plan_file.run(path, as_json, as_text, out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def kept(tmp_path):
    def keep(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return keep


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf8.txt", TEXT.encode()),
        ("bom.txt", TEXT.encode("utf-8-sig")),
        ("utf16.txt", TEXT.encode("utf-16")),
        ("utf16-le.txt", TEXT.encode("utf-16-le")),
        ("utf16-be.txt", TEXT.encode("utf-16-be")),
        ("word.docx", docx(SENTENCE, TASK)),
        ("print.pdf", pdf(TEXT)),
    ],
)
def test_every_kind_of_file_gives_the_same_target_and_task(kept, name, content):
    code, out, err = run(kept(name, content))
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == ["targets", "tasks"]
    (target,), (task,) = answer["targets"], answer["tasks"]
    assert list(target) == TARGET_KEYS
    assert list(task) == TASK_KEYS
    assert target | {"start": 0, "end": 0, "quote": ""} == {
        "start": 0, "end": 0, "quote": "", "subject": "văn bản của các sở, ban, ngành được ký số", "comparator": "exactly",
        "value_low": 80, "value_high": 80, "unit": "%", "when": "2026", "scope": "các sở, ban, ngành",
    }  # fmt: skip
    assert (task["responsible"], task["coordinating"], task["deadline"]) == ("Sở Nội vụ", "Sở Tài chính", None)


@pytest.mark.parametrize(
    "content", [TEXT.encode("utf-8-sig"), docx(SENTENCE, TASK), pdf(TEXT)], ids=["txt", "docx", "pdf"]
)
def test_offsets_count_the_text_that_the_command_prints(kept, content):
    path = kept("plan", content)
    text = run(path, as_json=False, as_text=True)[1]
    answer = json.loads(run(path)[1])
    for one in (*answer["targets"], *answer["tasks"]):
        assert text[one["start"] : one["end"]] == one["quote"]


def test_decimals_stay_decimals_and_open_ends_are_null(kept):
    path = kept("a.txt", "- Tỷ lệ hộ nghèo dưới 2,5%.\n- Ít nhất 1.200 hộ dùng nước sạch.\n".encode())
    found = [(one["value_low"], one["value_high"]) for one in json.loads(run(path)[1])["targets"]]
    assert found == [(None, 2.5), (1200, None)]


def test_people_get_lines(kept):
    code, out, _ = run(kept("a.txt", TEXT.encode()), as_json=False)
    assert code == 0
    assert "CHỈ TIÊU (1)" in out
    assert "văn bản của các sở, ban, ngành được ký số: đạt 80 % · 2026" in out
    assert "Sở Nội vụ: tham mưu bố trí kinh phí · phối hợp: Sở Tài chính" in out


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("scan.pdf", scan(), "bản quét"),
        ("empty.txt", b"", "trống"),
        ("spaces.txt", b"  \n\t ", "trống"),
        ("digits.txt", b"1 2 3 4", "không có chữ"),
        ("english.txt", b"The plan wants 80% of all documents signed by 2026. " * 20, "tiếng Việt"),
        ("no-marks.txt", b"Phan dau 80% van ban duoc ky so trong nam 2026. " * 20, "đủ dấu"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "bị hỏng"),
        ("cut.docx", docx(SENTENCE)[:-40], "không phải văn bản"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "không phải văn bản"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\1" * 200, "không phải văn bản"),
        ("tcvn3.txt", "§Õn n¨m 2026, phÊn ®Êu 80% v¨n b¶n".encode("latin-1"), "Unicode"),
    ],
)
def test_a_file_without_readable_text_is_refused_and_nothing_is_printed(kept, name, content, why):
    code, out, err = run(kept(name, content))
    assert (code, out) == (2, "")
    assert why in err


def test_a_word_file_with_damaged_content_is_refused(kept):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body><w:p>')
    code, shown, err = run(kept("damaged.docx", out.getvalue()))
    assert (code, shown) == (2, "")
    assert "bị hỏng" in err


def test_a_missing_file_is_said_in_one_line(tmp_path):
    code, out, err = run(tmp_path / "none.txt")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "không mở được tệp" in err


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(monkeypatch):
    monkeypatch.setattr("lienthong.modules.plans.plan_text.MOST_BYTES", 10)
    with pytest.raises(Refused, match="lớn hơn"):
        text_of_plan(io.BytesIO(b"x" * 11), "a.txt")


def test_paragraphs_breaks_and_tabs_of_a_word_file_keep_words_apart(kept):
    content = docx("X")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
    broken = document.replace("<w:t>X</w:t>", "<w:t>Tỷ lệ</w:t><w:br/><w:t>đạt</w:t><w:tab/><w:t>5%</w:t>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", broken)
    assert text_of_plan(io.BytesIO(out.getvalue()), "a.docx").split() == ["Tỷ", "lệ", "đạt", "5%"]
