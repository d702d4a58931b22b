"""The choices of a client with a prepaid block, with prices: the same size, a larger one, a support contract. Reads
through `repository`."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import Book, within
from contract_assembly.blocks.loader import plans
from contract_assembly.blocks.plan_comparison import PlanComparison, compared
from contract_assembly.blocks.settlement import credit
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Duration, Money
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.agreement_files import BLOCK_PRICES
from contract_assembly.facts.block_figures import block_price
from contract_assembly.facts.catalogue import BlockPrices
from contract_assembly.repository.inputs import Repository


def choices_view(repository: Repository, book: Book, now: BookState, day: date) -> dict[str, Any]:
    """The choices as of the day of a letter. Raises RefusedError if a price that the clause promises is missing."""
    block, larger, comparison = book.block, larger_size(repository, book), compared(book, plans(repository), day)
    problems = [] if larger else [_no_larger(book)]
    problems += [] if comparison.plans else [_no_plan(book)]
    if problems or larger is None:
        raise RefusedError(problems)
    return {
        "same": {"hours": block.hours, "rate": block.rate, "price": block_price(block.rate, block.hours)},
        "same_until": last_of(day, block.topup_days),
        "larger": {"hours": larger[0], "rate": larger[1], "price": block_price(larger[1], larger[0])},
        "plans": tuple({"name": each.name, "fee": each.fee} for each in comparison.plans),
        "covered": covered(book),
        "credit": credit(book, now, "left"),
        "credit_any": bool(now.balance) and bool(block.conversion_percent.value),
    }


def larger_size(repository: Repository, book: Book) -> tuple[int, Money] | None:
    """The next larger size for sale in the block's currency, and its rate."""
    if not repository.source.exists(BLOCK_PRICES):
        return None
    sizes = sorted(repository.load(BlockPrices, BLOCK_PRICES).model.sizes, key=lambda each: each.hours)
    found = ((each.hours, in_currency(each.rate, book.block.rate.currency)) for each in sizes)
    return next(((hours, rate) for hours, rate in found if rate and hours > book.block.hours), None)


def size_rate(repository: Repository, book: Book, hours: int) -> Money | None:
    """The rate of a size in the block's currency."""
    sizes = repository.load(BlockPrices, BLOCK_PRICES).model.sizes if repository.source.exists(BLOCK_PRICES) else ()
    found = (in_currency(each.rate, book.block.rate.currency) for each in sizes if each.hours == hours)
    return next((each for each in found if each), None)


def covered(book: Book) -> dict[str, Any]:
    """The scope of a support contract on which the prices are based."""
    environment = book.account.model.environment
    if environment is None:
        return {"users": 0, "sites": 0}
    return {"users": environment.users, "sites": environment.sites}


def last_of(day: date, period: Duration) -> date:
    """The last day of a period after the day of a letter."""
    end = day
    while within(end + timedelta(days=1), day, period):
        end += timedelta(days=1)
    return end


def comparison_at(
    repository: Repository, book: Book, day: date, commitments: Mapping[str, Duration | None] | None = None
) -> PlanComparison:
    """The block compared with every plan, on a day; `commitments` are those offered, by plan. Raises RefusedError if no
    plan can be priced."""
    found = compared(book, plans(repository), day, commitments)
    if not found.plans:
        raise RefusedError([_no_plan(book)])
    return found


def _no_larger(book: Book) -> Problem:
    what = (
        f"the message must state the price of a Block larger than {book.block.hours} hours, and there is none for sale"
    )
    hint = f"add one to {BLOCK_PRICES}, with a rate in {book.block.rate.currency}"
    return Problem("no-larger-block", what, Origin(BLOCK_PRICES), hint)


def _no_plan(book: Book) -> Problem:
    path = book.account.at("environment")
    if book.account.model.environment is None:
        what, hint = (
            "the price of a support contract is unknown: the number of users and devices is missing",
            ("write them under environment: in account.yaml"),
        )
    else:
        currency = book.block.rate.currency
        what, hint = (
            f"no plan has a price in {currency} for all of it",
            "give the plan's lines a price in this currency",
        )
    return Problem("no-plan-price", what, path, hint)
