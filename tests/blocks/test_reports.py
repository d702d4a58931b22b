"""Figures of a block as text, as data and as rows for a spreadsheet."""

from pathlib import Path

from contract_assembly.blocks.plan_comparison import compared
from contract_assembly.blocks.reports import comparison
from contract_assembly.facts.catalogue import Plan
from contract_assembly.repository.inputs import Repository
from tests.helpers.books import IN_TIME, book, day, with_work, work

ENVIRONMENT = {
    "users": "6",
    "assets": [{"kind": "network-device", "count": "2"}, {"kind": "saas-tenant", "count": "1"}],
}

ROOT = Path(__file__).parents[2]

PLANS = [Repository(ROOT).load(Plan, f"provider/plans/{name}.yaml").model for name in ("business", "essential")]


def used(minutes, weeks=13, environment=ENVIRONMENT):
    """A book in which so many minutes were used in each of some weeks."""
    account = {"paid": "2026-10-02", "messages": [IN_TIME], **({"environment": environment} if environment else {})}
    return with_work(book(account), *[work(day(7 * n), minutes, f"Task {n}") for n in range(weeks)])


def test_the_text_says_which_is_cheaper_whichever_it_is():
    assert any(
        "the block is cheaper by 40.50 USD a month" in line for line in comparison(compared(used(60), PLANS, day(90)))
    )
    dear = compared(used(90), PLANS, day(90))
    assert any("the plan is cheaper by 154.80 USD a month" in line for line in comparison(dear))
    assert dear.plans[0].cheaper == "plan"
