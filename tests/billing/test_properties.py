"""What holds for any contract and any changes: nothing is charged twice or never, and what is charged is what was in force."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.billing.charges import charges
from contract_assembly.billing.issued import Issued, appended, read, sums
from contract_assembly.billing.states import states
from contract_assembly.billing.to_issue import Open, to_issue
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange
from tests.helpers.running import FIRST, change, changes_file, running

PATH = "agreements/acme/invoiced.csv"
AT = Origin("agreements/acme/2026-support/agreement.yaml")
SUBJECTS = ("users", "server", "firewall")

days = st.integers(0, 800).map(lambda n: FIRST + timedelta(days=n))
moves = st.tuples(days, st.sampled_from(SUBJECTS), st.integers(0, 60))
moved = st.lists(moves, max_size=8, unique_by=lambda each: each[:2])
billings = st.sampled_from(["monthly", "quarterly", "yearly"])
starts = st.sampled_from([FIRST, date(2026, 10, 16), date(2026, 8, 31), date(2028, 2, 29)])


def entries(some):
    return [change(day, what, 0, count) for day, what, count in some]


def contract(some, billing="monthly", first=FIRST, last=None):
    return running(*entries(some), last=last, agreement__fees__billing=billing, agreement__term__first_day=first)


@given(moved, st.integers(30, 700))
def test_the_invoices_of_a_run_of_days_are_the_fees_of_its_states_day_by_day(some, length):
    last = FIRST + timedelta(days=length)
    found = contract(some, last=last)
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


@given(moved, st.randoms(use_true_random=False), billings)
def test_the_order_of_entry_does_not_matter(some, chance, billing):
    mixed = list(some)
    chance.shuffle(mixed)
    until = date(2028, 6, 30)
    plain, shuffled = contract(some, billing), contract(mixed, billing)
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
    """A row of events: a change is entered, for any day, an end is agreed, or some days are handed over."""
    events = st.one_of(
        st.tuples(st.just("change"), moves),
        st.tuples(st.just("end"), st.integers(100, 800).map(lambda n: FIRST + timedelta(days=n))),
        st.tuples(st.just("hand over"), st.tuples(days, st.integers(0, 200))),
    )
    return draw(st.lists(events, min_size=1, max_size=12))


def handed_over(found, issued, window):
    """The file after a hand-over, and the charges that went out."""
    open_ = Open(issued.of("2026-support"), window, AT)
    new = to_issue(open_, charges(found, open_.horizon))
    added = appended(issued, [("NL-1", each) for each in new], window.last)
    return (read(issued.data + added, PATH, "acme") if new else issued), new


@settings(deadline=None)
@given(histories(), billings, st.booleans())
def test_nothing_is_invoiced_twice_or_never(history, billing, setup):
    some, last, issued, asked = {}, None, Issued(PATH), []
    facts = {"agreement__fees__setup": running().inputs.agreement.model.contacts.client.approval_limit} if setup else {}
    found = running(agreement__fees__billing=billing, **facts)
    for what, said in history:
        if what == "change":
            some[said[:2]] = said
            found = replace(found, changes=changes_file(entries(some.values())))
        elif what == "end":
            last = said
            found = replace(found, last=last)
        else:
            window = DateRange(said[0], said[0] + timedelta(days=said[1]))
            asked.append(window)
            issued, _ = handed_over(found, issued, window)
            again, new = handed_over(found, issued, window)
            assert (again, new) == (issued, ())
    if not issued.rows:
        return
    begins, end = min(each.listed for each in issued.rows), max(each.last for each in asked)
    issued, _ = handed_over(found, issued, DateRange(end, end))
    due = {}
    for each in charges(found, end):
        if begins <= each.listed <= end:
            due[each.key] = due.get(each.key, Decimal(0)) + each.amount.amount
    given_ = {key: amount for key, amount in sums(issued.rows).items() if key in due or amount}
    assert {key: amount for key, amount in given_.items() if amount} == {
        key: amount for key, amount in due.items() if amount
    }
