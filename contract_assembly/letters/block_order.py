"""The order of a further Block (clause block-balance): hours, rate, price, first day and Expiry Day."""

from typing import Any, Literal

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import Book, closed_on, within
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Money, last_day
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.block_figures import block_price
from contract_assembly.facts.fields import DateFact, DurationFact, Located, MoneyFact, SlugFact, WholeFact
from contract_assembly.facts.template_values import leaf
from contract_assembly.letters.hours_view import in_hours
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.pinned_document import PinnedDocument, pinned_facts
from contract_assembly.repository.inputs import Repository


class BlockOrder(PinnedDocument):
    """A further Block, by the id that it will have under `orders` of account.yaml once both have approved it."""

    document: Literal["block-order"]
    id: SlugFact
    hours: WholeFact
    rate: MoneyFact
    first_day: DateFact
    valid: DurationFact


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[BlockOrder]) -> Content:
    found = pinned_facts(repository, inputs, issued, issued.model.date)
    _check(found.book, issued)
    return Content({"order": leaf(order_view(found.book, issued.model), "order", issued.at("id"))}, pinned=found.pinned)


def order_view(book: Book, asked: BlockOrder) -> dict[str, Any]:
    """All facts of an order. The saving is against the List Rate."""
    price, listed = block_price(asked.rate, asked.hours), book.figures.list_rate * asked.hours
    now = state(book, asked.date)
    return {
        "hours": asked.hours,
        "rate": asked.rate,
        "price": price,
        "list_rate": book.figures.list_rate,
        "saving": Money(listed.amount - price.amount, price.currency).rounded(),
        "saves": listed.amount > price.amount,
        "first_day": asked.first_day,
        "last_day": last_day(asked.first_day, asked.valid.months),
        "unused": in_hours(now.balance),
        "expiry": now.expiry,
    }


def _check(book: Book, issued: Located[BlockOrder]) -> None:
    asked, block, problems = issued.model, book.block, list[Problem]()
    if asked.rate.currency != block.rate.currency:
        what = f"the rate is in {asked.rate.currency}, the agreement in {block.rate.currency}"
        problems.append(Problem("mixed-currencies", what, issued.at("rate"), "use one currency in an agreement"))
    elif asked.rate.amount > book.figures.list_rate.amount:
        what = f"the rate is above the list rate of {book.figures.list_rate.amount} {asked.rate.currency}"
        problems.append(Problem("order-rate", what, issued.at("rate"), "a block must not cost more than single hours"))
    elif asked.hours == block.hours and asked.rate.amount > block.rate.amount and _promised(book, asked):
        what = (
            f"after the message at a low balance, this size may be ordered at {block.rate.amount} {block.rate.currency}"
        )
        problems.append(Problem("same-price", what, issued.at("rate"), "see the clause on further blocks"))
    if asked.first_day < asked.date:
        what = "the hours would be valid before the day of the order"
        problems.append(Problem("order-days", what, issued.at("first_day"), "begin on the day of the order, or later"))
    if (closed := closed_on(book)) and max(asked.date, asked.first_day) >= closed:
        what = f"the block ends on {closed}, so no further block can begin on {asked.first_day}"
        hint = "sell hours under a new agreement, or correct ended: or conversion: in account.yaml"
        problems.append(Problem("order-days", what, issued.at("first_day"), hint))
    if asked.id in {each.id for each in book.account.model.orders} or asked.id == "first":
        what = f"there is a block {asked.id} already"
        problems.append(Problem("doubled-order", what, issued.at("id"), "name each block once"))
    if problems:
        raise RefusedError(problems)


def _promised(book: Book, asked: BlockOrder) -> bool:
    """Whether the same price is promised on the day of the order (paragraph balance-same-price)."""
    told = [each.on for each in book.account.model.told if each.what == "low-balance"]
    return any(within(asked.date, each, book.block.topup_days) for each in told)


KIND = Kind(BlockOrder, _content)
