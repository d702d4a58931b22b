"""The pace at which hours are used, and the day on which they run out at that pace, with a range. Pure.

Method. Use is summed by weeks of seven days, counted back from the day asked about; only whole weeks since the first
usable day count, at most the last 52. With mean m and standard deviation s of n such weeks, the hours of k further
weeks are expected to be k*m, with the variance s^2 * (k + k^2/n): the first part for chance in the weeks to come, the
second because the mean itself is known from n weeks only (the usual prediction interval for a sum of independent
weeks). The Balance B runs out in the first k with k*m >= B; early in the first with k*m + z*sd >= B, late in the first
with k*m - z*sd >= B, where z = 1.2816 covers eight cases in ten. An average month is 365.25 / 12 days. Below 13 weeks
the figures are an early estimate; below 4 there is no range."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import Book, purchases, used_by_day

WEEKS = 52
LEAST, SETTLED = 4, 13  # weeks: below the first there is no range, below the second an estimate is early
HORIZON = 520  # ten years
MONTH = Decimal("365.25") / 12  # days
_Z = Decimal("1.2816")
_ZERO = Decimal(0)


class Pace(Struct, frozen=True):
    """Exact minutes used in an average month, over `weeks` whole weeks up to a day; and the days on which the Balance
    would run out at that pace, at the earliest and at the latest (None: not within ten years, or unknown)."""

    on: date
    weeks: int
    month: Decimal
    runs_out: date | None
    earliest: date | None
    latest: date | None
    left_at_expiry: Decimal

    @property
    def early(self) -> bool:
        """Whether there are less than three months of data."""
        return self.weeks < SETTLED


def pace(book: Book, on: date, found: BookState | None = None, known: date | None = None) -> Pace:
    """The pace of a book up to a day, inclusive, by the rows booked until `known` (default: all)."""
    now = found or state(book, on)
    weekly = weeks(used_by_day(book, on, known), _first_usable(book, on), on)
    if not weekly:
        return Pace(on=on, weeks=0, month=_ZERO, runs_out=None, earliest=None, latest=None, left_at_expiry=now.balance)
    mean = sum(weekly, _ZERO) / len(weekly)
    runs_out = _after(on, _first(lambda k: k * mean, now.balance))
    earliest, latest = _range(weekly, mean, now.balance, on) if len(weekly) >= LEAST else (None, None)
    left = (now.expiry - on).days * mean / 7 if now.expiry else _ZERO
    return Pace(
        on=on,
        weeks=len(weekly),
        month=mean * MONTH / 7,
        runs_out=runs_out,
        earliest=earliest,
        latest=latest,
        left_at_expiry=max(_ZERO, now.balance - left),
    )


def in_average_month(book: Book, used: Mapping[date, Decimal], on: date) -> Decimal:
    """Some of the minutes used, as those of an average month of the weeks that `pace` looks at."""
    weekly = weeks(used, _first_usable(book, on), on)
    return sum(weekly, _ZERO) / len(weekly) * MONTH / 7 if weekly else _ZERO


def _first_usable(book: Book, on: date) -> date:
    return min((each.usable for each in purchases(book, on) if each.usable), default=on)


def weeks(used: Mapping[date, Decimal], first: date, on: date) -> list[Decimal]:
    """Minutes used in each whole week that ends on a day or seven, fourteen … days before it; the latest first."""
    count = min(WEEKS, max(0, (on - first).days + 1) // 7)
    found = [_ZERO] * count
    for day, minutes in used.items():
        week = (on - day).days // 7
        if 0 <= week < count:
            found[week] += minutes
    return found


def _range(weekly: list[Decimal], mean: Decimal, balance: Decimal, on: date) -> tuple[date | None, date | None]:
    count = len(weekly)
    variance = sum(((each - mean) ** 2 for each in weekly), _ZERO) / (count - 1)

    def margin(k: int) -> Decimal:
        return _Z * (variance * (k + Decimal(k * k) / count)).sqrt()

    return (
        _after(on, _first(lambda k: k * mean + margin(k), balance)),
        _after(on, _first(lambda k: k * mean - margin(k), balance)),
    )


def _first(total: Callable[[int], Decimal], balance: Decimal) -> Decimal | None:
    """The number of weeks after which a sum reaches the balance, interpolated within a week."""
    if balance <= 0:
        return _ZERO
    below = _ZERO
    for k in range(1, HORIZON + 1):
        here = total(k)
        if here >= balance:
            return k - 1 + (balance - below) / (here - below)
        below = here
    return None


def _after(on: date, weeks: Decimal | None) -> date | None:
    return None if weeks is None else on + timedelta(days=int(weeks * 7))
