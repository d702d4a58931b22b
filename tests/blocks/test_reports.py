"""Figures of a block as text, as data and as rows for a spreadsheet."""

from contract_assembly.blocks.plan_comparison import compared
from contract_assembly.blocks.reports import comparison
from tests.helpers.books import day
from tests.helpers.used_blocks import PLANS, used


def test_the_text_says_which_is_cheaper_whichever_it_is():
    assert any(
        "the block is cheaper by 40.50 USD a month" in line for line in comparison(compared(used(60), PLANS, day(90)))
    )
    dear = compared(used(90), PLANS, day(90))
    assert any("the plan is cheaper by 154.80 USD a month" in line for line in comparison(dear))
    assert dear.plans[0].cheaper == "plan"
