"""Hebrew and Arabic in Word: runs marked as such, with bold of their own, and right-aligned paragraphs."""

from unicodedata import bidirectional

import pytest
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.right_to_left import is_backwards, stretches
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.word_reader import W, part, text_of
from tests.writers.docx.test_writer import HOUSE

HEBREW, ARABIC = "חברה לדוגמה 12 בע״מ", "شركة المثال"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("", False)]),
        ("Plain words, “quoted”.", [("Plain words, “quoted”.", False)]),
        (HEBREW, [(HEBREW, True)]),
        (f"between {HEBREW} and {ARABIC}.", [("between ", False), (HEBREW, True), (" and ", False), (ARABIC, True), (".", False)]),
        (f"{HEBREW}, {ARABIC}", [(f"{HEBREW}, {ARABIC}", True)]),
        ("– 12 –", [("– 12 –", False)]),
    ],
)  # fmt: skip
def test_a_text_is_split_where_its_direction_changes(text, found):
    assert list(stretches(text)) == found
    assert "".join(each for each, _ in stretches(text)) == text


def test_each_letter_of_unicode_that_runs_from_right_to_left_is_found():
    letters = [each for each in map(chr, range(0x110000)) if bidirectional(each) in {"R", "AL"}]
    assert len(letters) > 1_000
    assert [each for each in letters if list(stretches(f"a{each}")) != [("a", False), (each, True)]] == []


def test_a_text_is_right_to_left_if_no_letter_runs_from_left_to_right():
    assert is_backwards(f"12 {HEBREW}.")
    assert not any(map(is_backwards, ("", "12", "words", f"words {HEBREW}")))


@pytest.fixture(scope="module")
def file():
    blocks = (
        p(HEBREW),
        p("Between ", d.Value(HEBREW, "client.name"), " and ", d.Strong(t(ARABIC)), d.Emphasis(t(HEBREW)), "."),
    )
    meta = replace(every_kind().meta, head=f"Agreement with {HEBREW}", title=HEBREW)
    return docx(d.Document(meta, (d.Part("terms", "terms", t(ARABIC), blocks),)), HOUSE)


def formats(paragraph):
    return [
        (text_of(run), [each.tag.removeprefix(W) for each in run.find(f"{W}rPr") if each.tag != f"{W}rStyle"])
        for run in paragraph.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rtl") is not None
    ]


def test_right_to_left_words_are_marked_runs_with_bold_and_italic_of_their_own(file):
    title, whole, mixed = list(part(file, "word/document.xml").iter(f"{W}p"))[:3]
    assert formats(title) == [(ARABIC, ["bCs", "rtl"])]
    assert formats(whole) == [(HEBREW, ["rtl"])]
    assert formats(mixed) == [(HEBREW, ["rtl"]), (ARABIC, ["bCs", "rtl"]), (HEBREW, ["iCs", "rtl"])]
    assert text_of(mixed) == f"Between {HEBREW} and {ARABIC}{HEBREW}."


def test_a_paragraph_of_right_to_left_words_only_is_aligned_at_the_right(file):
    title, whole, mixed = list(part(file, "word/document.xml").iter(f"{W}p"))[:3]
    assert [each.find(f"{W}pPr/{W}bidi") is not None for each in (title, whole, mixed)] == [True, True, False]


def test_the_running_header_is_marked_too(file):
    (head,) = [name for name in ("word/header1.xml", "word/header2.xml") if HEBREW in text_of(part(file, name))]
    assert text_of(part(file, head)).startswith(f"Agreement with {HEBREW}")
    assert formats(part(file, head)) == [(HEBREW, ["rtl"])]


def test_the_file_is_valid(file, tmp_path):
    (tmp_path / "a.docx").write_bytes(file)
    assert not [str(each) for each in OpenXmlValidator().validate(tmp_path / "a.docx").errors]
