"""Where facts and problems are in a document."""

from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.web.contract.places import FACT, NOTE, ClauseAbout, placed
from tests.helpers.sample_tree import p, sample, t

ABOUT = ClauseAbout(
    "services", "Services", Origin("clauses/services.md", 2), "preferred", False, (), "never approved", ""
)


def at(path, line):
    return Origin(path, line)


def document(*blocks: d.Block) -> d.Document:
    part = d.Part("terms", "terms", t("Terms"), blocks)
    return replace(sample(), parts=(part,))


def references(node, start):
    return [each for each in d.every(d.Reference, node) if each.target.startswith(start)]


def test_each_fact_is_a_link_to_its_place_and_one_that_is_printed_twice_has_one_place():
    users = d.Value("34", "coverage.users", at("a.yaml", 3))
    long = d.Value("34 Users", "coverage.users", at("a.yaml", 3))
    found = placed(document(p(users, " and ", long, " of ", d.Value("Acme", "client.name", at("c.yaml", 1)))))
    assert [(each.name, each.text, str(each.origin)) for each in found.facts] == [
        ("Users", "34 Users", "a.yaml:3"),
        ("Client", "Acme", "c.yaml:1"),
    ]
    assert [(each.target, each.text) for each in references(found.document, FACT)] == [
        ("fact.1", "34"), ("fact.1", "34 Users"), ("fact.2", "Acme"),
    ]  # fmt: skip
    assert d.plain(found.document.parts[0].children[0].children) == "34 and 34 Users of Acme"


def test_every_fact_of_a_whole_document_is_a_link_and_its_words_stay():
    found = placed(sample())
    assert not list(d.every(d.Value, found.document))
    assert "".join(d.plain(each.children) for each in d.every(d.Paragraph, found.document)) == "".join(
        d.plain(each.children) for each in d.every(d.Paragraph, sample())
    )


def test_there_are_no_fields_to_sign_on_the_screen():
    open_ = d.rewrite(sample(), lambda node: replace(node, is_open=True), {d.Signatures})
    assert [each.is_open for each in d.every(d.Signatures, placed(open_).document)] == [False]


def test_a_problem_is_at_the_first_words_that_print_its_fact():
    wrong = Problem("x", "too many users", at("a.yaml", 3))
    first, second = p("Nothing"), p(d.Value("34", "coverage.users", at("a.yaml", 3)))
    found = placed(document(first, second, replace(second)), (wrong,))
    kinds = [bool(references(each, NOTE)) for each in found.document.parts[0].children]
    assert kinds == [False, True, False, False]
    assert (found.notes[0].problems, found.facts[0].problems, found.unplaced) == ((wrong,), (wrong,), ())


def test_a_fact_of_a_list_is_called_by_the_name_of_its_entry():
    value = d.Value("34", "fees.lines.0.quantity", at("a.yaml", 3))
    (named,) = placed(document(p(value)), names={"fees.lines.0.quantity": "User support, quantity"}).facts
    assert named.name == "User support, quantity"


def test_a_problem_in_a_clause_is_at_the_block_above_its_line():
    blocks = [replace(p(words), origin=at("clauses/a.md", line)) for words, line in (("One", 10), ("Two", 14))]
    wrong = [Problem("x", "bad", at("clauses/a.md", line)) for line in (12, 14, 99)]
    found = placed(document(*blocks), wrong)
    assert [each.problems for each in found.notes] == [tuple(wrong[:1]), tuple(wrong[1:])]


def test_a_problem_elsewhere_is_kept_apart():
    wrong = (Problem("x", "bad", at("provider/rates.yaml", 1)), Problem("y", "nowhere"))
    assert placed(document(p("One")), wrong).unplaced == wrong


def test_a_clause_has_its_note_under_its_heading_once_and_a_caption_keeps_its_paragraph():
    wrong = Problem("x", "bad", at("clauses/services.md", 20))
    words = replace(p("Words"), origin=at("clauses/services.md", 20))
    inner = d.Section("a", 2, t("Scope"), (words,), "services", "1.1", at("clauses/services.md", 19))
    outer = d.Section(
        "services", 1, t("Services"), (inner, replace(inner, id="b", children=(p("More"),))), "services", "1"
    )
    found = placed(document(outer), (wrong,), {"services": ABOUT})
    (section,) = found.document.parts[0].children
    note, before, first, second = section.children
    assert [each.target for each in references(note, NOTE)] == ["note.1"]
    assert [each.target for each in references(before, NOTE)] == ["note.2"]
    assert (first.children, second.children) == ((words,), (p("More"),))
    assert [(each.clause, each.problems) for each in found.notes] == [(ABOUT, ()), (None, (wrong,))]
