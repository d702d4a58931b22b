"""Running text with the place of every character."""

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import FACT, line, lines, sentences
from tests.helpers.sample_tree import p, sample, t


def test_each_character_knows_where_it_was_written():
    one, two, three = (Origin("c.md", n) for n in (1, 2, 3))
    found = line(
        (d.Text("ab", one), d.Strong((d.Text("cd", two),)), d.Value("long fact", "k", three), d.Text("e", one))
    )
    assert found.text == f"abcd{FACT}e"
    assert [found.at(n) for n in range(6)] == [one, one, two, two, three, one]


def test_a_line_without_words_has_no_place():
    assert line(()).at(0) == d.NOWHERE


def test_headings_and_captions_are_lines_but_no_sentences():
    table = d.Table(("left",), (d.Cell(t("head")),), ((d.Cell(t("cell")),),), t("caption"))
    section = d.Section("s", 1, t("heading"), (p("words"), table))
    document = d.Document(sample().meta, (d.Part("terms", "p", t("part"), (section,)),))
    assert [each.text for each in lines(document)] == ["part", "heading", "words", "caption", "head", "cell"]
    assert [each.text for each in sentences(document)] == ["words", "head", "cell"]
