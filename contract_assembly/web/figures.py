"""The data of the portfolio: what it says of one client and of each of its agreements. `counting` works it out."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Money


class BetterPlan(Struct, frozen=True):
    """The plan that would serve the client of a prepaid block better: its monthly fee, and what an average month costs now."""

    plan: str
    fee: Money
    cost: Money


class HoursLeft(Struct, frozen=True):
    """What is left of a prepaid block, in exact minutes; the day on which they run out at the pace so far, and on which they
    expire."""

    left: Decimal
    runs_out: date | None
    expires: date | None


class Stake(Struct, frozen=True):
    """A renewal within twelve months: the last day of the term, the last day to decline it, and the monthly fee."""

    last: date
    decide_by: date | None
    monthly: Money


class AgreementFigures(Struct, frozen=True):
    """An agreement in the portfolio. Money is a month's; `waiting` is the fee of one that is not signed yet, `open` how
    many confirmations it still needs, `blocked` what is in the way of a renewal that is due within 90 days, `problems` what is
    wrong with the files of the client. One that cannot be read has no status."""

    client: str
    name: str
    agreement: str
    kind: str = ""
    plan: str = ""
    status: str = ""
    next: str = ""
    letters: tuple[str, ...] = ()
    open: int = 0
    monthly: Money | None = None
    waiting: Money | None = None
    renewal: Stake | None = None
    hours: HoursLeft | None = None
    reviewed: date | None = None
    better: BetterPlan | None = None
    blocked: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


class ClientFigures(Struct, frozen=True):
    """A client in the portfolio, and what it adds to the sums of the firm: recurring fees by plan, a month's and a year's, and
    at the end of each of twelve months; what is contracted for the next twelve months; and what was charged in the last twelve,
    by kind of charge."""

    client: str
    name: str
    agreements: tuple[AgreementFigures, ...] = ()
    plans: tuple[tuple[str, Money, Money], ...] = ()
    months: tuple[tuple[date, Money], ...] = ()
    contracted: tuple[Money, ...] = ()
    charged: tuple[tuple[str, Money], ...] = ()
    problems: tuple[Problem, ...] = ()
