"""Lists of a Word file, numbered by their style."""

from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import p
from tests.helpers.word_bodies import HOUSE, awkward, body, clause, enumerated, subsection
from tests.helpers.word_reader import W, child, part, val


def test_a_style_and_its_list_level_name_each_other():
    numbering, styles = (
        part(docx(awkward(), HOUSE), "word/numbering.xml"),
        part(docx(awkward(), HOUSE), "word/styles.xml"),
    )
    bound = {
        (each.get(f"{W}abstractNumId"), level.get(f"{W}ilvl"), val(child(level, "pStyle")))
        for each in numbering.iter(f"{W}abstractNum")
        for level in each.iter(f"{W}lvl")
        if child(level, "pStyle") is not None
    }
    numbered = [each for each in styles.iter(f"{W}style") if child(each, "pPr", "numPr", "ilvl") is not None]
    lists = {each.get(f"{W}numId"): val(child(each, "abstractNumId")) for each in numbering.iter(f"{W}num")}
    assert bound == {
        (
            lists[val(child(each, "pPr", "numPr", "numId"))],
            val(child(each, "pPr", "numPr", "ilvl")),
            each.get(f"{W}styleId"),
        )
        for each in numbered
    }


def test_a_list_is_numbered_by_its_style_wherever_word_restarts_it():
    paragraphs = body(*(clause(n, subsection(f"{n}.1", p("They are:"), enumerated("a", "b"))) for n in (1, 2)))
    assert not any(child(each, "pPr", "numPr") is not None for each in paragraphs)
