"""What is still to be handed over, where Service Credits become known late, change, or belong to a term that is over."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.billing.charges import charges
from contract_assembly.billing.invoices import _settled
from contract_assembly.billing.issued import Issued, appended, read
from contract_assembly.billing.service_credits import CreditRule
from contract_assembly.billing.to_issue import Open, netted, to_issue
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange
from tests.helpers.months import month, service
from tests.helpers.running import change, running, usd

PATH = "agreements/acme/invoiced.csv"
AT = Origin("agreements/acme/2026-support/agreement.yaml")
LATE = month("2027-03-01", P3=(41, 36))


def contract(*months, **more):
    return replace(running(service=service(*months, **more)), credit_rules=(CreditRule(),))


def handed_over(found, issued, first, last):
    """The file after a hand-over, and the credits that went out."""
    rows = issued.of("2026-support")
    open_ = Open(rows, DateRange(first, last), AT, _settled(found, rows))
    new = to_issue(open_, charges(found, open_.horizon))
    data = issued.data + appended(issued, [("NL-1", each) for each in new], last)
    credits_ = [(each.amount, each.correction) for each in new if each.key.sort == "service-credit"]
    return (read(data, PATH, "acme") if new else issued), credits_


def until_may(*months):
    """The months up to May, handed over while no figures were known, and June with these."""
    issued, _ = handed_over(contract(), Issued(PATH), date(2026, 10, 1), date(2027, 5, 31))
    return handed_over(contract(*months), issued, date(2027, 6, 1), date(2027, 6, 30))


def test_a_credit_for_a_month_that_was_invoiced_long_ago_goes_out_with_the_next_run_and_only_once():
    issued, found = until_may(LATE)
    assert found == [(usd("-121.90"), False)]
    again, nothing = handed_over(contract(LATE), issued, date(2027, 6, 1), date(2027, 7, 31))
    assert nothing == []
    assert len(again.rows) > len(issued.rows)  # July went out


def test_figures_that_are_corrected_later_bring_the_difference():
    issued, _ = until_may(LATE)
    better = contract(month("2027-03-01", P3=(41, 41)))
    again, found = handed_over(better, issued, date(2027, 7, 1), date(2027, 7, 31))
    assert found == [(usd("121.90"), True)]
    assert [each.amount for each in again.rows if each.correction] == [usd("121.90")]


def test_a_credit_stays_when_the_figures_of_the_next_term_replace_those_of_its_own():
    issued, _ = until_may(LATE)
    following = contract(month("2027-10-01", P3=(41, 41)), term="2027-10-01")
    assert handed_over(following, issued, date(2027, 7, 1), date(2027, 11, 30))[1] == []
    without = replace(following, service=None)
    assert handed_over(without, issued, date(2027, 7, 1), date(2027, 11, 30))[1] == []


def test_the_credit_of_the_first_month_of_a_term_is_corrected_like_any_other():
    first = month("2026-10-01", P3=(41, 36))
    issued, found = until_may(first)
    assert found == [(usd("-121.90"), False)]
    better = contract(month("2026-10-01", P3=(41, 41)))
    assert handed_over(better, issued, date(2027, 7, 1), date(2027, 7, 31))[1] == [(usd("121.90"), True)]


def test_a_fee_is_corrected_even_when_the_figures_are_those_of_the_next_term():
    issued, _ = until_may(LATE)
    more = running(change("2027-01-17", "users", 34, 36), service=service(term="2027-10-01"))
    again, _ = handed_over(replace(more, credit_rules=(CreditRule(),)), issued, date(2027, 7, 1), date(2027, 7, 31))
    new = [each for each in again.rows[len(issued.rows) :] if each.key.first == date(2027, 2, 1)]
    assert [(each.key.line, each.amount) for each in new] == [("users", usd("124.00"))]


# ---- a decrease that is handed over before its day


def january(on, *entries):
    """The amounts and due days of what goes out for January by a day."""
    found = running(change("2027-01-17", "users", 34, 30), *entries)
    window = DateRange(date(2027, 1, 1), date(2027, 1, 31))
    new = netted(to_issue(Open((), window, AT), charges(found, window.last)), on)
    return [(each.key.line, each.amount, each.due) for each in new]


def test_a_decrease_before_its_day_is_deducted_from_the_invoice_of_its_month():
    first = date(2027, 1, 1)
    assert january(date(2026, 12, 2)) == [
        ("users", usd("2108.00"), first),
        ("servers", usd("330.00"), first),
        ("users", usd("-120.00"), first),  # 4 x 62.00, for 15 of 31 days
    ]


def test_a_decrease_before_its_day_waits_where_nothing_else_goes_out():
    found = running(change("2027-01-17", "users", 34, 30))
    window = DateRange(date(2027, 1, 10), date(2027, 1, 31))
    (alone,) = to_issue(Open((), window, AT), charges(found, window.last))
    assert netted((alone,), date(2027, 1, 16)) == ()
    assert netted((alone,), date(2027, 1, 17)) == (alone,)
    assert netted((alone, replace(alone, amount=usd("119.99"))), date(2027, 1, 16)) == (
        replace(alone, amount=usd("119.99")),
    )


def test_a_decrease_is_deducted_from_the_latest_invoice_that_still_covers_it():
    found = running(change("2027-01-17", "users", 34, 30))
    window = DateRange(date(2027, 1, 1), date(2027, 1, 31))
    users, servers, less = to_issue(Open((), window, AT), charges(found, window.last))
    later = replace(servers, due=date(2027, 2, 1))

    def kept(*given):
        return [(each.amount, each.due) for each in netted(given, date(2026, 12, 2)) if each.amount.amount < 0]

    assert kept(users, later, less) == [(usd("-120.00"), later.due)]
    twice = kept(users, replace(later, amount=usd("239.99")), less, less)
    assert twice == [(usd("-120.00"), later.due), (usd("-120.00"), users.due)]
    assert kept(replace(later, amount=usd("239.99")), less, less) == [(usd("-120.00"), later.due)]
    assert kept(replace(users, amount=usd("120.00")), less) == [(usd("-120.00"), users.due)]  # to the last cent


@pytest.mark.parametrize("amount", ["0.00", "0.01"])
def test_what_is_no_decrease_goes_out_before_its_day(amount):
    window = DateRange(date(2027, 1, 1), date(2027, 1, 31))
    charge = replace(to_issue(Open((), window, AT), charges(running(), window.last))[0], amount=usd(amount))
    assert netted((charge,), date(2026, 12, 2)) == (charge,)


def test_what_is_listed_on_the_last_day_asked_for_goes_out():
    first = date(2027, 1, 1)
    assert len(to_issue(Open((), DateRange(first, first), AT), charges(running(), first))) == 2
    issued, _ = handed_over(running(), Issued(PATH), date(2026, 10, 1), first)
    more = running(change("2027-01-17", "users", 34, 36))
    after = [handed_over(more, issued, first, date(2027, 1, each))[0] for each in (16, 17)]
    assert [len(each.rows) - len(issued.rows) for each in after] == [0, 1]


def test_a_decrease_is_not_deducted_from_what_goes_to_another_address():
    found = running(change("2027-01-17", "users", 34, 30))
    window = DateRange(date(2027, 1, 1), date(2027, 1, 31))
    new = to_issue(Open((), window, AT), charges(found, window.last))
    elsewhere = {"users": 0, "servers": 1}
    users, servers, less = new
    assert [each.key.line for each in (users, servers, less)] == ["users", "servers", "users"]

    def kept(*given):
        return netted(given, date(2026, 12, 2), lambda each: elsewhere[each.key.line])

    assert kept(servers, less) == (servers,)
    assert kept(users, servers, less) == (users, servers, replace(less, due=users.due))


def test_a_correction_waits_for_the_month_that_it_corrects():
    found = running(change("2027-01-17", "users", 34, 30))
    window = DateRange(date(2027, 1, 1), date(2027, 1, 31))
    like = to_issue(Open((), window, AT), charges(found, window.last))[0]
    less = replace(like, amount=usd("-9.00"), correction=True, listed=window.last)
    assert netted((less,), date(2027, 1, 11)) == (less,)
    assert netted((less,), date(2026, 12, 31)) == ()


def test_of_two_charges_alike_the_one_that_was_not_handed_over_goes_out():
    (one,) = [each for each in charges(running(), date(2026, 10, 31)) if each.key.line == "servers"]
    issued = read(appended(Issued(PATH), [("NL-1", one)], date(2026, 10, 2)), PATH, "acme")
    open_ = Open(issued.rows, DateRange(date(2026, 9, 1), date(2026, 10, 31)), AT)
    assert [len(to_issue(open_, [one] * count)) for count in (1, 2, 3)] == [0, 1, 2]


def test_a_month_after_an_early_end_is_given_back_by_the_name_and_the_tax_class_of_its_line():
    issued, _ = handed_over(contract(), Issued(PATH), date(2026, 10, 1), date(2027, 3, 31))
    ended = replace(contract(), last=date(2027, 2, 10))
    new = to_issue(
        Open(issued.rows, DateRange(date(2027, 2, 1), date(2027, 3, 31)), AT), charges(ended, date(2027, 3, 31))
    )
    march = [each for each in new if each.key.first == date(2027, 3, 1)]
    charged = [each for each in charges(contract(), date(2027, 3, 31)) if each.key.first == date(2027, 3, 1)]
    assert march
    assert [(each.label, each.nature, each.amount) for each in march] == [
        (f"Correction: {each.label}", each.nature, usd(str(-each.amount.amount))) for each in charged
    ]
