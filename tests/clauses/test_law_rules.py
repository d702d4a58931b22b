"""Rules of law over the facts of an agreement: which apply, how they stand, when they are due, what they stop."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.clauses import law_rules
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Law
from contract_assembly.facts.registers import Confirmation
from contract_assembly.facts.template_context import template_context
from tests.helpers.inputs_base import block_inputs
from tests.helpers.inputs_base import inputs as support_inputs

RULE = {
    "id": "NY-TEST",
    "title": "A rule",
    "applies": "true",
    "requires": "The notice is sent.",
    "consequence": "It is void.",
    "severity": "block",
    "authority": "Statute 1",
}
PLACE = Origin("agreements/acme/agreement.yaml", 6)


def law(*rules, name="US-NY"):
    model = Law.model_validate({"id": name, "name": "X", "full": "X", "rules": [RULE | each for each in rules]})
    origins = {"": Origin(f"clauses/law/{name}.yaml", 1)}
    return Located(
        model, origins | {f"rules.{n}": Origin(f"clauses/law/{name}.yaml", 10 + n) for n in range(len(rules))}
    )


def found(*rules, inputs=None, laws=None):
    files = inputs or support_inputs()
    files = replace(files, laws=laws or (law(*rules),))
    return law_rules.findings(files, template_context(files))


def states(*rules, **kwargs):
    return [each.state for each in found(*rules, **kwargs)]


def gates(*names):
    closed = tuple(Confirmation(gate=name, by="Dana", on="2026-09-01") for name in names)
    return support_inputs(agreement__confirmations=closed)


def told(*rules, final, inputs=None):
    return [(each.level, each.what) for each in law_rules.problems(found(*rules, inputs=inputs), PLACE, final=final)]


@pytest.mark.parametrize(
    ("applies", "there"),
    [
        ("true", 1),
        ("false", 0),
        ('term.renewal == "automatic"', 1),
        ('term.renewal == "automatic" and term.renewal_months > 12', 0),
        ('"health" in client.sectors', 0),
        ("not client.is_business", 0),
        ("data", 0),
        ("tax.reverse_charge", 0),
    ],
)
def test_a_rule_applies_where_its_condition_holds(applies, there):
    assert len(found({"applies": applies})) == there


def test_a_rule_is_for_its_kinds_only_and_its_conditions_are_not_even_read_for_another():
    rule = {"kinds": ["support"], "applies": "term.months > 1"}
    assert states(rule) == ["to know"]
    assert states(rule, inputs=block_inputs()) == []


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        ({}, "to know"),
        ({"broken": "fees.due_days > 29"}, "broken"),
        ({"broken": "fees.due_days > 30"}, "kept"),
        ({"confirm": "sent"}, "to be confirmed"),
        ({"confirm": "sent", "broken": "true"}, "broken"),
        ({"confirm": "sent", "broken": "false"}, "to be confirmed"),
    ],
)
def test_how_a_rule_stands(rule, state):
    assert states(rule) == [state]


def test_a_gate_that_somebody_closed_is_kept_and_a_closed_gate_mends_nothing_that_is_broken():
    assert states({"confirm": "sent"}, inputs=gates("sent")) == ["kept"]
    assert states({"confirm": "sent"}, inputs=gates("other")) == ["to be confirmed"]
    assert states({"confirm": "sent", "broken": "true"}, inputs=gates("sent")) == ["broken"]


# The base runs to September 30, 2027; its last day to decline is Friday, July 30, 2027.
@pytest.mark.parametrize(
    ("before", "days"),
    [
        ("decision_day", (date(2027, 6, 30), date(2027, 7, 15))),
        ("last_day", (date(2027, 8, 31), date(2027, 9, 15))),
        ("renewal_first_day", (date(2027, 9, 1), date(2027, 9, 16))),
    ],
)
def test_a_window_is_counted_back_from_its_day(before, days):
    window = {"before": before, "earliest": "30 days", "latest": "15 days"}
    (finding,) = found({"window": window})
    assert (finding.state, finding.window) == ("to be done", days)


def test_a_window_moves_with_the_term():
    window = {"before": "last_day", "earliest": "30 days", "latest": "15 days"}
    (finding,) = found({"window": window}, inputs=support_inputs(agreement__term__length=Duration(6, "month")))
    assert finding.window == (date(2027, 3, 1), date(2027, 3, 16))


def test_a_block_has_no_renewal_to_count_back_from():
    window = {"before": "decision_day", "earliest": "30 days", "latest": "15 days"}
    (finding,) = found({"window": window}, inputs=block_inputs())
    assert (finding.window, finding.state) == (None, "to know")


def test_findings_stand_in_the_order_of_the_laws_each_with_its_place():
    one, two = law({"id": "A"}, {"id": "B"}), law({"id": "C"}, name="US")
    assert [(each.rule.id, str(each.origin)) for each in found(laws=(one, two))] == [
        ("A", "clauses/law/US-NY.yaml:10"),
        ("B", "clauses/law/US-NY.yaml:11"),
        ("C", "clauses/law/US.yaml:10"),
    ]


@pytest.mark.parametrize("field", ["applies", "broken"])
@pytest.mark.parametrize("condition", ["term.", "term.nonsense", "1 +", "client.name()"])
def test_a_condition_that_cannot_be_read_is_refused_at_its_rule(field, condition):
    with pytest.raises(RefusedError) as caught:
        found({}, {field: condition})
    assert [str(each.origin) for each in caught.value.problems] == ["clauses/law/US-NY.yaml:11"]


# ---- what is told of a build


@pytest.mark.parametrize(
    ("rule", "draft", "final"),
    [
        ({"broken": "true"}, ["warning"], ["error"]),
        ({"broken": "true", "severity": "warn"}, ["warning"], ["warning"]),
        ({"broken": "true", "severity": "inform"}, [], []),
        ({"broken": "false"}, [], []),
        ({"confirm": "sent"}, [], ["error"]),
        ({"confirm": "sent", "severity": "warn"}, [], ["error"]),
        ({"confirm": "sent", "severity": "inform"}, [], ["error"]),
        ({}, [], []),
        ({"window": {"before": "last_day", "earliest": "30 days", "latest": "15 days"}}, [], []),
    ],
)
def test_a_draft_is_warned_and_a_final_version_stopped(rule, draft, final):
    assert [level for level, _ in told(rule, final=False)] == draft
    assert [level for level, _ in told(rule, final=True)] == final


def test_every_gate_that_a_draft_shows_stops_the_final_version_and_no_other():
    severities = ("block", "warn", "inform")
    rules = [
        {"id": f"{n}", "requires": f"{n}.", "confirm": f"gate-{n}", "severity": each}
        for n, each in enumerate(severities)
    ]
    assert law_rules.open_gates(found(*rules, {}, inputs=gates("gate-1"))) == ("0.", "2.")
    assert [what[0] for _, what in told(*rules, {}, final=True, inputs=gates("gate-1"))] == ["0", "2"]


def test_two_rules_that_ask_for_the_same_are_said_once():
    assert law_rules.open_gates(found({"confirm": "a"}, {"confirm": "b"})) == ("The notice is sent.",)


def test_a_problem_says_what_for_whom_by_which_authority_and_what_to_do():
    (broken,) = law_rules.problems(found({"broken": "true"}), PLACE, final=True)
    assert (broken.rule, broken.what, broken.origin) == ("law", "NY-TEST: The notice is sent.", PLACE)
    assert (
        broken.hint == "It is void. Authority: Statute 1; verified by: none. The rule is in clauses/law/US-NY.yaml:10"
    )
    (gate,) = law_rules.problems(found({"confirm": "sent"}), PLACE, final=True)
    assert gate.what == "NY-TEST: please confirm: The notice is sent."
    assert gate.hint.endswith("add to confirmations: {gate: sent, by: NAME, on: DATE}")


def general(name):
    model = Law.model_validate({"id": name, "name": f"Land {name[-1]}", "full": "X", "general": "yes"})
    return Located(model, {"": Origin("clauses/law/US.yaml", 1)})


def of_general(*gates_closed, final):
    inputs = replace(gates(*gates_closed), laws=(general("US-A"), general("US-B"), law({})))
    return [
        (each.rule, each.level) for each in law_rules.problems(tuple(law_rules.unverified(inputs)), PLACE, final=final)
    ]


@pytest.mark.parametrize(("final", "level"), [(False, "warning"), (True, "error")])
def test_laws_that_were_never_checked_are_one_problem_until_each_is_confirmed(final, level):
    assert of_general(final=final) == [("not-verified", level)]
    assert of_general("place-us-a", final=final) == [("not-verified", level)]
    assert of_general("place-us-a", "place-us-b", final=final) == []


def test_a_rule_can_ask_for_a_slot_that_the_agreement_chose_a_clause_for():
    rule = {"applies": '"non-solicitation" in chosen'}
    chosen = support_inputs(agreement__choose={"non-solicitation": "preferred"})
    assert (states(rule), states(rule, inputs=chosen)) == ([], ["to know"])
