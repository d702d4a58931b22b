"""The form that changes counts of a signed contract from a day on: first with its effect, then entered with its letter."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract_assembly.actions.change import counts_on, enter, preview
from contract_assembly.actions.edit.choice_words import words
from contract_assembly.actions.edit.fields import Entered, Options
from contract_assembly.actions.edit.options import people_of
from contract_assembly.actions.edit.shapes import Shape
from contract_assembly.billing.new_change import ChangeRequest, ProposedChange
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.changes import CHANGES, COUNTED
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.asked_form import ask, by_word, day, form_page, sent, together, wrong
from contract_assembly.web.edit.effect import shown
from contract_assembly.web.edit.store import storing
from contract_assembly.web.edit.submitted_form import one
from contract_assembly.web.page import Answer, Form, Page, PageRequest, Redirect, named

_FIELDS = {
    "on": "on",
    "asked_by": "asked_by",
    "asked": "asked",
    "may-not-ask": "asked_by",
    "unknown-person": "asked_by",
}


def change_page(asked: PageRequest) -> Answer:
    """The counts of a contract as they are on the day of the page, to be changed."""
    client, agreement = named(asked)
    repository, on = asked.snapshot.repository, asked.snapshot.on
    counts = counts_on(repository, client, agreement, on)
    data = {"counts": {name: str(each) for name, each in counts.items()}, "asked": on.isoformat()}
    around = {"done": "done" in asked.query, "before": _digest(repository, client, agreement)}
    return _page(repository, client, agreement, counts, data, values=around)


def change(asked: PageRequest, form: Form, root: Path) -> Answer:
    """Show what a change does; with `save`, enter it."""
    client, agreement = named(asked)
    repository = Repository(root)
    counts = counts_on(repository, client, agreement, asked.snapshot.on)
    shape = _shape(counts)
    found = sent(shape, form)
    before = _digest(repository, client, agreement)
    kept = [(name, each) for name, values in form.items() if name not in ("do", "before") for each in values]
    around: dict[str, Any] = {"before": before, "kept": kept}
    if told := wrong(shape, found):
        return _page(repository, client, agreement, counts, found, values=around, told=told, status=422)
    do = one(form, "do")
    if do == "edit":
        return _page(repository, client, agreement, counts, found, values=around)
    try:
        wanted = _asked(found, counts_on(repository, client, agreement, day(found["on"])))
        if not wanted.values:
            return _page(repository, client, agreement, counts, found, values={**around, "nothing": True})
        looked = preview(repository, client, agreement, wanted)
        stale = "before" in form and one(form, "before") != before
        if do == "save" and not stale:
            with storing(root) as store:
                enter(store, client, agreement, wanted)
            return Redirect(f"/agreements/{client}/{agreement}/change?done=yes")
    except RefusedError as error:
        told, others = by_word(error.problems, _FIELDS)
        return _page(repository, client, agreement, counts, found, values=around, told=told, others=others, status=422)
    around |= {"looked": looked, "effect": _effect(looked), "stale": stale and do == "save"}
    return _page(repository, client, agreement, counts, found, values=around, status=409 if around["stale"] else 200)


def _asked(found: Entered, counts: Mapping[str, int]) -> ChangeRequest:
    """The request: the counts that differ from those of the day."""
    wanted = found.get("counts", {})
    values = tuple(((name, ""), new) for name, new in wanted.items() if new and int(new) != counts.get(name, 0))
    return ChangeRequest(
        values=values,
        on=day(found["on"]),
        asked=day(found["asked"]),
        asked_by=found["asked_by"],
        approved_by=found.get("approved_by"),
        because=found.get("because"),
    )


def _shape(counts: Mapping[str, int]) -> Shape:
    """The form: the classes that are covered, then every other one."""
    names = [*counts, *(each for each in COUNTED if each not in counts)]
    return together(
        "",
        "",
        together("counts", "How many from that day on", *(_count(name, counts) for name in names)),
        ask("on", "First day of the change", "date"),
        ask("asked_by", "Who asked for it", "choice", help="The client’s contact, deputy, or signatory."),
        ask("asked", "Asked on", "date", help="The day of the request, which is the date of the letter."),
        ask("approved_by", "Who approved it", "choice", help="If somebody else did.", needed=False),
    )


def _count(name: str, counts: Mapping[str, int]) -> Shape:
    label = "Users" if name == "users" else words(name)
    return ask(
        name, label, "whole-number", help=f"Now {counts[name]}." if name in counts else "", needed=name in counts
    )


def _page(
    repository: Repository, client: str, agreement: str, counts: Mapping[str, int], data: Entered, *,
    values: Mapping[str, Any], told: Any = None, others: tuple[Problem, ...] = (), status: int = 200,
) -> Page:  # fmt: skip
    people: Options = people_of(repository, client)
    around = {
        "client": client,
        "agreement": agreement,
        "nothing": False,
        "done": False,
        "stale": False,
        "effect": None,
        **values,
    }
    title = f"Change counts: {client}, {agreement}"
    options = {"asked_by": people, "approved_by": people}
    return form_page(
        "change.html",
        title,
        _shape(counts),
        data,
        options=options,
        values=around,
        told=told,
        others=others,
        status=status,
    )


def _effect(looked: ProposedChange) -> dict[str, Any]:
    """The effect in words and amounts, for the page."""
    effect = looked.effect
    return {
        **shown(effect),
        "moved": [(_label(each.change.what), each.before, each.after) for each in effect.moved],
        "letter": f"change-{effect.on}",
    }


def _label(what: str) -> str:
    return "Users" if what == "users" else words(what)


def _digest(repository: Repository, client: str, agreement: str) -> str:
    """The state that a preview is made from."""
    folder = folder_of(client, agreement)
    paths = (f"{folder}/agreement.yaml", f"{folder}/{CHANGES}")
    data = b"\0".join(repository.read(path) for path in paths if repository.source.exists(path))
    return sha256(data).hexdigest()
