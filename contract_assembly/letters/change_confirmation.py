"""The confirmation of changes while a contract runs: what changes, from which day, and what it does to the fee."""

from datetime import timedelta
from typing import Any, Literal

from contract_assembly.billing.already_invoiced import InvoicedDifference, already_invoiced
from contract_assembly.billing.effect import ChangeEffect, SubjectChange, effect
from contract_assembly.billing.loader import Accounts, issued_by
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Money
from contract_assembly.facts.agreed_lines import agreed_lines
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.changes import CHANGES, Change
from contract_assembly.facts.fields import DateFact, Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.labels import ASSET_LABELS
from contract_assembly.facts.template_values import leaf, person
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import PinnedRows


class ChangeConfirmation(Issued):
    """Confirms the changes in `changes.yaml` that begin on the day `effective`, or that all of them were taken back. It says what
    was known on its day: amendments that are signed, and invoices that are handed over, later change no word of it."""

    document: Literal["change-confirmation"]
    effective: DateFact


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[ChangeConfirmation]) -> Content:
    _, client, name, *_ = inputs.agreement.at().path.split("/")
    account = Accounts(repository).one(client, name)
    assert isinstance(account, Running)  # noqa: S101  # the outline is for support contracts
    running = account.known_by(issued.model.date)
    found = effect(running, issued.model.effective)
    entries = [each for each in running.changes.model.changes if each.on == issued.model.effective]
    if not entries:
        what = f"no change in {running.changes.at().path} begins on {issued.model.effective}"
        hint = "name the first day of the changes that this letter confirms"
        raise RefusedError([Problem("nothing-to-confirm", what, issued.at("effective"), hint)])
    invoiced = issued_by(repository, client).by(issued.model.date)
    earlier = _earlier(already_invoiced(running, issued.model.effective, invoiced.of(name)))
    cause = found.moved[0].change if found.moved else entries[0]
    view = leaf({**_view(running, found, cause), **earlier}, "change", issued.at("effective"))
    amended = (f"{running.folder}/documents/{each.document}.yaml" for each in account.versions[1:])
    return Content(
        {"change": view},
        (f"{running.folder}/{CHANGES}", *amended),
        history=len(account.versions) > 1,
        pinned={invoiced.path: PinnedRows(len(invoiced.rows), invoiced.digest)},
    )


def _view(running: Running, found: ChangeEffect, first: Change) -> dict[str, Any]:
    people, counted = running.inputs.client, all(each.change.how == "count" for each in found.moved)
    return {
        "taken_back": not found.moved,
        "counted": counted,
        "items": tuple(_item(each, _labels(running, found)) for each in found.moved),
        "asked": first.asked,
        "asked_by": person(people, first.asked_by, "change.asked_by"),
        "removal": running.limits.removal if not counted and any(_is_removal(each) for each in found.moved) else None,
        "old": found.before,
        "new": found.after,
        "direction": _direction(found.difference),
        "difference": _size(found.difference),
        "rest": tuple(
            {"label": each.label, "amount": each.amount, "first": each.days.first, "last": each.days.last}
            for each in found.rest
        ),
        "rest_amount": _size(found.for_the_rest),
        "rest_direction": _direction(found.for_the_rest),
        "rest_last": max((each.days.last for each in found.rest), default=None),
        "covered": found.covered,
        "month_days": found.month,
        "months": found.months,
        "by_line": _rounded_by_line(found),
        "due": running.agreed_on(found.on).agreement.model.fees.due,
        "currency": found.after.currency,
    }


def _rounded_by_line(found: ChangeEffect) -> bool:
    """Whether the difference of the monthly fee, prorated as a whole, comes to another amount than its lines, each rounded."""
    if not found.covered:
        return False
    monthly = found.difference.amount
    whole = Money(monthly * found.covered / found.month + monthly * found.months, found.difference.currency)
    return whole.rounded() != found.for_the_rest


def _earlier(found: InvoicedDifference | None) -> dict[str, Any]:
    """What the change does to periods that were invoiced by the day of the letter."""
    if found is None:
        return {"invoiced": None}
    days = {"first": found.days.first, "last": found.days.last}
    return {"invoiced": {**days, "amount": _size(found.amount), "direction": _direction(found.amount)}}


def _labels(running: Running, found: ChangeEffect) -> dict[str, str]:
    """The lines before and after the changes, by their ids, as the contract names them."""
    before = facts_on(running, found.on - timedelta(days=1))
    return {line.id: line.label for facts in (before, found.facts) for line in agreed_lines(facts, None)}


def _item(each: SubjectChange, labels: dict[str, str]) -> dict[str, Any]:
    change = each.change
    line = labels.get(change.name or "", change.name)
    kind = "user" if change.what == "users" else change.what
    words = {
        "site": f"Site: {change.name}",
        "line": f"Item: {line}",
        "quantity": f"Number: {line}",
        "price": f"Unit price: {line}",
    }
    return {
        "label": words.get(change.what) or ASSET_LABELS[kind],
        "counts": isinstance(each.after, int),
        "before": each.before,
        "after": each.after,
    }


def _is_removal(each: SubjectChange) -> bool:
    return isinstance(each.after, int) and isinstance(each.before, int) and each.after < each.before


def _direction(difference: Money) -> str:
    return "up" if difference.amount > 0 else "down" if difference.amount < 0 else "same"


def _size(difference: Money) -> Money:
    return Money(abs(difference.amount), difference.currency)


KIND = Kind(ChangeConfirmation, _content)
