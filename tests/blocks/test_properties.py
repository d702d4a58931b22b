"""What holds for any ledger: minutes are conserved, the order of entering does not matter, oldest first, a reversal restores."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.ledger import Ledger, appended, read
from contract_assembly.blocks.new_entries import entered
from contract_assembly.blocks.statement import statement
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange, Percent, last_day
from tests.helpers.books import FIRST, IN_TIME, book, order, with_work, without, work

END = date(2029, 12, 31)
BOOKED = date(2029, 12, 31)

works = st.builds(
    work,
    on=st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n)),
    worked=st.integers(1, 400),
    task=st.sampled_from(["Email", "Printer", "Network"]),
    person=st.sampled_from(["tom-ekberg", "miguel-santos"]),
    channel=st.sampled_from(["remote", "on-site"]),
    time=st.sampled_from(["", "06:30", "09:00", "16:00"]),
)
lists = st.lists(works, max_size=14)


@st.composite
def accounts(draw):
    """Three Blocks, some in a row and some at once, with reminders in time, approvals and perhaps an end."""
    orders, messages = [], [IN_TIME]
    for n, name in enumerate(["second", "third"]):
        ordered = date(2026, 11, 2) + timedelta(days=300 * n + draw(st.integers(0, 280)))
        last = ordered + timedelta(days=draw(st.integers(60, 500)))
        paid = ordered + timedelta(days=draw(st.integers(0, 20)))
        orders.append(order(name, str(ordered), draw(st.integers(1, 15)), str(last), str(paid)))
        messages.append({"what": "expiry-final", "block": name, "on": str(last - timedelta(days=40))})
    account = {"paid": "2026-10-02", "messages": messages, "orders": orders}
    if draw(st.booleans()):
        account["overage"] = [{"on": "2026-12-01", "by": "andre-baptiste", "hours": "2"}]
    if draw(st.booleans()):
        because = draw(st.sampled_from(["returned", "provider-ended", "client-breach"]))
        account["ended"] = {"on": str(FIRST + timedelta(days=draw(st.integers(300, 1000)))), "because": because}
    terms = {
        "agreement__block__rollover": draw(st.sampled_from(["none", "on-topup", "percent"])),
        "agreement__block__rollover_percent": Percent(Decimal(draw(st.integers(0, 100)))),
        "agreement__block__overage": draw(st.sampled_from(["stop", "list-rate", "block-rate"])),
        "agreement__block__order": draw(st.sampled_from(["round-then-multiply", "multiply-then-round"])),
    }
    return book(account, **terms)


def filled(found, some):
    """The book with as many of these as nothing speaks against, entered one after the other."""
    for each in some:
        try:
            found = with_work(found, each, booked=BOOKED)
        except RefusedError:
            continue
    return found


def fitting(found, some):
    """Those of the entries that the book takes, whatever their order."""
    kept = []
    for each in some:
        try:
            entered(found, [*kept, each], BOOKED)
        except RefusedError:
            continue
        kept.append(each)
    return kept


@settings(max_examples=60, deadline=None)
@given(accounts(), lists, st.integers(0, 1100))
def test_minutes_are_conserved_block_by_block_on_any_day(found, some, after):
    found = filled(found, some)
    on = FIRST + timedelta(days=after)
    now = state(found, on)
    for each in now.blocks:
        assert each.bought == each.used + each.left + each.expired + each.refunded + each.credited
        assert min(each.used, each.left, each.expired, each.refunded, each.credited) >= 0
    deducted = sum((row.deducted for row in found.ledger.rows if row.date <= on), Decimal(0))
    beyond = sum((each.minutes for each in now.beyond if each.state != "deducted"), Decimal(0))
    assert deducted == now.sum("used") + beyond + now.uncovered


@settings(max_examples=60, deadline=None)
@given(accounts(), lists)
def test_a_book_that_took_every_entry_by_itself_is_never_below_zero(found, some):
    assert state(filled(found, some), END).uncovered == 0


@settings(max_examples=60, deadline=None)
@given(accounts(), lists, st.randoms(use_true_random=False))
def test_the_order_of_entering_changes_no_balance(found, some, chance):
    kept = fitting(found, some)
    mixed = kept.copy()
    chance.shuffle(mixed)
    one, other = (entered(found, each, BOOKED).book for each in (kept, mixed))
    assert state(one, END) == state(other, END)


@settings(max_examples=60, deadline=None)
@given(accounts(), lists)
def test_of_two_blocks_that_may_both_be_used_the_one_that_expires_first_is_used_up_first(found, some):
    found = filled(found, some)
    days = sorted({row.date for row in found.ledger.rows})
    for on in days:
        before = {each.id: each for each in state(found, on - timedelta(days=1)).blocks}
        now = [each for each in state(found, on).blocks if each.first_day <= on <= each.until]
        drawn = [each for each in now if each.used > (before[each.id].used if each.id in before else 0)]
        for each in drawn:
            sooner = [other for other in now if other.until < each.until and not other.carried and not each.carried]
            assert all(other.left == 0 for other in sooner)


@settings(max_examples=60, deadline=None)
@given(accounts(), lists, st.data())
def test_a_reversal_restores_what_was_before(found, some, data):
    kept = fitting(found, some)
    if not kept:
        return
    gone = data.draw(st.integers(0, len(kept) - 1))
    whole = entered(found, kept, BOOKED).book
    taken_back = without(whole, gone + 1, BOOKED)
    never = entered(found, kept[:gone] + kept[gone + 1 :], BOOKED).book
    assert state(taken_back, END) == state(never, END)


@settings(max_examples=40, deadline=None)
@given(accounts(), lists)
def test_each_statement_opens_with_what_the_last_one_closed_with_and_adds_up(found, some):
    found = filled(found, sorted(some, key=lambda each: each.date))
    months = [date(2026 + n // 12, n % 12 + 1, 1) for n in range(9, 33)]
    made = [statement(found, DateRange(first, last_day(first, 1))) for first in months]
    for before, after in pairwise(made):
        assert before.closing == after.opening
    for each in made:
        moved = each.movements
        assert each.closing == each.opening + moved["bought"] - sum(
            moved[name] for name in ("used", "expired", "refunded", "credited")
        )


@settings(max_examples=60, deadline=None)
@given(accounts(), lists)
def test_a_ledger_reads_back_as_it_was_written(found, some):
    rows = filled(found, some).ledger.rows
    data = appended(Ledger("ledger.csv"), rows)
    assert read(data, "ledger.csv").rows == rows
