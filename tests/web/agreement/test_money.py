"""The money of an agreement as rows."""

import pytest

from contract_assembly.facts.template_context import template_context
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.money import fee_rows, money_view
from tests.helpers.corpus import REPOSITORY, based
from tests.helpers.shown_firm import ON

CEDAR = ("cedar", "2025-support")


@pytest.fixture(scope="module")
def samples():
    return Repository(REPOSITORY)


def test_the_lines_of_the_fee_have_their_working_and_their_place(tmp_path):
    rows = fee_rows(template_context(Repository(based(tmp_path / "root")).inputs("acme", "2026-support")))
    assert (rows[0].quantity, rows[0].price, rows[0].amount) == ("34", "62.00 USD", "2,108.00 USD")
    assert rows[0].origin.path.endswith("agreement.yaml")
    block = Repository(REPOSITORY).inputs("hudson", "2026-block")
    assert fee_rows(template_context(block)) == ()


def test_a_change_shows_the_fee_before_and_after(samples):
    first, second = money_view(samples, *CEDAR, ON).changes
    assert (str(first.on), first.what, first.old, first.new) == ("2026-01-12", "Users", "12", "14")
    assert first.fee == ("789.00 USD", "873.00 USD")
    assert (second.fee[0], second.asked) == ("873.00 USD", "Marcus Bell, 2026-06-02")
    assert [each.origin.line for each in (first, second)] == [4, 5]


def test_invoices_to_come_have_their_working_and_those_handed_over_their_numbers(samples):
    found = money_view(samples, "cedar", "2026-support", ON)
    assert found.is_bound
    assert all(each.due >= ON for each in found.coming)
    label, working, amount = found.coming[0].charges[0]
    assert (bool(label), " x " in working, amount.endswith("USD")) == (True, True, True)
    assert found.handed_over[0].number > found.handed_over[-1].number
    assert not money_view(samples, "acme", "2026-support", ON).is_bound


def test_nothing_is_invoiced_of_a_draft(samples):
    assert money_view(samples, "lakeside", "2027-support", ON) is None
    assert money_view(samples, "hudson", "2026-block", ON).changes == ()
