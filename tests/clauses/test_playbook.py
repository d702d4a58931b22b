"""The playbook of a slot: its positions in order, those of a law, and what it names that is not there."""

from contract_assembly.clauses.playbook import Range, plays, problems
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.playbook import Playbook
from tests.helpers.clause_files import clause

PARAMS = (
    "params: {cure: {type: duration, min: 10 days, max: 60 days, default: 30 days, approved: [20 days, 30 days]}}\n"
)
LIBRARY = (
    clause("renewal-last", rung="last-resort"),
    clause("renewal-us", rung="acceptable", laws='["US-*"]'),
    clause("renewal-any", rung="acceptable"),
    clause("renewal-old", rung="acceptable", more="retired: yes\nyield: {when: Never., to: [owner]}\n"),
    clause("renewal", more=PARAMS),
    clause("block-renewal", kinds="[time-block]"),
    clause("fees", slot="fees"),
    clause("notices", slot="notices"),
)


def playbook(*points):
    lines = "".join(f"  - {{id: {name}, ask: A., why: B., answer: C., {more}}}\n" for name, more in points)
    return located(Playbook, strict_yaml.load(f"points:\n{lines}", "provider/playbook.yaml"))


ASKED = playbook(("cheaper", "slots: [fees]"), ("shorter", "slots: [renewal, fees], parameters: [renewal.cure]"))


def clauses(law=""):
    found = {each.slot: each for each in plays(LIBRARY, ASKED.model, law)}
    return [each.clause for each in found["renewal"].positions]


def test_slots_that_clients_ask_about_come_first_and_those_without_a_fallback_or_point_are_left_out():
    found = plays(LIBRARY, ASKED.model)
    assert [each.slot for each in found] == ["fees", "renewal"]
    assert [[point.id for point in each.points] for each in found] == [["cheaper", "shorter"], ["shorter"]]


def test_a_slot_with_a_fallback_needs_no_point():
    assert [each.slot for each in plays(LIBRARY, Playbook())] == ["renewal"]


def test_positions_go_from_the_preferred_one_down_without_what_is_retired():
    assert clauses() == ["block-renewal", "renewal", "renewal-any", "renewal-us", "renewal-last"]


def test_under_a_law_only_the_closest_clause_of_each_rung_and_kind_is_left():
    assert clauses("US-NY") == ["renewal", "block-renewal", "renewal-us", "renewal-last"]
    assert clauses("IE") == ["renewal", "block-renewal", "renewal-any", "renewal-last"]


def test_a_position_says_when_to_yield_and_what_may_move():
    (play,) = plays(LIBRARY, Playbook(), "US-NY")
    usual, _, other, _ = play.positions
    assert (usual.when, usual.to) == ("", ())
    assert (other.when, other.to) == ("The client asks.", ("owner",))
    assert usual.parameters == (Range("cure", "30 days", ("10 days", "60 days"), ("20 days", "30 days")),)


def test_what_a_playbook_names_must_be_there():
    wrong = playbook(
        ("one", "slots: [fee]"),
        ("two", "slots: [fees], parameters: [renewal.care]"),
        ("two", "slots: [fees], facts: [fees.dew, fees.due]"),
    )
    found = [(each.what, each.origin.line, each.hint) for each in problems(wrong, LIBRARY, {"fees.due"})]
    assert found == [
        ("one: no clause has the slot fee", 2, "did you mean fees?"),
        ("two: no clause has the parameter renewal.care", 3, "did you mean renewal.cure?"),
        ("two points have the id two", 4, "rename one of them"),
        ("two: no agreement has the fact fees.dew", 4, "did you mean fees.due?"),
    ]
    assert list(problems(ASKED, LIBRARY, ())) == []


def test_bounds_belong_to_a_fact_of_the_point_and_have_an_end():
    wrong = playbook(
        ("one", "slots: [fees], facts: [fees.due], accepts: {fees.due: {show: [owner]}, term.length: {to: 24 months}}")
    )
    assert [each.what for each in problems(wrong, LIBRARY, {"fees.due"})] == [
        "one: accepts fees.due without a limit",
        "one: accepts term.length, which is not among its facts",
    ]
