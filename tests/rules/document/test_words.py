"""Rules about the words of clauses."""

import pytest
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.rules.document.words import doubled_marks, empty_words, leftovers, placeholders, typed_numbers
from tests.helpers.sample_tree import p, sample, t


def document(*blocks, heading="Words"):
    section = d.Section("s", 1, t(heading), tuple(p(b) if isinstance(b, str) else b for b in blocks))
    return d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), (section,)),))


def told(rule, *blocks, **more):
    return len(list(rule(document(*blocks, **more))))


@pytest.mark.parametrize(
    "text",
    [
        "within [30] days",
        "TODO: ask",
        "todo",
        "price TBD",
        "XXX",
        "lorem ipsum",
        "<<name>>",
        "by ____",
        "really??",
        "a [",
        "� x",
    ],
)
def test_a_note_left_over_from_drafting_is_told(text):
    assert told(leftovers, text)


@pytest.mark.parametrize("text", ["a method", "to do it", "(30) days", "5 < 6 > 4", "why? now", "XX", "a_b"])
def test_words_that_are_no_note_are_left_alone(text):
    assert not told(leftovers, text)


def test_a_note_in_a_heading_caption_or_cell_is_told():
    table = d.Table(("left",), (), ((d.Cell(t("TODO")),),), t("TBD"))
    assert told(leftovers, table, heading="[Fees]") == 3


def test_a_note_in_a_fact_is_told_where_the_fact_was_written():
    fact = d.Value("TBD", "client.registration", Origin("client.yaml", 7))
    (problem,) = leftovers(document(p("no. ", fact)))
    assert (problem.origin, "client.registration" in problem.what) == (Origin("client.yaml", 7), True)


def placeholder(text, watermark=""):
    fact = d.Value(text, "client.party.name", Origin("client.yaml", 7))
    made = document(p("by ", fact, " and ", fact))
    return [each.origin.line for each in placeholders(replace(made, meta=replace(made.meta, watermark=watermark)))]


@pytest.mark.parametrize(
    "text",
    [
        "Oak (registered name to be entered)",
        "to-be-entered@oak.example",
        "+1\u00a0999\u00a0999\u00a09999",
        "To be entered",
    ],
)
def test_a_placeholder_of_a_new_client_is_refused_once_and_only_in_a_final_version(text):
    assert placeholder(text) == [7]
    assert placeholder(text, watermark="DRAFT") == []


@pytest.mark.parametrize(
    "text", ["+1\u00a0999\u00a0999\u00a09998", "+1 518 555 0140", "to be, entered", "999999", "Entered"]
)
def test_a_fact_is_no_placeholder(text):
    assert placeholder(text) == []


@pytest.mark.parametrize("text", ["[sic] Ltd", "Todo Systems Ltd", "A < B"])
def test_a_fact_may_say_what_a_clause_may_not(text):
    assert not told(leftovers, p("no. ", d.Value(text, "client.name")))


# ---- typed numbers


@pytest.mark.parametrize(
    "text",
    [
        "as section 9.2 says",
        "under Sections 3 and 4",
        "see paragraph\u00a01",
        "in Schedule B",
        "in Schedule 2",
        "clause 4 of this Agreement",
        "section 4 of the Agreement",
        "sections 3 to 5 of this Agreement",
    ],
)
def test_a_typed_section_number_is_told(text):
    assert told(typed_numbers, text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "section 365(n) of Title 11",
        "Section 19 of the UK Addendum",
        "section 5-903 of the New York General Obligations Law",
        "Article 28 GDPR",
        "Under the GDPR, Article 28 says so",
        "Articles 28 to 33 of the GDPR",
        "Articles 32, 33 and 34 of Regulation (EU) 2016/679",
        "the Data Protection Act 2018, section 119A",
        "a section of this Agreement",
        "clause a party",
        "it may schedule a visit",
        "Schedules in force",
        "intersection 5",
    ],
)
def test_a_section_of_a_law_and_other_words_may_be_typed(text):
    assert not told(typed_numbers, text)


def test_a_reference_and_its_caption_are_not_typed():
    line = p(
        "as section\u00a0", d.Reference("x", "9.2 (Notice, section 4)"), " says, with ", d.Reference("y", "Schedule A")
    )
    assert not told(typed_numbers, line)


# ---- doubled marks


@pytest.mark.parametrize(
    "text",
    [
        "the the Client",
        "The the Client",
        "Provider ,",
        "x,, y",
        "x;; y",
        "ends..",
        "x,.",
        "(  x)",
        "( x)",
        "(x )",
        "of of",
        "x .",
    ],
)
def test_a_slip_of_the_pen_is_told(text):
    assert told(doubled_marks, text)


@pytest.mark.parametrize(
    "text",
    [
        "the Client",
        "Acme, Inc., and",
        "e.g., this",
        "wait ... then",
        "and/or",
        "that that",
        "(x)",
        "a.m.; then",
        "bathe the dog",
    ],
)
def test_marks_that_belong_together_are_left_alone(text):
    assert not told(doubled_marks, text)


def test_a_slip_across_bold_words_is_told_and_in_a_fact_is_not():
    assert told(doubled_marks, p("the ", d.Strong(t("the")), " Client"))
    assert not told(doubled_marks, p("for ", d.Value("The The, Ltd..", "client.name"), " only"))


def test_the_place_of_a_slip_is_where_it_begins():
    line = d.Paragraph((d.Text("good words and ", Origin("c.md", 2)), d.Text("the the end", Origin("c.md", 4))))
    (problem,) = doubled_marks(document(line))
    assert problem.origin == Origin("c.md", 4)


# ---- empty words


def test_a_paragraph_without_words_is_told():
    assert told(empty_words, p()) == 1
    assert told(empty_words, p(" ", d.Break())) == 1


def test_a_clause_or_part_without_a_heading_is_told_and_a_subsection_is_not():
    assert told(empty_words, "x", heading=" ") == 1
    assert told(empty_words, d.Section("", 2, (), (p("x"),))) == 0


def test_an_empty_cell_is_fine():
    assert not told(empty_words, d.Table(("left",), (), ((d.Cell(()),),)))
