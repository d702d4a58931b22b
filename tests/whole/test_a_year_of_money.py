"""A contract through its year and into the next: signed, changed, amended, credited, ended, renewed, and invoiced each month."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contract_assembly.billing.charges import charges
from contract_assembly.billing.effect import effect
from contract_assembly.billing.invoices import _settled
from contract_assembly.billing.issued import Issued, appended, read, sums
from contract_assembly.billing.revenue_lines import lines_on, moved
from contract_assembly.billing.service_credits import CreditRule
from contract_assembly.billing.states import state_on
from contract_assembly.billing.to_issue import Open, to_issue
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, corresponding
from contract_assembly.facts.agreement import Credit
from contract_assembly.letters.amendments.fee import fee_of
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import BASE, inputs
from tests.helpers.months import month, service
from tests.helpers.running import FIRST, change, removal, running, usd

PATH = "agreements/acme/invoiced.csv"
AT = Origin("agreements/acme/2026-support/agreement.yaml")
RENEWED = date(2027, 10, 1)
DAY = timedelta(days=1)
NEXT = {"agreement__term__first_day": RENEWED, "agreement__coverage__users": 36}


def first_term(*entries, last=None, later=(), months=()):
    """The agreement of the first term, with the Service Credits of these months."""
    found = running(*entries, last=last, later=later, service=service(*months))
    return replace(found, chain="2026-support", credit_rules=(CreditRule(),) * len(found.versions))


def next_term(first=RENEWED, **facts):
    """The agreement that renews it, under its own name; it may begin with a credit for prepaid hours, as after a conversion."""
    return replace(
        running(**{**NEXT, "agreement__term__first_day": first, **facts}), name="2027-support", chain="2026-support"
    )


def handed_over(contracts, issued, window):
    """The file of the client after all of its agreements handed over what they owe for some days."""
    for each in contracts:
        rows = issued.of(each.name)
        open_ = Open(rows, window, AT, _settled(each, rows))
        new = to_issue(open_, charges(each, open_.horizon))
        issued = (
            read(issued.data + appended(issued, [("NL-1", one) for one in new], window.last), PATH, "acme")
            if new
            else issued
        )
    return issued


def calendar_month(n):
    """The n-th month of the contract."""
    first = corresponding(FIRST, n)
    return DateRange(first, corresponding(FIRST, n + 1) - DAY)


# ---- whatever happens


days = st.integers(0, 500).map(lambda n: FIRST + timedelta(days=n))
events = st.one_of(
    st.tuples(st.just("change"), st.tuples(days, st.sampled_from(("users", "server")), st.integers(0, 60))),
    st.tuples(st.just("amend"), st.tuples(days, st.integers(1, 60))),
    st.tuples(st.just("end"), days),
    st.tuples(st.just("renew"), st.tuples(days.filter(lambda day: day > FIRST), st.integers(1, 60))),
    st.tuples(st.just("convert"), st.tuples(days.filter(lambda day: day > FIRST), st.integers(1, 9000))),
    st.tuples(st.just("figures"), st.tuples(st.integers(0, 11), st.integers(0, 40))),
    st.tuples(st.just("hand over"), st.tuples(st.integers(0, 16), st.integers(0, 3))),
)


def standing(happened):
    """The agreements after these events."""
    entries, later, figures, ends, follows = {}, {}, {}, [], None
    for what, said in happened:
        if what == "change":
            entries[said[:2]] = change(said[0], said[1], 0, said[2])
        elif what == "amend":
            later[said[0]] = {"agreement__coverage__users": said[1]}
        elif what == "end":
            ends.append(said)
        elif what == "figures":
            figures[said[0]] = month(str(calendar_month(said[0]).first), P3=(40, said[1]))
        elif what == "renew":
            follows = next_term(said[0], agreement__coverage__users=said[1])
        elif what == "convert":
            credit = Credit(amount=usd(said[1]), hours=Decimal(30), block="NL-2026-B017", as_of=said[0] - DAY)
            follows = next_term(said[0], agreement__fees__credit=credit)
    last = min((*ends, *([follows.first - DAY] if follows else [])), default=None)
    found = first_term(*entries.values(), last=last, later=sorted(later.items()), months=figures.values())
    return (found, follows) if follows else (found,)


@settings(deadline=None, max_examples=60)
@given(st.lists(events, min_size=1, max_size=14))
def test_nothing_is_invoiced_twice_or_never_whatever_happens(happened):
    issued, asked = Issued(PATH), [calendar_month(0)]
    for n, (what, said) in enumerate(happened, 1):
        if what == "hand over":
            window = DateRange(calendar_month(said[0]).first, calendar_month(said[0] + said[1]).last)
            asked.append(window)
            contracts = standing(happened[:n])
            issued = handed_over(contracts, issued, window)
            assert handed_over(contracts, issued, window) == issued
    contracts, end = standing(happened), max(each.last for each in asked)
    given_out = {each.name: issued.of(each.name) for each in contracts}
    issued = handed_over(contracts, issued, DateRange(end, end))
    for each in contracts:
        if not given_out[each.name]:
            continue  # nothing of it was handed over before, so it begins on the last day
        begins, due = min(row.listed for row in given_out[each.name]), {}
        for one in charges(each, end):
            if begins <= one.listed <= end:
                due[one.key] = due.get(one.key, Decimal(0)) + one.amount.amount
        gone = {key: amount for key, amount in sums(issued.of(each.name)).items() if amount}
        assert gone == {key: amount for key, amount in due.items() if amount}


# ---- one year, counted by hand


MORE = change("2027-01-17", "users", 34, 36)
FEWER = removal("2027-06-01", "server", 3, 2, asked="2027-04-20")
DEARER = (date(2027, 3, 1), {"agreement__fees__prices": ()})  # an amendment: users at the list price of 65.00
LATE = month("2027-04-01", P3=(40, 35))


def the_year():
    return first_term(MORE, FEWER, last=RENEWED - DAY, later=[DEARER], months=[LATE]), next_term(
        agreement__fees__prices=()
    )


def invoiced_monthly(contracts, months):
    """Each month handed over at its end, with the figures of April known in May."""
    issued, (first, following) = Issued(PATH), contracts
    for n in range(months):
        known = (replace(first, service=None) if n < 7 else first, following)
        issued = handed_over(known, issued, calendar_month(n))
    return issued


def test_a_year_of_invoices_is_what_the_contract_its_change_its_amendment_and_its_credit_say():
    issued = invoiced_monthly(the_year(), 13)
    by_month = {}
    for row in issued.rows:
        where = (row.key.sort, str(row.first_day)[:7])
        by_month[where] = by_month.get(where, Decimal(0)) + row.amount.amount
    recurring = {day: amount for (sort, day), amount in by_month.items() if sort == "recurring"}
    plain, more, dearer = (
        Decimal("2438.00"),
        Decimal("2562.00"),
        Decimal("2670.00"),
    )  # 34 x 62, 36 x 62, 36 x 65; 3 x 110
    assert recurring == {
        **dict.fromkeys(("2026-10", "2026-11", "2026-12"), plain),
        "2027-01": plain + Decimal("60.00"),  # 124.00 for 15 of 31 days
        "2027-02": more,
        **dict.fromkeys(("2027-03", "2027-04", "2027-05"), dearer),
        **dict.fromkeys(("2027-06", "2027-07", "2027-08", "2027-09"), dearer - Decimal("110.00")),
        "2027-10": dearer,  # the next term, with three servers
    }
    credits_ = [row.amount for row in issued.rows if row.key.sort == "service-credit"]
    assert credits_ == [usd("-133.50")]  # 5 % of 2,670.00


def test_a_second_run_over_the_whole_year_hands_over_nothing():
    contracts = the_year()
    issued = invoiced_monthly(contracts, 13)
    assert handed_over(contracts, issued, DateRange(FIRST, calendar_month(12).last)) == issued


def test_the_change_and_the_amendment_name_the_amounts_that_are_invoiced():
    first, _ = the_year()
    rest = effect(first, date(2027, 1, 17)).for_the_rest
    rows = invoiced_monthly(the_year(), 5).rows
    assert [row.amount for row in rows if row.first_day == date(2027, 1, 17)] == [rest] == [usd("60.00")]
    states = (SimpleNamespace(first=FIRST, agreed=inputs(agreement__coverage__users=36)), SimpleNamespace(first=DEARER[0], agreed=inputs(
        agreement__coverage__users=36, agreement__fees__prices=()
    )))  # fmt: skip
    amended = fee_of(Repository(BASE), "acme", "2026-support", states, DEARER[0])
    assert (amended["old"], amended["new"], amended["next_first"]) == (usd("2562.00"), usd("2670.00"), date(2027, 3, 1))


def test_revenue_says_the_same_and_tells_why_it_moved():
    first, following = the_year()
    assert state_on(first, date(2027, 9, 30)).monthly == usd("2560.00")
    assert state_on(following, RENEWED).monthly == usd("2670.00")
    before = [*lines_on(first, date(2026, 12, 31)), *lines_on(following, date(2026, 12, 31))]
    after = [*lines_on(first, RENEWED), *lines_on(following, RENEWED)]
    why = {(each.why, each.line): each.amount.amount for each in moved(before, after)}
    assert why == {("more", "users"): Decimal("124.00"), ("price", "users"): Decimal("108.00")}
    assert sum(why.values()) == Decimal("2670.00") - Decimal("2438.00")
