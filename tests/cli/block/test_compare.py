"""`build.py block compare`, for the sample hudson."""

from tests.helpers.block_commands import data
from tests.helpers.corpus import REPOSITORY, run

HUDSON = ("compare", "hudson", "--on", "2026-11-23")


def test_the_block_is_compared_with_each_plan_the_cheapest_first():
    said = run(REPOSITORY, "block", *HUDSON)
    assert (said.code, said.err) == (0, "")
    first, credit, *rest = said.out.splitlines()
    assert first.endswith("block 789.30 USD + beyond it 0.00 USD = 789.30 USD")
    assert credit == "Credit for unused hours at the step to a support contract: 416.25 USD"
    plans = [each for each in rest if " fee " in each and not each.startswith(" ")]
    assert plans[0].endswith("= 738.80 USD a month; the plan is cheaper by 50.50 USD a month")
    assert plans[1].endswith("= 804.40 USD a month; the block is cheaper by 15.10 USD a month")


def test_json_says_of_each_plan_which_is_cheaper_and_by_how_much():
    found = data(REPOSITORY, *HUDSON)["comparison"]
    assert found["block_cost"] == {"amount": "789.30", "currency": "USD"}
    cheaper = [(each["cheaper"], each["difference"]["amount"]) for each in found["plans"]]
    assert cheaper[:2] == [("plan", "-50.50"), ("block", "15.10")]


def test_a_client_without_a_block_cannot_be_compared():
    said = run(REPOSITORY, "block", "compare", "acme")
    assert (said.code, "acme has no prepaid block [no-block]" in said.err) == (1, True)
