"""How the amount of a line is shown: as a product, or in words."""

from msgspec.structs import replace

from contract_assembly.billing.measures import explained, is_product
from tests.helpers.e_invoices import CREDIT, HOURS, MONTH


def test_a_whole_month_is_a_quantity_times_a_price_and_needs_no_words():
    whole, part = MONTH
    assert (is_product(whole), explained(whole)) == (True, "")
    assert (is_product(HOURS), explained(HOURS)) == (True, "")
    assert (is_product(part), explained(part)) == (False, "as agreed")


def test_a_discount_is_explained_and_an_amount_of_which_nothing_was_counted_is_not():
    discounted = replace(MONTH[0], amount=replace(MONTH[0].amount, amount=MONTH[0].amount.amount - 10))
    assert explained(discounted) == "as agreed"
    assert (is_product(CREDIT), explained(CREDIT)) == (False, "")
