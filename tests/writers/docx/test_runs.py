"""Words, links and fields of a Word file."""

import re

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import p, sample, t, v
from tests.helpers.word_bodies import (
    HOUSE,
    PAGES,
    body,
    clause,
    controls,
    instructions,
    tag_of,
)
from tests.helpers.word_reader import W, child, part, text_of, val


@pytest.mark.parametrize(
    "text",
    [
        "<b>&amp; </w:t> ]]> \" ' ` {x} \\",
        "  two spaces before and behind  ",
        " ",
        "nbsp\u00a0thin\u202fjoiner\u200d𝔸 العربية",
        "--> <!-- <?x?>",
    ],
)
def test_a_value_is_written_literally(text):
    paragraph = body(d.Paragraph((v("a"), v(text), v("b"))))[1]
    assert text_of(paragraph) == f"a{text}b"


def test_spaces_are_preserved():
    (words,) = body(p(" a "))[1].iter(f"{W}t")
    assert words.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_bold_words_in_bold_surroundings_are_not_toggled_back():
    row = (d.Cell((d.Strong(t("Total")),)), d.Cell((d.Strong(t("1")),)))
    table = body(d.Table(("left", "left"), row, (row, row), total=True)).find(f"{W}tbl")
    styles = [[val(each) for each in tr.iter(f"{W}rStyle")] for tr in table.iter(f"{W}tr")]
    assert styles == [[], ["Strong", "Strong"], []]


def test_marks_become_character_styles():
    inside = d.Paragraph((d.Strong(t("a", d.Emphasis(t("b")))), d.Emphasis(t("c")), d.Definition("Term")))
    runs = body(inside)[1].iter(f"{W}r")
    assert [(val(child(run, "rPr", "rStyle")), text_of(run)) for run in runs] == [
        ("Strong", "a"),
        ("StrongEmphasis", "b"),
        ("Emphasis", "c"),
        ("", "“"),
        ("DefinedTerm", "Term"),
        ("", "”"),
    ]


def test_every_link_and_field_leads_to_one_bookmark():
    document = part(docx(sample(), HOUSE), "word/document.xml")
    marks = [each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")]
    links = {each.get(f"{W}anchor") for each in document.iter(f"{W}hyperlink")}
    fields = {each.split()[1] for each in instructions(document) if each.startswith("REF")}
    counts = [[each.get(f"{W}id") for each in document.iter(f"{W}{tag}")] for tag in ("bookmarkStart", "bookmarkEnd")]
    assert links
    assert fields
    assert links | fields <= set(marks)
    assert len(set(marks)) == len(marks) == len(set(counts[0]))
    assert counts[0] == counts[1]


def test_a_bookmark_has_a_unique_name_that_word_accepts():
    ids = ["a-b", "a_b", "9.2", "é" * 60, "x" * 80, "x" * 81]
    sections = [d.Section(each, 1, t("H"), (p("x"),), "c", str(n)) for n, each in enumerate(ids, 1)]
    marks = [each.get(f"{W}name") for each in body(*sections).iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(ids) + 1  # including the part's own
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", each) for each in marks)


def test_the_number_of_a_referred_section_is_a_field_and_its_caption_a_link():
    reference = d.Reference("fees", "2 (Fees)")
    words = body(clause(1, d.Paragraph((reference,))), d.Section("fees", 1, t("Fees"), (), "fees", "2"))[2]
    assert [re.sub("at_[^ ]*", "X", each) for each in instructions(words)] == ["REF X \\n \\h"]
    assert [text_of(each) for each in words.iter(f"{W}hyperlink")] == [" (Fees)"]
    assert text_of(words) == "2 (Fees)"


def test_a_schedule_is_referred_to_by_a_link_alone():
    document = part(docx(sample(), HOUSE), "word/document.xml")
    schedules = [each for each in document.iter(f"{W}hyperlink") if text_of(each) == "Schedule\u00a0A (Fees)"]
    assert len(schedules) == 2
    assert not any(instructions(each) for each in schedules)


def test_a_reference_to_a_schedule_is_not_a_field_even_if_its_letter_comes_first():
    schedule = d.Part("schedule", "s", t("Fees"), (p(d.Reference("s", "A (Fees)")),), "A")
    document = part(docx(d.Document(sample().meta, (schedule,)), HOUSE), "word/document.xml")
    assert instructions(document) == []


def test_a_number_that_only_begins_like_the_target_stays_text():
    words = body(clause(1, d.Paragraph((d.Reference("clause-1", "11 (Other)"),))))[2]
    assert instructions(words) == []
    assert text_of(words) == "11 (Other)"


def test_fields_are_closed():
    document = part(docx(sample(), HOUSE, WriterExtras(pages=PAGES)), "word/document.xml")
    kinds = [each.get(f"{W}fldCharType") for each in document.iter(f"{W}fldChar")]
    assert [kinds.count(each) for each in ("begin", "separate", "end")] == [kinds.count("begin")] * 3
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert depth in (0, 1, 2)  # the pages in the contents are fields inside a field
    assert depth == 0


def test_each_fact_is_in_a_control_with_its_key():
    facts = [(each.key, each.text) for each in d.walk(sample()) if isinstance(each, d.Value)]
    inline = [each for each in controls(sample()) if child(each, "sdtContent", "r") is not None]
    assert sorted((tag_of(each), text_of(each)) for each in inline) == sorted(facts)


def test_an_empty_fact_has_no_control():
    """Word would ask the reader to type something into it."""
    assert controls(d.Document(sample().meta, (d.Part("terms", "t", t("T"), (d.Paragraph((v(""),)),)),))) == []
