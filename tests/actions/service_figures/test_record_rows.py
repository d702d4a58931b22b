"""Figures of an export as rows of service.yaml."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.actions.service_figures.record_rows import Figures, brought_in
from contract_assembly.actions.service_figures.ticket_figures import closed_in, measured, quarters, rated
from contract_assembly.core.values import DateRange
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.service_record import Service
from contract_assembly.rules.service_totals import problems
from tests.actions.service_figures.test_ticket_figures import DESK, TERM, ticket
from tests.helpers import ticket_imports
from tests.helpers.ticket_imports import ONE, SERVICE, TWO, bring, written

root = ticket_imports.root

BY_HAND = """# our own words
term: 2026-10-01   # the first year

tickets:
  - {priority: all, count: 1, before: 7, period: {first: 2026-10-01, last: 2026-10-31}, source: 'By hand'}   # kept

missed:
  - {on: 2026-12-01, what: 'A, B', effect: C, changed: D, source: E}
"""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["P1", "P2", "P3", "P4"]), st.integers(0, 11), st.booleans()), max_size=25))
def test_figures_of_one_export_always_agree(given):
    tickets = [
        ticket(priority, met={"response": met} if met else {}).__class__(
            priority, *(2 * [ticket().created.replace(year=2026 + (month > 2), month=(9 + month) % 12 + 1)]), None, None,
            {"response": met}, {}, 0, 5 if met else None, ticket().origin,
        )
        for priority, month, met in given
    ]  # fmt: skip
    until = DateRange(TERM.first, date(2027, 9, 30))

    def figures(days):
        found = closed_in(tickets, days)
        return Figures(days, measured(found, DESK), rated(found))

    parts = {number: figures(days) for number, days in quarters(TERM, until)}
    text, changes = brought_in("term: 2026-10-01\n", figures(until), parts, "Export")
    service = located(Service, strict_yaml.load(text, "service.yaml"))
    assert list(problems(service, TERM)) == []
    assert brought_in(text, figures(until), parts, "Export") == (text, ())
    assert changes


def test_what_was_written_by_hand_stays_and_each_changed_figure_is_told(root):
    (root / SERVICE).write_text(BY_HAND)
    done = bring(root, ONE, TWO)
    assert "tickets[all].count: 1 → 2" in done.out
    text = (root / SERVICE).read_text()
    assert text.startswith(
        "# our own words\nterm: 2026-10-01   # the first year\n\ntickets:\n  - {priority: all, count: 2, before: 7, "
    )
    assert "} # kept\n" in text
    assert "\nmissed:\n  - {on: 2026-12-01, what: 'A, B', effect: C, changed: D, source: E}\n" in text


def test_a_figure_that_the_export_no_longer_has_goes(root):
    bring(root, ONE, TWO)
    assert any(row["priority"] == "P1" for row in written(root)["targets"])
    bring(root, ONE, TWO.replace("1 - Critical", "2 - High"))
    assert not any(row["priority"] == "P1" for row in written(root)["targets"])
