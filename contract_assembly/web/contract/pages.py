"""The pages of a contract: as it will be, compared with another state, and the pages of its PDF.

Each is a function of what was asked, and writes nothing."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from contract_assembly.build.pipeline import draft, render
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.git import Commit, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import recorded
from contract_assembly.web.contract.house_pages import house_of
from contract_assembly.web.contract.sheet import Sheet, sheet
from contract_assembly.web.contract.states import FILES, FROZEN, Shown, compared, contract_frozen, contract_now
from contract_assembly.web.edit.words import form_at
from contract_assembly.web.located_problems import located
from contract_assembly.web.page import File, Page, PageRequest, named
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.pdf_pages import count, picture

PIXELS = 1000  # across, of the picture of a page
RECENT = 12  # commits to choose from


def contract_page(asked: PageRequest) -> Page:
    """The contract: as it was sent or signed once it was, otherwise as its files are now; `as=files` shows those. With `pdf`, the
    pages of its PDF are beside it."""
    client, agreement = named(asked)
    repository = asked.snapshot.repository
    try:
        model = repository.agreed(client, agreement).model
    except RefusedError as error:
        return broken_page(asked, "Contract", error)
    record = recorded(repository, folder_of(client, agreement)).of(CONTRACT)
    frozen = record.is_frozen
    elsewhere = getattr(model, "origin", "here") == "elsewhere"
    wanted = asked.query.get("as", FROZEN if frozen else FILES)
    problems: list[Problem] = []
    shown = None if elsewhere else _shown(asked, wanted, problems)
    pages = _page_count(asked, wanted, problems) if elsewhere or "pdf" in asked.query else 0
    if not shown and not elsewhere:
        return broken_page(asked, "Contract", RefusedError(problems))
    values = {
        "shown": shown,
        "sheet": _sheet(shown),
        "wanted": wanted,
        "is_frozen": frozen,
        "is_signed": record.signed is not None,
        "is_elsewhere": elsewhere,
        "has_pages": elsewhere or "pdf" in asked.query,
        "pages": range(1, pages + 1),
        "problems": in_order((*problems, *(shown.found.unplaced if shown else ()))),
    }
    return Page("contract.html", f"{model.title}, {client}", {**_around(asked), **values})


def broken_page(asked: PageRequest, here: str, error: RefusedError) -> Page:
    """The page in place of one that cannot be made: every problem with its lines. `here` is the name of that page."""
    client, agreement = named(asked)
    repository = asked.snapshot.repository
    values = {
        "client": client,
        "agreement": agreement,
        "here": here,
        "root": asked.snapshot.root.resolve().as_posix(),
        "problems": located(repository, error.problems),
    }
    return Page("broken.html", f"{client}, {agreement}: this has to be mended first", values, status=422)


def _shown(asked: PageRequest, wanted: str, problems: list[Problem]) -> Shown | None:
    """The contract in a state, or why it cannot be shown. What was sent and is in no commit is shown as its files are now."""
    client, agreement = named(asked)
    snapshot = asked.snapshot
    try:
        if wanted == FROZEN:
            work = partial(contract_frozen, snapshot.repository, snapshot.root, client, agreement)
            return snapshot.of_client(client, ("frozen", agreement), work)
    except RefusedError as error:
        problems += (_as_warning(each) for each in error.problems)
    try:
        return snapshot.of_client(
            client, ("contract", agreement), lambda: contract_now(snapshot.repository, client, agreement)
        )
    except RefusedError as error:
        problems += error.problems
        return None


def _as_warning(each: Problem) -> Problem:
    return Problem(each.rule, f"{each.what}; the files are shown as they are now", each.origin, each.hint, "warning")


def compare_page(asked: PageRequest) -> Page:
    """The contract with its changes since another state: what was sent or signed, or the last commit. `old` and `new` name any
    state; `new` is what the files say now."""
    client, agreement = named(asked)
    snapshot = asked.snapshot
    repository = snapshot.repository
    try:
        model = repository.agreed(client, agreement).model
    except RefusedError as error:
        return broken_page(asked, "What changed", error)
    frozen = recorded(repository, folder_of(client, agreement)).of(CONTRACT).is_frozen
    old = _state_name(asked, "old") or (FROZEN if frozen else "HEAD")
    new = _state_name(asked, "new") or FILES
    problems: list[Problem] = []
    found = None
    try:
        work = partial(compared, repository, snapshot.root, client, agreement, (old, new))
        found = snapshot.of_client(client, ("compared", agreement, old, new), work)
    except RefusedError as error:
        problems += error.problems
    values = {
        "found": found,
        "shown": found.shown if found else None,
        "sheet": _sheet(found.shown if found else None),
        "old": old,
        "new": new,
        "is_frozen": frozen,
        "commits": _commits(asked),
        "problems": in_order(problems),
    }
    title = f"Changes of {model.title}, {client}"
    return Page("compare.html", title, {**_around(asked), **values}, status=200 if found else 422)


def _state_name(asked: PageRequest, side: str) -> str:
    """The state that is asked for; no argument of a program can hold a NUL."""
    return asked.query.get(side, "").replace("\0", "").strip()


def _commits(asked: PageRequest) -> tuple[Commit, ...]:
    """The last commits that touched the agreement or its client's facts; none without git."""
    client, agreement = named(asked)
    try:
        git = opened(asked.snapshot.root)
    except RefusedError:
        return ()
    return tuple(
        git.history(f"{folder_of(client)}/client.yaml", f"{folder_of(client, agreement)}/agreement.yaml", most=RECENT)
    )


def _sheet(shown: Shown | None) -> Sheet | None:
    return sheet(shown.found, shown.house) if shown else None


def _around(asked: PageRequest) -> Mapping[str, Any]:
    """What every page of an agreement prints."""
    client, agreement = named(asked)
    repository = asked.snapshot.repository
    try:
        name = repository.inputs(client, agreement).client.model.party.short
    except RefusedError:
        name = client
    return {
        "client": client,
        "agreement": agreement,
        "name": name,
        "root": asked.snapshot.root.resolve().as_posix(),
        "house": house_of(repository, client, agreement),
        "form_at": form_at,
    }


# ---- the PDF


def _pdf(asked: PageRequest, wanted: str) -> bytes:
    """The PDF of a contract: the file that was sent or signed, or else one that is made in memory and kept until a file
    changes. Raises RefusedError."""
    client, agreement = named(asked)
    snapshot = asked.snapshot
    if wanted == FROZEN and (built := _frozen_pdf(snapshot.repository, client, agreement)):
        return snapshot.repository.source.read(built)

    def work() -> bytes:
        made = draft(snapshot.repository, client, agreement)
        found, _ = render(snapshot.repository, made, ["pdf"])
        return found[f"{CONTRACT}.pdf"]

    return snapshot.of_client(client, ("pdf", agreement), work)


def _frozen_pdf(repository: Repository, client: str, agreement: str) -> str | None:
    """The path of the PDF that was sent or signed: the countersigned copy, if there is one."""
    folder = folder_of(client, agreement)
    record = recorded(repository, folder).of(CONTRACT)
    copy = record.signed.countersigned.file if record.signed and record.signed.countersigned else ""
    names = (copy, *(record.signed.files if record.signed else ()), *record.outputs)
    paths = (f"{folder}/{each}" for each in names if each.endswith(".pdf"))
    return next(filter(repository.source.has, paths), None)


def _page_count(asked: PageRequest, wanted: str, problems: list[Problem]) -> int:
    try:
        return count(_pdf(asked, FROZEN if wanted == FROZEN else FILES))
    except RefusedError as error:
        problems += (each for each in error.problems if each not in problems)
    except UnreadableError as error:
        problems.append(_unreadable(asked, error))
    return 0


def picture_page(asked: PageRequest) -> File:
    """A page of the PDF as a picture. Raises RefusedError."""
    number = asked.names["number"]
    try:
        data = _pdf(asked, asked.query.get("as", FILES))
        return File(picture(data, int(number) if number.isdecimal() and len(number) < 6 else 0, PIXELS), "image/png")
    except UnreadableError as error:
        raise RefusedError([_unreadable(asked, error)]) from None


def _unreadable(asked: PageRequest, error: UnreadableError) -> Problem:
    client, agreement = named(asked)
    return Problem("unreadable-pdf", str(error), Origin(folder_of(client, agreement)), "open the file itself")
