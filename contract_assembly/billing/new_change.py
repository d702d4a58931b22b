"""A change that is asked for, before it is entered: the entries that it adds to `changes.yaml`, its effect, and what the contract
lets the client do by a request. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.billing.already_invoiced import InvoicedDifference, already_invoiced
from contract_assembly.billing.change_checks import (
    fewest_allowed,
    first_day_of_removal,
    floor,
    named,
    problems,
    value_text,
)
from contract_assembly.billing.effect import ChangeEffect, effect
from contract_assembly.billing.issued import InvoicedRow
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.core.values import Money
from contract_assembly.facts.changes import COUNTED, Change, Changes
from contract_assembly.facts.fields import Located
from contract_assembly.facts.in_force import WHAT, value_of
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.yaml_editor import AGREEMENT_DEPTH, new_file


class ChangeRequest(Struct, frozen=True):
    """What is asked for: new values by subject, ("users", "") or ("price", "users"), their first day, who asked and when."""

    values: tuple[tuple[tuple[str, str], str], ...]
    on: date
    asked: date
    asked_by: str
    approved_by: str | None = None
    how: str = "request"
    address: str | None = None
    because: str | None = None
    reverse: bool = False


class ProposedChange(Struct, frozen=True):
    """The entries that are new (none if all of them are there already), the contract with them, and their effect. `invoiced` is
    what they do to later periods that were invoiced by the day of the request."""

    entries: tuple[Change, ...]
    running: Running
    effect: ChangeEffect
    floor: Money
    fewest: tuple[tuple[str, int], ...]
    removal: date
    invoiced: InvoicedDifference | None = None


def subject(text: str) -> tuple[tuple[str, str], str]:
    """Read "users=36", "price:users=60.00 USD" or "site:Depot=covered". Raises ValueError with a sentence."""
    left, mark, value = text.partition("=")
    what, _, name = left.partition(":")
    if not mark or not value.strip():
        raise ValueError(f"{shown(text)} is not a change: write it like users=36")
    if what not in WHAT:
        raise ValueError(f"{shown(what)} is not something that changes: {did_you_mean(what, WHAT)}")
    return (what, name.strip()), value.strip()


def subjects(texts: Iterable[str]) -> tuple[tuple[tuple[str, str], str], ...]:
    """Read several. Raises ValueError with a sentence for one that cannot be read, or that is there twice."""
    found = tuple(map(subject, texts))
    for (what, name), count in Counter(each for each, _ in found).items():
        if count > 1:
            raise ValueError(f"{name or what} appears {count} times: give it one value")
    return found


def require_signed(running: Running) -> None:
    """Raises RefusedError `not-signed` for a contract that is a draft or only sent: its facts themselves can be changed."""
    if not running.in_effect or running.status == "sent":
        what = "nothing is signed yet, so there is nothing to change from a day on"
        hint = "change agreement.yaml itself; a contract that was sent is taken back first: build.py status --set draft"
        raise RefusedError([Problem("not-signed", what, running.inputs.agreement.at("status"), hint)])


def proposed(running: Running, asked: ChangeRequest, rows: Iterable[InvoicedRow] = ()) -> ProposedChange:
    """The change with its effect, also on what was invoiced: the rows of its agreement. Raises RefusedError with everything that
    speaks against it, and the way that is allowed."""
    require_signed(running)
    before = facts_on(running, asked.on)
    new, old = list[Change](), running.changes.model.changes
    for (what, name), value in asked.values:
        found = Change.model_validate(_entry(running, asked, what, name, value))
        if found in old or _is_there(old, found):
            continue
        new.append(found)
    after = replace(running, changes=Located(Changes(changes=(*old, *new)), running.changes.origins))
    if wrong := tuple(_against(running, problems(after), {named(each) for each in new})):
        raise RefusedError(wrong)
    fewest = floor(running, asked.on)
    return ProposedChange(
        entries=tuple(new),
        running=after,
        effect=effect(after, asked.on),
        floor=fewest,
        fewest=tuple(
            (each.what, fewest_allowed(before, each, fewest))
            for each in new
            if each.what in COUNTED and not each.reverses
        ),
        removal=first_day_of_removal(running, asked.asked),
        invoiced=already_invoiced(after, asked.on, rows),
    )


def _entry(running: Running, asked: ChangeRequest, what: str, name: str, value: str) -> dict[str, str]:
    """An entry as it is written: `from` is the value of the day; a reversal names the two values of the entry the other way."""
    said = {"on": str(asked.on), "what": what, "name": name, "from": value, "to": value, "address": asked.address or ""}
    probe = Change.model_validate({**_needed(said), "asked": str(asked.asked), "asked_by": asked.asked_by})
    if asked.reverse:
        wrong = next((e for e in running.standing if (e.on, e.subject, e.to) == (asked.on, probe.subject, value)), None)
        if wrong is None:
            text = f"no entry of {asked.on} changes {named(probe)} to {value}"
            hint = f"see {running.changes.at().path}: name the day and the new value of the entry that was wrong"
            raise RefusedError([Problem("nothing-to-reverse", text, None, hint)])
        said |= {"from": wrong.to, "to": wrong.before, "reverses": "yes"}
    else:
        try:
            said["from"] = value_text(value_of(facts_on(running, asked.on), probe))
        except ValueError as error:
            known = getattr(error, "known", ())
            raise RefusedError([Problem("unknown-subject", str(error), None, did_you_mean(name, known))]) from None
    more = {"approved_by": asked.approved_by or "", "because": asked.because or ""}
    how = {} if asked.how == "request" else {"how": asked.how}
    return _needed({**said, "asked": str(asked.asked), "asked_by": asked.asked_by, **more, **how})


def _needed(said: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in said.items() if value}


def _is_there(old: Iterable[Change], new: Change) -> bool:
    """Whether the same change was entered before: a command that was interrupted may be run again."""
    same = ("on", "subject", "to", "asked_by", "how", "reverses")
    return any(all(getattr(each, name) == getattr(new, name) for name in same) for each in old)


def _against(running: Running, found: Iterable[Problem], new: set[str]) -> Iterable[Problem]:
    """Problems of new entries have no line yet."""
    for each in found:
        at = None if each.origin == running.changes.at() and new else each.origin
        yield replace(each, origin=at)


def with_entries(text: str, path: str, entries: Iterable[Change]) -> str:
    """The text of `changes.yaml` with further entries; a new file begins with its schema. Raises EditError where `changes` is
    written in a form to which nothing can be added."""
    if not text.strip():
        about = (
            "What changed while the contract runs, each with its first day. Entries are never edited, only reversed."
        )
        text = new_file("changes", AGREEMENT_DEPTH, [about], {"changes": "[]"})
    for each in entries:
        text = yaml_editor.append(text, path, "changes", _facts(each))
    return text


def _facts(change: Change) -> dict[str, str]:
    said = change.model_dump(by_alias=True, exclude_defaults=True)
    return {key: "yes" if value is True else str(value) for key, value in said.items()}
