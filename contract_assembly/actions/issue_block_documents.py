"""Issue documents about a block: their facts, their lines in `account.yaml`, and the built files, written as one set
through `store`."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct, field

from contract_assembly.blocks.account_notes import with_message
from contract_assembly.blocks.book import Book
from contract_assembly.blocks.notices import Notice, open_notices, statement_day
from contract_assembly.blocks.pinned_book import pin
from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange, Money, last_day
from contract_assembly.facts.account import ACCOUNT, Message
from contract_assembly.facts.agreement_files import BLOCK_PRICES
from contract_assembly.letters.choices_view import comparison_at, size_rate
from contract_assembly.letters.kinds import MODELS
from contract_assembly.letters.statement import StatementDocument
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD, recorded
from contract_assembly.repository.store import Store
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, listed, mapped, new_file

_AHEAD = timedelta(days=31)  # a message arises at most this long before it is due
# The default terms of a support contract in a proposal; its file may override them.
USUAL = {
    "length": "12 months",
    "renewal": "automatic",
    "renewal_length": "12 months",
    "notice": "60 days",
    "billing": "monthly",
    "due": "30 days",
    "increase_cap": "5 %",
    "increase_notice": "90 days",
}


class Issue(Struct, frozen=True):
    """A document to make: its name, the text of its facts, and the message to record once it is sent."""

    name: str
    facts: str
    message: Message | None = None


class ProposalRequest(Struct, frozen=True):
    """The content of a proposal: plans by id, the recommended one first; the contract's first day; the last day of the
    offer."""

    plans: tuple[str, ...]
    first_day: date
    valid_until: date


class IssueResult(Struct, frozen=True):
    """The documents issued for one agreement: their names, and the files that changed."""

    folder: str
    names: tuple[str, ...]
    changed: tuple[str, ...] = field(default=())


def issue(store: Store, root: Path, folder: str, issues: Iterable[Issue], formats: tuple[str, ...]) -> IssueResult:
    """Write the facts of documents, record their messages, and build them, all or nothing. A document that was sent
    with the same facts does not change. Raises RefusedError with every problem."""
    repository, account = Repository(root), f"{folder}/{ACCOUNT}"
    new = tuple(each for each in issues if not _sent_already(repository, folder, each))
    text = repository.text(account) if repository.source.exists(account) else ""
    for each in new:
        text = with_message(text, account, each.message) if each.message else text
    files = {f"documents/{each.name}.yaml": each.facts.encode() for each in new}
    files |= {ACCOUNT: text.encode()} if any(each.message for each in new) else {}
    names = tuple(each.name for each in new)
    built = _built(root, folder, files, names, formats) if new else {}
    return IssueResult(folder, names, store.put(folder, {**files, **built}, last=RECORD))


def _sent_already(repository: Repository, folder: str, each: Issue) -> bool:
    """Whether a document was sent with the same facts. Raises RefusedError if it was sent with others, because a sent
    document must not change."""
    path = f"{folder}/documents/{each.name}.yaml"
    client, agreement = folder.split("/")[1:]
    if (
        not repository.source.exists(path)
        or repository.issued(client, agreement, each.name, MODELS).model.status != "sent"
    ):
        return False
    if repository.text(path) != each.facts:
        hint = "a sent document stays; correct an error in the next one"
        raise RefusedError(
            [Problem("sent-already", "this document was sent already, with other facts", Origin(path), hint)]
        )
    return each.name in recorded(repository, folder).documents


def _built(
    root: Path, folder: str, files: Mapping[str, bytes], names: tuple[str, ...], formats: tuple[str, ...]
) -> Mapping[str, bytes]:
    """The documents built from these files, with the record."""
    after = Repository(root).with_files(folder, files)
    client, agreement = folder.split("/")[1:]
    return build_in_memory(after, client, agreement, BuildOrder(formats, documents=names))[1]


# ---- what is due, as documents


def due(book: Book, on: date) -> tuple[Notice, ...]:
    """The messages that arise or are due by a day and were not sent. A statement arises on the day after its month."""
    found = open_notices(book, on, on + _AHEAD)
    return tuple(each for each in found if each.arises <= on or each.due <= on)


def of_notice(repository: Repository, book: Book, each: Notice, on: date, *, sent: bool = True) -> Issue:
    """The document of a message that is due."""
    if each.what == "statement" and each.period_end:
        return of_statement(repository, book, DateRange(each.period_end.replace(day=1), each.period_end), on, sent=sent)
    name = f"{each.what}-{each.block}"
    facts = {"what": each.what, "block": str(each.block)}
    message = Message(what=each.what, block=each.block, on=on) if sent else None
    return Issue(name, _facts("block-notice", book, on, on, facts, sent=sent, why=each.why), message)


def of_statement(repository: Repository, book: Book, days: DateRange, on: date, *, sent: bool = True) -> Issue:
    """The statement for a period, issued on a day, from the rows booked by then, or by the day on which it was due."""
    known = min(on, max(days.last, statement_day(book, days.last)))
    name = f"statement-{days.first:%Y-%m}" if _is_month(days) else f"statement-{days.first}-{days.last}"
    facts = {"period": f"{{first_day: {days.first}, last_day: {days.last}}}", "booked_by": str(known)}
    if (opened := _known_before(repository, book, days)) is not None:
        facts["opened"] = str(opened)
    message = Message(what="statement", on=on, period_end=days.last) if sent and _is_month(days) else None
    return Issue(name, _facts("statement", book, on, known, facts, sent=sent), message)


def of_proposal(repository: Repository, book: Book, asked: ProposalRequest, on: date, *, sent: bool = True) -> Issue:
    """The proposal of a support contract, with the default terms and the plans' present prices. Raises RefusedError for
    a plan without a price."""
    fees = {each.plan: each.fee for each in comparison_at(repository, book, on).plans}
    if unknown := [each for each in asked.plans if each not in fees]:
        raise RefusedError(
            [Problem("unknown-plan", f"unknown plan: {each}", None, did_you_mean(each, fees)) for each in unknown]
        )
    due = book.block.due
    facts = {
        "reader": book.inputs.agreement.model.signatories.client,
        "plans": listed(f"{{plan: {each}, fee: {fees[each].amount} {fees[each].currency}}}" for each in asked.plans),
        "first_day": str(asked.first_day),
        "valid_until": str(asked.valid_until),
        "terms": mapped({**USUAL, "due": due.text}),
    }
    return Issue(f"proposal-{on}", _facts("proposal", book, on, on, facts, sent=sent))


def of_order(
    repository: Repository, book: Book, hours: int, first_day: date, *, on: date, rate: Money | None = None
) -> Issue:
    """The order of a further Block, for both parties to approve. Its rate is the block's own for the same size,
    otherwise that of the size in `provider/blocks.yaml`. Raises RefusedError if there is none, and for a block on other
    paper, whose terms an order of ours cannot continue."""
    valid = book.block.valid
    if valid is None or book.inputs.agreement.model.origin == "elsewhere":
        client = book.folder.split("/")[1]
        what = "this block was signed on other paper, so our order cannot refer to its terms"
        hint = f"begin a block of ours: build.py new {client} --kind time-block --first-day {first_day}"
        raise RefusedError([Problem("other-paper", what, book.inputs.agreement.at("origin"), hint)])
    found = rate or (book.block.rate if hours == book.block.hours else size_rate(repository, book, hours))
    if found is None:
        what, hint = (
            f"there is no rate for a block of {hours} hours",
            f"give one with --rate, or add it to {BLOCK_PRICES}",
        )
        raise RefusedError([Problem("no-rate", what, None, hint)])
    number = len(book.account.model.orders) + 2
    facts = {
        "reader": book.inputs.agreement.model.signatories.client,
        "id": f"block-{number}",
        "hours": str(hours),
        "rate": f"{found.amount} {found.currency}",
        "first_day": str(first_day),
        "valid": valid.text,
    }
    return Issue(f"order-block-{number}", _facts("block-order", book, on, on, facts, sent=True))


def _is_month(days: DateRange) -> bool:
    return days.first.day == 1 and days.last == last_day(days.first, 1)


def _known_before(repository: Repository, book: Book, days: DateRange) -> int | None:
    """The number of rows in the previous statement, which ends on the day before."""
    client, agreement = book.folder.split("/")[1:]
    for name in repository.documents(client, agreement):
        model = repository.issued(client, agreement, name, MODELS).model
        if isinstance(model, StatementDocument) and (days.first - model.period.last_day).days == 1:
            rows: int = model.ledger.rows
            return rows
    return None


def _facts(
    document: str, book: Book, on: date, known: date, more: Mapping[str, str], *, sent: bool, why: str = ""
) -> str:
    """The text of a document's file of facts."""
    rows = pin(book.ledger, known)
    facts = {
        "document": document,
        "status": "sent" if sent else "draft",
        "date": str(on),
        **({} if document == "block-order" else {"mail": "yes"}),
        **more,
        "ledger": f'{{rows: {rows.rows}, digest: "{rows.digest}"}}    # the hours that this document knows',
    }
    return new_file(document, DOCUMENT_DEPTH, [f"{why[0].upper()}{why[1:]}."] if why else [], facts)
