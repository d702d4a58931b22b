"""Convert a prepaid block to a support contract: the contract as proposed, with the files of its draft, and the conversion
recorded with the block. Reads through `repository`; writes nothing."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from contract_assembly.actions.contract_from_block import Accepted, contract_from_block
from contract_assembly.blocks.account_notes import with_conversion
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import Book, within
from contract_assembly.blocks.settlement import credit
from contract_assembly.build.dependent_drafts import with_drafts
from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.build.pipeline import draft
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Money
from contract_assembly.facts.account import ACCOUNT, Conversion
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.letters.choices_view import comparison_at
from contract_assembly.letters.hours_view import in_hours
from contract_assembly.letters.kinds import MODELS
from contract_assembly.letters.proposal import Proposal, commitments
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS


class AcceptedOffer(Struct, frozen=True):
    """The accepted offer: the plan, the contract's first day, and the day on which both parties sign it."""

    plan: str
    first_day: date
    signed: date


class Converted(Struct, frozen=True):
    """The contract's folder below the client's; the files that change, by path below the client's folder; its monthly
    fee, and the credit. No files if the block was already converted in the same way."""

    agreement: str
    files: Mapping[str, bytes]
    fee: Money
    credit: Money


def converted(repository: Repository, book: Book, step: AcceptedOffer) -> Converted:
    """Make the contract from a proposal. Raises RefusedError with every reason against it."""
    client, block = book.folder.split("/")[1:]
    name, path = f"{step.first_day.year}-support", f"{book.folder}/{ACCOUNT}"
    proposal = _accepted(repository, book, step)
    now = state(book, step.signed)
    worth, fee = credit(book, now, "left"), next(e.fee for e in proposal.model.plans if e.plan == step.plan)
    change = Conversion(signed=step.signed, first_day=step.first_day, agreement=name)
    made = f"{folder_of(client, name)}/agreement.yaml"
    if book.account.model.conversion == change and repository.source.exists(made):
        return Converted(name, {}, fee, worth)
    if problems := [*_taken(repository, book, made), *_late(book, step, proposal), *_uncounted(book)]:
        raise RefusedError(problems)
    own = repository.text(f"{book.folder}/agreement.yaml")
    accepted = Accepted(
        proposal.model,
        step.plan,
        first_day=step.first_day,
        signed=step.signed,
        credit=worth,
        hours=in_hours(now.balance),
    )
    text = contract_from_block(own, book, accepted).encode()
    account = with_conversion(repository.text(path) if repository.source.exists(path) else "", path, change).encode()
    after = repository.with_files(folder_of(client), {f"{name}/agreement.yaml": text, f"{block}/{ACCOUNT}": account})
    _sound(after, client, name, fee)
    _, built = build_in_memory(after, client, name, BuildOrder(tuple(FORMATS), documents=(CONTRACT,)))
    with_contract = repository.with_files(folder_of(client, name), {"agreement.yaml": text})
    drafts, _ = with_drafts(with_contract, client, block, {ACCOUNT: account}, but="")
    files = {f"{name}/agreement.yaml": text} | {f"{name}/{each}": data for each, data in built.items()}
    return Converted(name, files | {f"{block}/{each}": data for each, data in drafts.items()}, fee, worth)


def _accepted(repository: Repository, book: Book, step: AcceptedOffer) -> Located[Proposal]:
    """The latest proposal that was sent and offers the plan. Raises RefusedError if there is none, or if its prices are
    no longer valid."""
    client, block = book.folder.split("/")[1:]
    sent = [each for each in _proposals(repository, client, block) if each.model.date <= step.signed]
    offering = [each for each in sent if step.plan in {offer.plan for offer in each.model.plans}]
    if not offering:
        offered = [offer.plan for each in sent for offer in each.model.plans]
        what = f"no proposal of {step.plan} was sent by {step.signed}"
        hint = did_you_mean(step.plan, offered) if offered else "make one first: build.py block propose"
        raise RefusedError([Problem("no-proposal", what, Origin(f"{book.folder}/documents"), hint)])
    proposal = max(offering, key=lambda each: each.model.date)
    _priced(repository, book, step, proposal)
    return proposal


def _proposals(repository: Repository, client: str, block: str) -> list[Located[Proposal]]:
    """The proposals that were sent."""
    found = [repository.issued(client, block, name, MODELS) for name in repository.documents(client, block)]
    return [
        Located(each.model, each.origins)
        for each in found
        if isinstance(each.model, Proposal) and each.model.status == "sent"
    ]


def _priced(repository: Repository, book: Book, step: AcceptedOffer, proposal: Located[Proposal]) -> None:
    """Raise RefusedError unless the plan is still sold at the price that was offered."""
    at = next(n for n, each in enumerate(proposal.model.plans) if each.plan == step.plan)
    now = comparison_at(repository, book, step.signed, commitments(proposal.model))
    plans = {each.plan: each.fee for each in now.plans}
    fee = proposal.model.plans[at].fee
    if step.plan not in plans:
        what, hint = f"{step.plan} is no longer sold, or has no price for all that is covered", "send a new proposal"
    elif plans[step.plan] != fee:
        costs = plans[step.plan].amount
        what = f"{step.plan} was offered for {fee.amount} {fee.currency} a month, and would now cost {costs}"
        hint = (
            "the numbers under environment, or the plan's prices, have changed: send a new proposal, or put them back"
        )
    else:
        return
    raise RefusedError([Problem("price-changed", what, proposal.at(f"plans.{at}.fee"), hint)])


def _taken(repository: Repository, book: Book, made: str) -> Iterator[Problem]:
    if repository.source.exists(made):
        what, hint = "this agreement already exists", "change that one, or begin in another year"
        yield Problem("exists-already", what, Origin(made), hint)
    if book.account.model.conversion:
        what, hint = (
            "this block was converted already",
            "remove conversion: from account.yaml first, if the contract was never signed",
        )
        yield Problem("converted-already", what, book.account.at("conversion"), hint)


def _late(book: Book, step: AcceptedOffer, proposal: Located[Proposal]) -> Iterator[Problem]:
    """Reasons why there is no credit or the offer has expired."""
    until, window = proposal.model.valid_until, book.block.conversion_window
    if step.signed > until:
        what = f"the offer ended on {until}, before {step.signed}"
        yield Problem("offer-over", what, proposal.at("valid_until"), "send a new proposal")
    if not within(step.first_day, step.signed, window):
        what = f"{step.first_day} is not within {window.count} {window.unit}s after the signature on {step.signed}"
        hint = "the agreement gives no credit then: begin earlier, or sign later"
        yield Problem("conversion-window", what, book.inputs.agreement.at("block.conversion_window"), hint)
    expiry = state(book, step.signed).expiry
    if expiry is None and book.figures.last_day < step.signed:
        what = f"the hours expired on {book.figures.last_day}, before {step.signed}"
        hint = "nothing is left to credit: begin a support contract of its own"
        yield Problem("conversion-window", what, book.inputs.agreement.at("block.valid"), hint)


def _uncounted(book: Book) -> Iterator[Problem]:
    environment = book.account.model.environment
    if environment and environment.sites != (len(environment.places) or 1):
        what = f"there are {environment.sites} sites, and {len(environment.places)} of them have a name and an address"
        hint = "name each under environment: places: [{name: …, address: …}]"
        yield Problem("no-places", what, book.account.at("environment.sites"), hint)


def _sound(after: Repository, client: str, name: str, fee: Money) -> None:
    """Raise RefusedError unless the contract builds and costs what was offered."""
    draft(after, client, name)
    inputs = after.inputs(client, name)
    assert isinstance(inputs, Inputs)  # noqa: S101  # it was written as a support contract
    found = monthly_total(inputs)
    if found != fee:
        what = f"the contract would cost {found.amount} a month, the proposal says {fee.amount} {fee.currency}"
        raise RefusedError([Problem("price-changed", what, inputs.agreement.at("fees"), "send a new proposal")])
