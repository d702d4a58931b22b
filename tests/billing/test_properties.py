"""What holds for any contract and any changes: nothing is charged twice or never, and what is charged is what was in force."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contract_assembly.billing.charges import billing_periods, charges
from contract_assembly.billing.issued import Issued, appended, read, sums
from contract_assembly.billing.signed_facts import SignedVersion
from contract_assembly.billing.states import states
from contract_assembly.billing.to_issue import Open, netted, to_issue
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money
from contract_assembly.facts.agreement import Credit
from contract_assembly.facts.fees import amount_of, fee_lines, monthly_total
from tests.helpers.fee_facts import ARCHIVE, READERS, TIERS, fees
from tests.helpers.running import FIRST, change, changes_file, running, usd

PATH = "agreements/acme/invoiced.csv"
AT = Origin("agreements/acme/2026-support/agreement.yaml")
CONVERTED = Credit(
    amount=usd("5000.00"), hours=Decimal(50), block="NL-2026-B017", as_of=FIRST
)  # of a prepaid block that became this contract
SUBJECTS = ("users", "server", "firewall")

days = st.integers(0, 800).map(lambda n: FIRST + timedelta(days=n))
moves = st.tuples(days, st.sampled_from(SUBJECTS), st.integers(0, 60))
moved = st.lists(moves, max_size=8, unique_by=lambda each: each[:2])
billings = st.sampled_from(["monthly", "quarterly", "yearly"])
starts = st.sampled_from([FIRST, date(2026, 10, 16), date(2026, 8, 31), date(2028, 2, 29)])


LINES = (
    READERS,
    {**READERS, "id": "late", "first_day": "2027-02-15"},
    {**READERS, "id": "short", "first_day": "2026-12-05", "last_day": "2027-05-19"},
    {"add_on": "archive"},
    {"id": "storage", "name": "Storage", "pricing": "volume", "quantity": "7", "unit": "TB",
     "tiers": [{"up_to": "5", "flat": "50.00 USD"}, {"price": "9.99 USD", "flat": "5.00 USD"}]},
)  # fmt: skip
DISCOUNTS = (
    {"name": "Free", "free": "2 months"},
    {"name": "Welcome", "percent": "12.5 %", "first_day": "2026-11-10", "last_day": "2027-03-20"},
    {"name": "Servers", "amount": "33.33 USD", "lines": ["servers"], "last_day": "2027-06-30"},
    {"name": "Referral", "amount": "2500.00 USD", "first_day": "2027-01-01", "last_day": "2027-01-31"},
)
STEPS = (
    {"year": "2", "percent": "3.5 %"},
    {"year": "3", "amount": "-0.55 USD", "lines": ["users"]},
    {"year": "2", "price": "101.00 USD", "lines": ["servers"]},
)
PRICES = ((), ({"line": "users", "pricing": "graduated", "tiers": TIERS},))


def some_of(pool):
    return st.lists(st.sampled_from(pool), unique_by=lambda each: each.get("id") or each.get("name") or str(each))


kinds = st.builds(
    lambda lines, discounts, steps, prices, minimum: fees(
        add_ons=[ARCHIVE], lines=lines, discounts=discounts, steps=steps, prices=prices, minimum=minimum
    ),
    some_of(LINES),
    some_of(DISCOUNTS),
    some_of(STEPS),
    st.sampled_from(PRICES),
    st.sampled_from([None, "1500.00 USD", "4000.00 USD"]),
)


def entries(some):
    return [change(day, what, 0, count) for day, what, count in some]


def contract(some, billing="monthly", first=FIRST, last=None, **more):
    return running(
        *entries(some), last=last, agreement__fees__billing=billing, agreement__term__first_day=first, **more
    )


@settings(deadline=None)
@given(moved, st.integers(30, 700), kinds)
def test_the_invoices_of_a_run_of_days_are_the_fees_of_its_states_day_by_day(some, length, more):
    last = FIRST + timedelta(days=length)
    found = contract(some, last=last, **more)
    made = [each for each in charges(found, last) if each.key.sort == "recurring"]
    by_day = Fraction(0)
    for state in states(found, last):
        day = state.days.first
        while day <= state.days.last:
            by_day += Fraction(state.monthly.amount) / monthrange(day.year, day.month)[1]
            day += timedelta(days=1)
    apart = abs(Fraction(sum(each.amount.amount for each in made)) - by_day)
    assert apart <= Fraction(1, 200) * len(made)  # each line is rounded once, by half a cent at most


@given(moved, billings, starts, st.integers(0, 1200))
def test_the_days_of_each_line_follow_each_other_without_a_gap(some, billing, first, ahead):
    made = charges(contract(some, billing, first), first + timedelta(days=ahead))
    periods = sorted({(each.key.first, each.key.last) for each in made if each.key.sort == "recurring"})
    for before, after in pairwise(periods):
        assert after[0] - before[1] == timedelta(days=1)
    assert not periods or periods[0][0] == first


@settings(deadline=None)
@given(st.lists(st.tuples(days, billings), max_size=4), billings, starts, st.integers(0, 900), kinds)
def test_each_day_is_invoiced_once_however_often_the_periods_are_amended(later, billing, first, ahead, more):
    last, facts = first + timedelta(days=ahead), {"agreement__term__first_day": first, **more}
    signed = [(day, {"agreement__fees__billing": each}) for day, each in sorted(later)]
    found = running(later=signed, last=last, agreement__fees__billing=billing, **facts)
    days_of = [each.days for each in billing_periods(found, last)]
    assert (days_of[0].first, days_of[-1].last) == (first, last)
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(days_of))
    if first.day != 1:
        return  # the months of a quarter are not those of the calendar then, and cost a little more or less by the day
    plain = running(last=last, agreement__fees__billing="monthly", **facts)
    amounts = [
        [each.amount.amount for each in charges(one, last) if each.key.sort == "recurring"] for one in (found, plain)
    ]
    apart = abs(sum(amounts[0]) - sum(amounts[1]))
    assert apart <= Decimal("0.005") * sum(map(len, amounts))  # each amount is rounded once, by half a cent at most


@settings(deadline=None)
@given(moved, st.randoms(use_true_random=False), billings, kinds)
def test_the_order_of_entry_does_not_matter(some, chance, billing, more):
    mixed = list(some)
    chance.shuffle(mixed)
    until = date(2028, 6, 30)
    plain, shuffled = contract(some, billing, **more), contract(mixed, billing, **more)
    assert [(e.key, e.days, e.amount) for e in charges(plain, until)] == [
        (e.key, e.days, e.amount) for e in charges(shuffled, until)
    ]


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_a_way_in_two_steps_over_two_subjects_costs_what_one_step_of_each_costs(day, users, servers):
    until = date(2029, 1, 31)
    both = contract([(day, "users", users), (day, "server", servers)])
    alone = [contract([(day, "users", users)]), contract([(day, "server", servers)]), contract([])]
    total = [sum(each.amount.amount for each in charges(one, until)) for one in (both, *alone)]
    assert total[0] == total[1] + total[2] - total[3]


@st.composite
def histories(draw):
    """A row of events: a change is entered, for any day, an amendment is signed, an end is agreed, another agreement renews the
    contract, or some days are handed over, up to two months before they begin."""
    events = st.one_of(
        st.tuples(st.just("change"), moves),
        st.tuples(st.just("end"), st.integers(100, 800).map(lambda n: FIRST + timedelta(days=n))),
        st.tuples(st.just("amend"), st.tuples(days, st.integers(0, 60), billings)),
        st.tuples(st.just("renew"), days),
        st.tuples(st.just("hand over"), st.tuples(days, st.integers(0, 200), st.integers(0, 60))),
    )
    return draw(st.lists(events, min_size=1, max_size=12))


def handed_over(client, issued, window, on):
    """The file after a hand-over of a client's agreements on a day, and the charges that went out."""
    gone = ()
    for found in client:
        open_ = Open(issued.of(found.name), window, AT)
        new = netted(to_issue(open_, charges(found, open_.horizon)), on)
        added = appended(issued, [("NL-1", each) for each in new], window.last)
        issued, gone = (read(issued.data + added, PATH, "acme") if new else issued), (*gone, *new)
    return issued, gone


def amended(found, day, users, billing, more):
    """A contract with the signature of an amendment that sets the number of users, and how often the fee is invoiced."""
    [*_, last] = found.versions
    inputs = running(agreement__coverage__users=users, agreement__fees__billing=billing, **more).inputs
    versions = (*found.versions[1:], SignedVersion(max(day, last.first), inputs, f"amendment-{len(found.versions)}"))
    return replace(found, inputs=inputs, versions=(found.versions[0], *versions))


def billing_of(found):
    return found.inputs.agreement.model.fees.billing


def renewed(found, day, more):
    """A contract that ends on a day, and the agreement that follows it."""
    first = max(day, found.first) + timedelta(days=1)
    facts = {"agreement__fees__billing": billing_of(found), "agreement__term__first_day": first, **more}
    last = first - timedelta(days=1)
    return replace(found, last=min(found.last or last, last)), replace(running(**facts), name="2027-support")


@settings(deadline=None)
@given(histories(), billings, st.booleans(), st.booleans(), kinds)
@example(  # an earlier window asked for later must not hand over what lies behind it
    history=[
        ("change", (FIRST + timedelta(days=1), "users", 0)),
        ("hand over", (FIRST + timedelta(days=2), 29, 0)),
        ("hand over", (FIRST, 0, 0)),
    ],
    billing="monthly",
    setup=False,
    converted=False,
    more=fees(),
)
def test_nothing_is_invoiced_twice_or_never(history, billing, setup, converted, more):
    some, issued, asked = {}, Issued(PATH), []
    facts = {"agreement__fees__setup": running().inputs.agreement.model.contacts.client.approval_limit} if setup else {}
    facts |= {"agreement__fees__credit": CONVERTED} if converted else {}
    client = (running(agreement__fees__billing=billing, **facts, **more),)
    for what, said in history:
        found, *following = client
        if what == "change":
            some[said[:2]] = said
            client = (replace(found, changes=changes_file(entries(some.values()))), *following)
        elif what == "amend":
            client = (amended(found, *said, {**facts, **more}), *following)
        elif what == "end":
            client = (replace(found, last=min(said, found.last or said) if following else said), *following)
        elif what == "renew":
            client = client if following else renewed(found, said, more)
        else:
            window = DateRange(said[0], said[0] + timedelta(days=said[1]))
            on = said[0] - timedelta(days=said[2])
            asked.append(window)
            issued, _ = handed_over(client, issued, window, on)
            again, new = handed_over(client, issued, window, on)
            assert (again, new) == (issued, ())
    if not issued.rows:
        return
    end = max(each.last for each in asked)
    issued, _ = handed_over(client, issued, DateRange(end, end), end)
    due = {}
    for found in client:
        begins = min((each.listed for each in issued.of(found.name)), default=end)
        for each in charges(found, end):
            if begins <= each.listed <= end:
                due[each.key] = due.get(each.key, Decimal(0)) + each.amount.amount
    given_ = {key: amount for key, amount in sums(issued.rows).items() if key in due or amount}
    assert {key: amount for key, amount in given_.items() if amount} == {
        key: amount for key, amount in due.items() if amount
    }


@settings(deadline=None)
@given(kinds, st.integers(0, 1200), st.integers(1, 60))
@example(
    more=fees(discounts=[DISCOUNTS[3], DISCOUNTS[2]]), ahead=92, users=1
)  # an amount off the whole, then one off a line
def test_the_printed_lines_of_each_day_add_up_to_its_fee_and_count_what_is_covered(more, ahead, users):
    day = FIRST + timedelta(days=ahead)
    facts = running(**more, agreement__coverage__users=users).inputs
    lines = fee_lines(facts, day)
    assert sum(each.amount.amount for each in lines) == monthly_total(facts, day).amount >= 0
    for each in lines:
        regular = amount_of(each.price, each.quantity, each.discount)
        assert each.amount.amount == regular.amount - sum(less.amount.amount for less in each.reductions)
    assert sum(each.quantity for each in lines if each.of == "users") == users


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 9_999_99), st.integers(0, 400))
def test_instalments_add_up_whenever_the_contract_ends(count, cents, length):
    whole, last = Money(Decimal(cents) / 100 + 1, "USD"), FIRST + timedelta(days=length)
    move = {
        "id": "move",
        "name": "Move",
        "every": "once",
        "instalments": str(count),
        "price": f"{whole.amount:.2f} USD",
    }
    made = charges(contract([], last=last, **fees(lines=[move])), FIRST + timedelta(days=800))
    paid = [each for each in made if each.key.sort == "once"]
    assert sum(each.amount.amount for each in paid) == whole.amount
    assert max(each.listed for each in paid) <= last
    assert len({each.key for each in paid}) == count


@settings(deadline=None)
@given(moved, st.integers(30, 1100), starts)
def test_a_line_by_the_year_is_charged_for_each_contract_year_and_the_part_that_is_left(some, length, first):
    last = first + timedelta(days=length)
    domains = {"id": "domains", "name": "Domains", "price": "1200.00 USD", "every": "year"}
    found = contract(some, first=first, last=last, **fees(lines=[domains]))
    paid = [each for each in charges(found, last) if each.key.line == "domains"]
    assert {each.amount.amount for each in paid[:-1]} <= {Decimal("1200.00")}
    assert 0 < paid[-1].amount.amount <= 1200
    assert all(after.days.first - before.days.last == timedelta(days=1) for before, after in pairwise(paid))
    assert paid[0].days.first == first
    assert paid[-1].days.last == last
