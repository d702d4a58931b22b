"""The messages that the clauses of a block promise: few hours left, hours used up, and both reminders before hours
expire."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import Book, by_task, purchases
from contract_assembly.blocks.forecast import pace
from contract_assembly.blocks.notices import threshold
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located, SlugFact
from contract_assembly.facts.template_values import leaf
from contract_assembly.letters.choices_view import choices_view
from contract_assembly.letters.hours_view import entries_view, in_hours, noticed_view, pace_view, tasks_view
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.pinned_document import PinnedDocument, pinned_facts
from contract_assembly.repository.inputs import Repository

Message = Literal["low-balance", "used-up", "expiry-first", "expiry-final"]
_LAST = 5  # entries shown
_DAYS = 92  # of findings: about a quarter


class BlockNotice(PinnedDocument):
    """A message about the hours of a Block, by its id."""

    document: Literal["block-notice"]
    what: Message
    block: SlugFact


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[BlockNotice]) -> Content:
    asked = issued.model
    found = pinned_facts(repository, inputs, issued, asked.date)
    view = notice_view(found.book, issued)
    at = issued.at("what")
    facts = {"notice": leaf(view, "notice", at)}
    if not found.book.on_our_paper:  # no clause of ours promises prices with it
        return Content(facts, pinned=found.pinned)
    choices = choices_view(repository, found.book, state(found.book, asked.date), asked.date)
    return Content({**facts, "choices": leaf(choices, "choices", at)}, _sources(repository), pinned=found.pinned)


def _sources(repository: Repository) -> tuple[str, ...]:
    """The files with the prices."""
    from_plans = (f"provider/plans/{name}.yaml" for name in repository.names("provider/plans", ".yaml"))
    return ("provider/blocks.yaml", *from_plans)


def notice_view(book: Book, issued: Located[BlockNotice]) -> dict[str, Any]:
    """All facts of such a message about the hours on its date. Raises RefusedError if the message would not be true."""
    asked, day = issued.model, issued.model.date
    bought = {each.id: each for each in purchases(book, day)}
    if asked.block not in bought:
        what = f"no Block {asked.block} was bought by {day}"
        raise RefusedError([Problem("unknown-block", what, issued.at("block"), did_you_mean(asked.block, bought))])
    now, block = state(book, day), bought[asked.block]
    _so(book, issued, now.balance)
    rows = [row for row in book.ledger.rows if row.date <= day]
    since = [row for row in rows if block.usable and row.date >= block.usable]
    own = next((each for each in now.blocks if each.id == asked.block), None)
    used = sorted(by_task(since).items(), key=lambda each: (-each[1], each[0]))
    noticed = [each for each in book.account.model.noticed if day - timedelta(days=_DAYS) < each.on <= day]
    rank = {"high": 0, "medium": 1, "low": 2}
    return {
        "what": asked.what,
        "balance": in_hours(now.balance),
        "hours": in_hours(own.left if own else Decimal(0)),
        "bought": in_hours(block.minutes),
        "threshold": in_hours(threshold(book, block)),
        "used": in_hours(sum((row.deducted for row in since), Decimal(0))),
        "since": block.usable,
        "expiry": block.last_day if asked.what.startswith("expiry") else now.expiry or block.last_day,
        "expires": block.last_day,
        "tasks": tasks_view(used),
        "pace": pace_view(pace(book, day, now), now),
        "entries": entries_view(book, sorted(since, key=lambda row: (row.date, row.number))[-_LAST:], "notice.entries"),
        "noticed": noticed_view(
            book, sorted(noticed, key=lambda each: (rank[each.importance], each.on)), "notice.noticed"
        ),
    }


def _so(book: Book, issued: Located[BlockNotice], balance: Decimal) -> None:
    """Raise RefusedError if the letter says that hours are used up, or that few are left, and this is not true."""
    asked, low = issued.model, False
    if asked.what == "low-balance":
        block = next(each for each in purchases(book, asked.date) if each.id == asked.block)
        low = balance > threshold(book, block)
    if (asked.what == "used-up" and balance) or low:
        what = f"on {asked.date} {in_hours(balance):f} hours were left, so this message is not true"
        raise RefusedError([Problem("not-so", what, issued.at("what"), "correct its date, or delete it")])


KIND = Kind(BlockNotice, _content)
