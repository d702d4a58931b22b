"""The invoices of a firm as they are shown: the same in one process and in several."""

from datetime import date

from contract_assembly.billing import invoice_report
from contract_assembly.billing.invoices import ChargeQuery, invoices
from contract_assembly.billing.listing import batches_of, listed, listing
from contract_assembly.billing.revenue import revenue
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from tests.helpers.changed import ROOT

PAIRS = (("cedar", "2025-support"), ("hudson", "2026-block"), ("thames", "2025-support"))
ASKED = ChargeQuery(DateRange(date(2026, 1, 1), date(2026, 3, 31)))


def test_a_listing_is_what_the_invoices_are_shown_as():
    found = listing(ROOT, PAIRS, ASKED, invoice_report.as_text)
    made = invoices(Repository(ROOT), PAIRS, ASKED).invoices
    assert found.shown == [invoice_report.as_text(each) for each in made]
    assert {currency: each.invoices for currency, each in found.sums.items()} == {
        currency: sum(each.net.currency == currency for each in made) for currency in ("USD", "GBP")
    }


def test_the_sums_are_those_of_the_invoices():
    made = invoices(Repository(ROOT), PAIRS, ASKED).invoices
    for currency, (_, net, whole) in listed(made, id).sums.items():
        own = [each for each in made if each.net.currency == currency]
        assert net.amount == sum(each.net.amount for each in own)
        assert whole.amount == sum(each.total.amount for each in own)


def test_batches_keep_the_agreements_of_a_client_together():
    pairs = [(f"client-{n // 2:03}", f"{2026 + n % 2}-support") for n in range(60 * 2)]
    found = batches_of(pairs)
    assert [len(each) for each in found] == [50, 50, 20]
    assert [pair for each in found for pair in each] == pairs


def test_figures_of_parts_add_up_to_those_of_the_whole():
    day, since = date(2026, 9, 30), date(2026, 1, 31)
    whole, first = revenue(ROOT, PAIRS, day, since), revenue(ROOT, PAIRS[:1], day, since)
    first.add(revenue(ROOT, PAIRS[1:], day, since))
    assert (first.lines, first.months, first.charged) == (whole.lines, whole.months, whole.charged)
    assert whole.lines
    assert any(whole.months.values())
