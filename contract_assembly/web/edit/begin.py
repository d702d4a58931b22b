"""The form that begins a client, or another agreement of one: what is known goes into the files, what is not stays open."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from contract_assembly.actions.edit.choice_words import words
from contract_assembly.actions.edit.fields import Entered, Options
from contract_assembly.actions.edit.options import places_of, plans_of
from contract_assembly.actions.edit.save import save
from contract_assembly.actions.edit.shapes import Shape, shape_of
from contract_assembly.actions.new_client import Start, started
from contract_assembly.actions.new_client_answers import ROLES, Answers, answered
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.asked_form import ask, by_word, day, form_page, sent, together, wrong
from contract_assembly.web.edit.store import storing
from contract_assembly.web.edit.submitted_form import one
from contract_assembly.web.page import Answer, Form, Page, PageRequest, Redirect

_KINDS: Options = (("support", "Support contract"), ("time-block", "Prepaid block of hours"))
_COUNTS = ("workstation", "server", "virtual-server", "network-device", "firewall", "mobile", "printer", "saas-tenant")
_FIELDS = {
    "name": "start.client",
    "no-place": "start.place",
    "unknown-place": "start.place",
    "another-place": "start.place",
    "exists-already": "start.first_day",
    "unknown-law": "start.place",
    "like": "start.like",
    "missing-file": "start.like",
}
# In place of what the command says.
_WORDS = {"no-place": "Choose where the client is. Nothing says so yet."}
_PEOPLE = {"director": "Who signs for the client", "contact": "The client’s contact", "deputy": "The contact’s deputy"}


def begin_page(asked: PageRequest) -> Answer:
    """An empty form; `client` or `like` in the address fill in what they say."""
    data: dict[str, Any] = {
        "kind": "support",
        "client": asked.query.get("client", ""),
        "like": asked.query.get("like", ""),
    }
    data["client"] = data["client"] or data["like"].partition("/")[0]
    return _page(Repository(asked.snapshot.root), {"start": {name: each for name, each in data.items() if each}})


def begin(asked: PageRequest, form: Form, root: Path) -> Answer:
    """Show the files that would be made; with `save`, make them."""
    repository = Repository(root)
    shape = _shape()
    found = sent(shape, form)
    kept = [(name, each) for name, values in form.items() if name != "do" for each in values]
    if told := wrong(shape, found):
        return _page(repository, found, told=told, status=422)
    do = one(form, "do")
    if do == "edit":
        return _page(repository, found)
    try:
        start = _start(found["start"])
        name, files = _made(repository, start, found)
        if do == "save":
            return _saved(root, start.client, name, files)
    except RefusedError as error:
        told, others = by_word(error.problems, {**_FIELDS, **_answers(error.problems)}, _WORDS)
        return _page(repository, found, told=told, others=others, status=422)
    looked = [(path, data.decode()) for path, data in sorted(files.items())]
    return _page(repository, found, values={"looked": looked, "kept": kept, "agreement": name, "client": start.client})


def _saved(root: Path, client: str, name: str, files: Mapping[str, bytes]) -> Redirect:
    folder = folder_of(client)
    inside = {path.removeprefix(f"{folder}/"): data for path, data in files.items()}
    ordered = dict(sorted(inside.items(), key=lambda each: each[0] == f"{name}/agreement.yaml"))
    with storing(root) as store:
        save(store, folder, ordered, {})
    return Redirect(f"/agreements/{client}/{name}")


def _start(found: Entered) -> Start:
    return Start(
        client=found["client"],
        kind=found["kind"],
        first_day=day(found["first_day"]),
        place=found.get("place"),
        like=_like(found["like"]) if found.get("like") else None,
    )


def _like(text: str) -> tuple[str, str]:
    """The agreement that is named in a form. Raises RefusedError for anything but a client and an agreement."""
    client, _, agreement = text.partition("/")
    if not client or not agreement:
        what = f"{shown(text)} does not name an agreement"
        raise RefusedError([Problem("like", what, None, "write the client and the agreement, like acme/2026-support")])
    return client, agreement


def _made(repository: Repository, start: Start, found: Entered) -> tuple[str, dict[str, bytes]]:
    """The files with the answers in them, which build as well."""
    repository.check_name("client", start.client, ALL)
    if start.like:
        for what, each, folder in zip(
            ("client", "agreement"), start.like, (ALL, folder_of(start.like[0])), strict=True
        ):
            repository.check_name(what, each, folder)
    name, files = started(repository, start)
    terms: dict[str, Any] = {"plan": found["plan"]} if found.get("plan") and start.kind == "support" else {}
    people = {role: found[role] for role in ROLES if found.get(role)}
    made = answered(files, Answers(_party(found), terms, found.get("counts", {}), people))
    problems = _unread(repository, made, start.client, name)
    if problems:
        raise RefusedError(problems)
    return name, made


def _unread(repository: Repository, files: Mapping[str, bytes], client: str, name: str) -> tuple[Problem, ...]:
    """What is wrong with the answers, each where it would be written."""
    inside = {path.removeprefix(f"{folder_of(client)}/"): data for path, data in files.items()}
    try:
        repository.with_files(folder_of(client), inside).inputs(client, name)
    except RefusedError as error:
        return error.problems
    return ()


def _answers(problems: Sequence[Problem]) -> dict[str, str]:
    """The fields of answers by the path in the file with which a problem begins."""
    paths = (each.what.partition(": ")[0] for each in problems if ": " in each.what)
    return {path: re.sub(r"^people\.(\d)\.", lambda n: f"{ROLES[min(int(n[1]), 2)]}.", path) for path in paths}


def _shape() -> Shape:
    person = shape_of("client").of("people").row
    shown = ("name", "role", "email", "phone")
    party = shape_of("client").of("party")
    return together(
        "",
        "",
        together(
            "start",
            "The agreement",
            ask("client", "Short name in file names", help="Small letters, digits, and hyphens, like oakridge."),
            ask("kind", "Kind", "choice"),
            ask("first_day", "First day", "date"),
            ask("place", "Where the client is", "choice", needed=False,
                help="It decides the law, the currency, and the spelling. Leave it empty for a client that you have already."),
            ask("like", "Terms like those of", needed=False, help="Another agreement, like acme/2026-support."),
        ),
        together("counts", "What is covered", ask("users", "Users", "whole-number", needed=False),
                 *(ask(each, words(each), "whole-number", needed=False) for each in _COUNTS),
                 help="For a support contract. What you leave empty gets a usual number, to be settled later."),
        ask("plan", "Plan", "choice", needed=False),
        _optional(replace(party, label="The client as registered", help="What you do not know yet stays open.")),
        *(replace(_optional(person), name=role, label=_PEOPLE[role], inside=_optional(person, shown).inside) for role in ROLES),
    )  # fmt: skip


def _optional(shape: Shape, names: tuple[str, ...] = ()) -> Shape:
    """The same things, none of which has to be known yet; only those of these names, if any are given."""
    shown = (each for each in shape.inside if not names or each.name in names)
    inside = (each for each in shown if each.kind != "group" or each.is_required)
    return replace(shape, inside=tuple(map(_known_or_not, inside)), is_required=True)


def _known_or_not(shape: Shape) -> Shape:
    if shape.kind == "group":
        return _optional(shape)
    if shape.kind == "rows":  # one line is enough to begin with
        return replace(shape, kind="text", inside=(), is_required=False)
    return replace(shape, is_required=False)


def _party(found: Entered) -> dict[str, Any]:
    """The answers about the client, with its street as the lines of an address."""
    party = dict(found.get("party", {}))
    address = {name: {0: each} if name == "lines" else each for name, each in party.get("address", {}).items()}
    return {**party, "address": address} if address else party


def _page(
    repository: Repository, data: Entered, *, values: Mapping[str, Any] | None = None, told: Any = None,
    others: tuple[Problem, ...] = (), status: int = 200,
) -> Page:  # fmt: skip
    options = {"start.kind": _KINDS, "start.place": places_of(repository), "plan": plans_of(repository)}
    around = {"agreement": "", "client": "", **(values or {})}
    return form_page(
        "new_client.html", "New client or agreement", _shape(), data, options=options, values=around, told=told, others=others,
        status=status,
    )  # fmt: skip
