"""The statement of a block: its hours in a period (clause block-statements), and the outcome at the end."""

from datetime import date
from typing import Any, Literal

from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import Book, purchases, span
from contract_assembly.blocks.settlement import is_return, refund, refund_day
from contract_assembly.blocks.statement import Statement, statement
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import DateRange
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import DateFact, Located, Model, WholeFact
from contract_assembly.facts.template_values import leaf
from contract_assembly.letters.hours_view import (
    entries_view,
    figures,
    in_hours,
    noticed_view,
    pace_view,
    tasks_view,
    total_of,
)
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.pinned_document import PinnedDocument, pinned_facts
from contract_assembly.repository.inputs import Repository


class Period(Model):
    """The days of a statement, both inclusive."""

    first_day: DateFact
    last_day: DateFact


class StatementDocument(PinnedDocument):
    """The statement for a period, from the rows booked by a day. `opened` is the number of rows in the previous
    statement; by default, those booked by the day on which it was due."""

    document: Literal["statement"]
    period: Period
    booked_by: DateFact
    opened: WholeFact | None = None


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[StatementDocument]) -> Content:
    asked = issued.model
    _check(issued)
    found = pinned_facts(repository, inputs, issued, asked.booked_by)
    days = DateRange(asked.period.first_day, asked.period.last_day)
    made = statement(found.book, days, asked.booked_by, asked.opened)
    view = leaf(statement_view(found.book, made, asked.date), "statement", issued.at("period"))
    return Content({"statement": view}, pinned=found.pinned)


def _check(issued: Located[StatementDocument]) -> None:
    asked, problems = issued.model, list[Problem]()
    if asked.period.last_day < asked.period.first_day:
        what = "the period ends before it begins"
        problems.append(Problem("period", what, issued.at("period.last_day"), "both days are inclusive"))
    if asked.booked_by > asked.date:
        what, hint = (
            "it is made from entries booked after its own date",
            "give it a later date, or an earlier booked_by",
        )
        problems.append(Problem("period", what, issued.at("booked_by"), hint))
    if asked.period.last_day > asked.booked_by:
        what = "the period ends after booked_by"
        problems.append(Problem("period", what, issued.at("period.last_day"), "issue it after the period"))
    if problems:
        raise RefusedError(problems)


def statement_view(book: Book, made: Statement, day: date) -> dict[str, Any]:
    """All facts of a statement."""
    moved = {name: each for name, each in made.movements.items() if name != "bought"}
    amounts = {"opening": made.opening, "bought": made.movements["bought"], **moved, "closing": made.closing}
    return {
        "first_day": made.days.first,
        "last_day": made.days.last,
        "booked_by": made.known,
        "balance": {name: {**each, "any": bool(amounts[name])} for name, each in figures(amounts).items()},
        "beyond": {"hours": in_hours(made.beyond), "any": bool(made.beyond)},
        "entries": entries_view(book, made.entries, "statement.entries"),
        "total": total_of(made.entries),
        "late": entries_view(book, made.late, "statement.late"),
        "late_total": total_of(made.late),
        "tasks": tasks_view(made.tasks),
        "blocks": blocks_view(made.end),
        "expiry": made.end.expiry,
        "pace": pace_view(made.pace, made.end),
        "noticed": noticed_view(book, made.noticed, "statement.noticed"),
        "dispute_by": day + span(book.block.dispute),
        "last": last_view(book, made),
    }


def blocks_view(found: BookState) -> tuple[dict[str, Any], ...]:
    """The Blocks with hours left, in the order in which they expire."""
    left = sorted((each for each in found.blocks if each.left), key=lambda each: each.until)
    return tuple(
        {"number": _number(found, each.id), "hours": in_hours(each.left), "until": each.until, "carried": each.carried}
        for each in left
    )


def _number(found: BookState, block: str) -> int:
    return 1 + next(n for n, each in enumerate(found.blocks) if each.id == block)


def last_view(book: Book, made: Statement) -> dict[str, Any]:
    """Whether the last hours of the agreement left the balance in the period, and how, with the refund."""
    account, end = book.account.model, made.days.last
    over = max(each.last_day for each in purchases(book, end))
    early = account.early_end is not None and account.early_end.on <= end
    changed = account.conversion is not None and account.conversion.first_day <= end
    last = early or changed or over < end
    return {
        "any": last and not made.closing,
        "on": (account.early_end.on if account.early_end and early else over) if last else None,
        "converted_on": account.conversion.first_day if account.conversion and changed else None,
        "expired": in_hours(made.movements["expired"]),
        "credited": in_hours(made.movements["credited"]),
        "refunded": in_hours(made.movements["refunded"]),
        "refund": refund(book, made.end),
        "refund_by": refund_day(book) if early else None,
        "returned": early and is_return(book),
        "early": early,
    }


KIND = Kind(StatementDocument, _content)
