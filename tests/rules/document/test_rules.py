"""The table of rules as a whole."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.rules.document import RULES, check
from tests.helpers.sample_tree import p, sample, t


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rules_page_says_what_is_bad_about_it_with_an_example_and_a_cure(rule):
    for mark in ("**Why it is bad.**", "**Example.**", "**Fix.**"):
        assert mark in " ".join(rule.__doc__.split())


FAULTS = {
    "undefined-term": p("the Equipment"),
    "unused-term": p("(the ", d.Definition("Fix Period"), ")"),
    "doubled-definition": p(d.Definition("Twice"), ", ", d.Definition("Twice"), ", Twice"),
    "leftover": p("TODO"),
    "typed-number": p("section 4"),
    "doubled-mark": p("x ,y , z"),
    "empty-words": p(),
    "total": d.Table(("left",), (), ((d.Cell(t("1")),), (d.Cell(t("2")),)), (), total=True),
}


def document(*blocks):
    part = d.Part("terms", "terms", t("Terms"), (d.Section("s", 1, t("Words"), blocks),))
    return d.Document(sample().meta, (part,))


@pytest.mark.parametrize("name", FAULTS)
def test_a_rule_tells_problems_of_its_own_name_with_a_hint(name):
    found = list(RULES[name](document(FAULTS[name])))
    assert found
    assert all(problem.rule == name and problem.hint and problem.what for problem in found)


def test_all_rules_are_applied():
    found = {problem.rule for problem in check(document(*FAULTS.values()))}
    assert found >= set(FAULTS)


def test_a_sound_document_has_no_problems():
    terms = [p(d.Definition(term), " means x.") for term in ("Client", "Fees")]
    assert list(check(document(*terms, p("The Client shall pay the Fees.")))) == []
