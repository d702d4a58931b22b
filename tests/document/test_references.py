"""References bound to their targets, and definitions kept, dropped and sorted."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from tests.helpers.sample_tree import p, sample, t

META = sample().meta


def ref(target):
    return d.Reference(target)


def section(id_, heading, *blocks, level=2):
    return d.Section(id_, level, t(heading) if heading else (), blocks)


def document(*in_terms, in_schedule=(), in_other=()):
    """Terms with one clause, and two schedules."""
    fees = section("fees", "Fees", section("fees-due", "Due day", *in_terms), section("", "", p("More.")), level=1)
    lines = section("lines", "Lines", section("lines-monthly", "Monthly", *in_schedule), section("", "x"), level=1)
    cover = section("key-terms", "Key terms", p("x"), level=1)
    return d.Document(
        META,
        (
            d.Part("cover", "cover", t("Cover"), (cover,)),
            d.Part("terms", "terms", t("Standard terms"), (fees,)),
            d.Part("schedule", "schedule-fees", t("Fees"), (lines,)),
            d.Part(
                "schedule", "schedule-other", t("Other"), (section("o", "O", section("", "x", *in_other), level=1),)
            ),
        ),
    )


def printed(tree):
    done, problems = resolved(numbered(tree), {})
    assert problems == ()
    return [node.text for node in d.walk(done) if isinstance(node, d.Reference)]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("fees", "1 (Fees)"),
        ("fees-due", "1.1 (Due day)"),
        ("schedule-fees", "Schedule\u00a0A (Fees)"),
        ("lines", "Schedule\u00a0A, paragraph\u00a01 (Lines)"),
        ("lines-monthly", "Schedule\u00a0A, paragraph\u00a01.1 (Monthly)"),
        ("terms", "Standard terms"),
        ("key-terms", "Key terms"),
    ],
)
def test_a_reference_prints_the_number_and_caption_of_its_target(target, words):
    assert printed(document(p(ref(target)))) == [words]


def test_a_reference_within_its_own_schedule_does_not_name_the_schedule():
    assert printed(document(in_schedule=(p(ref("lines-monthly")),))) == ["1.1 (Monthly)"]
    assert printed(document(in_other=(p(ref("lines-monthly")),))) == ["Schedule\u00a0A, paragraph\u00a01.1 (Monthly)"]


def test_a_reference_is_bound_wherever_it_stands():
    table = d.Table(("left",), (), ((d.Cell((ref("fees"),)),),), t(ref("fees")))
    box = d.Box((d.Items((d.Item((p(d.Strong((ref("fees"),))),)), d.Item((p("x"),)))),))
    assert printed(document(table, box)) == ["1 (Fees)"] * 3


def test_a_moved_section_takes_its_references_with_it():
    tree = document(p("x"), in_other=(p(ref("lines")),))
    cover, terms, first, second = tree.parts
    assert printed(d.Document(META, (cover, terms, second, first))) == ["Schedule\u00a0B, paragraph\u00a01 (Lines)"]


def problems(tree, elsewhere=None):
    return [(problem.rule, problem.what, problem.hint) for problem in resolved(numbered(tree), elsewhere or {})[1]]


def test_a_reference_to_nothing_is_told_with_the_nearest_id():
    assert problems(document(p(ref("fees-duo")))) == [
        ("unknown-reference", "#fees-duo: nothing in this document has this id", "did you mean fees-due?")
    ]


def test_a_reference_to_a_clause_left_out_is_told_with_the_reason():
    ((rule, what, hint),) = problems(document(p(ref("block"))), {"block": "clause block is not in this document"})
    assert (rule, what) == ("unknown-reference", "#block: clause block is not in this document")
    assert "condition" in hint


def test_an_id_that_stands_twice_is_told():
    tree = document(p("x"))
    assert [rule for rule, *_ in problems(d.Document(META, (*tree.parts, tree.parts[0])))] == ["doubled-id"] * 2


# ---- definitions


def define(term, words):
    return p(d.Definition(term), f" means {words}")


def defined(definitions, *words):
    """What is left of the definitions of a document whose other words are these."""
    tree = document(section("definitions", "Definitions", *definitions), *words)
    kept = with_used_definitions(tree)
    return [node.term for node in d.walk(kept) if isinstance(node, d.Definition)]


def test_a_definition_that_nothing_uses_is_dropped():
    assert defined([define("Ticket", "x."), define("User", "y.")], p("Each User pays.")) == ["User"]


def test_a_definition_that_a_kept_definition_uses_is_kept():
    chain = [
        define("Ticket", "a User’s call."),
        define("User", "a Person."),
        define("Person", "x."),
        define("Site", "x."),
    ]
    assert defined(chain, p("Each Ticket.")) == ["Person", "Ticket", "User"]


def test_two_definitions_that_use_only_each_other_are_dropped():
    assert defined([define("Ticket", "a User’s call."), define("User", "one with a Ticket.")], p("None.")) == []


def test_definitions_are_sorted_without_regard_to_capitals():
    terms = ["iPad", "Incident", "Ticket", "Client Data", "Client"]
    words = p("The Client keeps Client Data, a Ticket, an Incident, and an iPad.")
    assert defined([define(term, "x.") for term in terms], words) == [
        "Client",
        "Client Data",
        "Incident",
        "iPad",
        "Ticket",
    ]


@pytest.mark.parametrize(
    "user",
    [
        d.Table(("left",), (), ((d.Cell(t("Tickets")),),)),
        d.Table(("left",), (), ((d.Cell(t("x")),),), t("Tickets")),
        d.Box((p("Each Ticket"),)),
        d.Items((d.Item((p("Tickets"),)), d.Item((p("x"),)))),
        section("", "Tickets", p("x")),
        d.Signatures(t("Each Ticket"), ()),
        p(d.Value("Handling of Tickets", "plan.task")),
    ],
    ids=["cell", "caption", "box", "item", "heading", "lead", "fact"],
)
def test_a_use_anywhere_keeps_a_definition(user):
    assert defined([define("Ticket", "x.")], user) == ["Ticket"]


def test_a_use_in_the_heading_of_a_part_keeps_a_definition():
    tree = document(section("definitions", "Definitions", define("Ticket", "x.")))
    terms = d.Part("terms", "x", t("Tickets"), ())
    kept = with_used_definitions(d.Document(META, (*tree.parts, terms)))
    assert any(isinstance(node, d.Definition) for node in d.walk(kept))


def test_a_list_stays_with_the_definition_before_it_and_goes_with_it():
    inside = d.Items((d.Item((p("a User’s loss; and"),)), d.Item((p("x."),))))
    entries = [define("Loss", "each of these:"), inside, define("Cost", "x."), define("User", "y.")]
    tree = document(section("definitions", "Definitions", *entries), p("Each Loss and Cost."))
    (kept,) = [n for n in d.walk(with_used_definitions(tree)) if isinstance(n, d.Section) and n.id == "definitions"]
    assert kept.children == (entries[2], entries[0], inside, entries[3])
    assert defined(entries, p("Each Cost.")) == ["Cost"]


def test_words_around_definitions_stay_where_they_are():
    before, after, one, two = p("In this Agreement:"), p("These words bind."), define("Two", "x."), define("One", "x.")
    tree = document(section("definitions", "Definitions", before, one, two, after), p("One and Two."))
    (kept,) = [n for n in d.walk(with_used_definitions(tree)) if isinstance(n, d.Section) and n.id == "definitions"]
    assert kept.children == (before, two, one, after)


def test_a_document_without_definitions_is_the_same_object():
    tree = document(p("x"))
    assert with_used_definitions(tree) is tree
