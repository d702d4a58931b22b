"""Positions to fall back to: each clause alone, and each rung under each law with all options, assembles into a contract that is
right."""

from functools import cache
from itertools import chain, combinations, product
from operator import gt

import pytest

from contract_assembly.clauses.choice import specificity
from contract_assembly.clauses.clause import RUNGS
from contract_assembly.document import tree as d
from contract_assembly.facts.outline import OUTLINES
from contract_assembly.rules.document.readability import readability
from tests.helpers.combinations import CHOSEN, SHARED, built, covering, fallbacks, falling_back, with_fallbacks
from tests.whole.test_combinations import unbound, unlisted

RUNG_OF_SLOT = [
    (law, slot, rung) for law in CHOSEN for slot, rungs in fallbacks("support", law).items() for rung in rungs
]
LIBRARY = SHARED.library()
FALLBACKS = [each for each in LIBRARY if each.head.rung != RUNGS[0]]
AVERAGE, LONGEST, GRADE = 18, 55, 12


def clause_of(law, slot, rung):
    """The clause that a rung is under a law."""
    fitting = [
        each for each in LIBRARY if (each.head.slot, each.head.rung) == (slot, rung) and "support" in each.head.kinds
    ]
    return max(fitting, key=lambda each: specificity(each.head.laws, law))


def one_of_each(rungs):
    """Each clause under the first law that uses it, or under each of them if its words depend on the law."""
    found = {}
    for law, slot, rung in rungs:
        clause = clause_of(law, slot, rung)
        found.setdefault((clause.head.id, law if "law." in clause.body else ""), (law, slot, rung))
    return [*found.values()]


ALONE = one_of_each(RUNG_OF_SLOT)


@cache
def alone(law, slot, rung):
    return built("support", law, falling_back(slot, rung))[1]


def wrong(made):
    """Whatever is wrong with a contract: its references, its list of what survives, and every warning about its words and
    facts. The rules over the document ran when it was drafted: their errors refuse it, and their warnings are among these."""
    sections = {node.id: node for node in d.walk(made.document) if isinstance(node, d.Section | d.Part)}
    warnings = [each.rule for each in made.warnings if each.rule not in {"law", *OF_OPTIONS}]
    return [*unbound(made.document, sections), *unlisted(made, sections), *warnings]


OF_OPTIONS = {
    "health-without-data",
    "backup-charged",
    "no-backup",
    "not-verified",
}  # warnings that options and places without rules of their own bring: see test_combinations


@pytest.mark.parametrize(("law", "slot", "rung"), ALONE)
def test_each_rung_alone_assembles_and_is_right(law, slot, rung):
    made = alone(law, slot, rung)
    (clause,) = [each for each in made.clauses if each.head.slot == slot]
    assert clause == clause_of(law, slot, rung)
    assert wrong(made) == []


@pytest.mark.parametrize("law", CHOSEN)
def test_any_two_rungs_and_options_assemble_and_are_right(law):
    for choice in with_fallbacks("support"):
        assert wrong(built("support", law, choice)[1]) == [], choice


def test_any_two_rungs_and_options_are_tried_together():
    rows = with_fallbacks("support")
    values = {name: sorted({str(row[name]) for row in rows}) for name in rows[0]}
    for one, other in combinations(values, 2):
        met = {(str(row[one]), str(row[other])) for row in rows}
        assert met == set(product(values[one], values[other]))
    tried = {name.removeprefix("slot "): set(said) - {""} for name, said in values.items() if name.startswith("slot ")}
    assert {(slot, rung) for slot, rungs in tried.items() for rung in rungs} == {(s, r) for _, s, r in RUNG_OF_SLOT}


def test_every_fallback_of_the_library_is_tried():
    taken = {each.head.id for law, slot, rung in ALONE for each in alone(law, slot, rung).clauses}
    assert {each.head.id for each in FALLBACKS} <= taken


# ---- what is written in them


def alone_under(law):
    return [(slot, rung) for each, slot, rung in ALONE if each == law]


def anchors(document):
    return {node.id for node in d.walk(document) if isinstance(node, d.Section)}


@pytest.mark.parametrize("law", CHOSEN)
def test_a_fallback_keeps_every_name_that_others_may_refer_to(law):
    usual = anchors(alone(law, "", "").document)
    for slot, rung in alone_under(law):
        assert usual <= anchors(alone(law, slot, rung).document), (slot, rung)


def hard_to_read(document):
    """The clauses of a document that exceed a limit of readability, with their figures."""
    slots = {each.clause for each in d.walk(document) if isinstance(each, d.Section)}
    figures = {
        each.name: (each.average, each.longest, each.grade) for each in readability(document) if each.name in slots
    }
    return {name: each for name, each in figures.items() if any(map(gt, each, (AVERAGE, LONGEST, GRADE)))}


@pytest.mark.parametrize("kind", OUTLINES)
@pytest.mark.parametrize("law", CHOSEN)
def test_every_clause_reads_easily(law, kind):
    for choice in covering(kind, 1):
        assert hard_to_read(built(kind, law, choice)[1].document) == {}


@pytest.mark.parametrize("law", CHOSEN)
def test_every_fallback_reads_easily(law):
    for slot, rung in alone_under(law):
        assert hard_to_read(alone(law, slot, rung).document) == {}, (slot, rung)


def parameters_of(clause):
    return [(name, each) for name, each in clause.head.params.items() if each.type not in {"text", "boolean", "choice"}]


@pytest.mark.parametrize("clause", FALLBACKS, ids=lambda each: each.head.id)
def test_a_fallback_says_within_what_bounds_its_parameters_may_move(clause):
    for name, param in parameters_of(clause):
        assert None not in (param.min, param.max, param.default), name
        assert len(param.approved) == 2, name


def test_a_fallback_has_an_id_that_begins_with_its_slot():
    assert [each.head.id for each in FALLBACKS if not each.head.id.startswith(each.head.slot)] == []


# ---- the cover says what the sections say


def cover(law, slot, rung):
    """The rows of the summary on the cover, by their first cell."""
    (part,) = [each for each in alone(law, slot, rung).document.parts if each.kind == "cover"]
    rows = chain.from_iterable(node.rows for node in d.walk(part) if isinstance(node, d.Table))
    return {d.plain(row[0].children): d.plain(row[1].children) for row in rows}


@pytest.mark.parametrize(
    ("slot", "row", "usual", "other"),
    [
        ("liability", "Limit of liability", "The Fees of a Contract Year", "The limits in section"),
        (
            "levels-targets",
            "Support hours",
            "charged under the Rate Card and not subject to the Service Levels",
            "states",
        ),
        ("fees", "Payment", "by the first day of each month", "after each invoice"),
    ],
)
def test_the_cover_says_no_more_than_the_fallback(slot, row, usual, other):
    assert usual in cover("US-NY", "", "")[row]
    for rung in fallbacks("support", "US-NY")[slot]:
        said = cover("US-NY", slot, rung)[row]
        assert usual not in said, rung
        assert other in said, rung


def test_the_cover_names_no_courts_where_each_party_is_sued_at_home():
    assert "courts that section" in cover("US-NY", "governing-law", "last-resort")["Law and courts"]
    assert "courts that section" not in cover("US-NY", "governing-law", "acceptable")["Law and courts"]


# ---- captions


@pytest.mark.parametrize("law", CHOSEN)
def test_no_caption_of_a_table_is_lost_in_the_paragraph_before_it(law):
    paragraphs = [
        d.plain(each.children)
        for each in d.walk(built("support", law, falling_back("", ""))[1].document)
        if isinstance(each, d.Paragraph)
    ]
    assert [each for each in paragraphs if "Table:" in each] == []
