"""The steps of an agreement's documents: mark one as sent, or take it back to a draft. Signing has a command, because the signed
file goes with it."""

from pathlib import Path

from contract_assembly.actions.edit.shapes import Shape
from contract_assembly.actions.lifecycle import StatusRow, status_rows, take
from contract_assembly.actions.step import StepRequest
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.asked_form import ask, form_page, sent, together, wrong
from contract_assembly.web.edit.store import storing
from contract_assembly.web.edit.submitted_form import one
from contract_assembly.web.page import Answer, Form, Page, PageRequest, Redirect, named

# The steps that a page takes, by the status before and after; every other one has a command.
OFFERED = {("draft", "sent"), ("sent", "draft")}
_SHAPE: Shape = together(
    "",
    "",
    ask(
        "reason", "Why it is taken back", help="It is kept in the facts, like: The client asked for another start date."
    ),
)


def steps_page(asked: PageRequest) -> Answer:
    """Every document of an agreement with its status and what is open before the next."""
    return _page(asked, Repository(asked.snapshot.root), done=asked.query.get("done", ""))


def step(asked: PageRequest, form: Form, root: Path) -> Answer:
    """Take a step: `do` names it and the document, "sent:contract"."""
    to, _, document = one(form, "do").partition(":")
    client, agreement = asked.names["client"], asked.names["agreement"]
    found = sent(_SHAPE, form)
    rows = {each.document: each for each in _rows(asked, Repository(root))}
    row = rows.get(document)
    if row is None or (row.status, to) not in OFFERED:
        what = f"{document or 'this document'} cannot become {to or 'anything'} here"
        return _page(
            asked,
            Repository(root),
            others=(Problem("status-step", what, None, "use a button of the page"),),
            status=422,
        )
    if to == "draft" and (told := wrong(_SHAPE, found)):
        return _page(asked, Repository(root), told=told, status=422)
    try:
        with storing(root) as store:
            take(
                store,
                client,
                agreement,
                document,
                StepRequest(to, reason=found.get("reason", "") if to == "draft" else ""),
            )
    except RefusedError as error:
        return _page(asked, Repository(root), others=error.problems, status=422)
    return Redirect(f"/agreements/{client}/{agreement}/step?done={to}")


def _rows(asked: PageRequest, repository: Repository) -> tuple[StatusRow, ...]:
    return status_rows(repository, [named(asked, repository)])


def _page(
    asked: PageRequest, repository: Repository, *, told: dict[str, tuple[str, ...]] | None = None,
    others: tuple[Problem, ...] = (), done: str = "", status: int = 200,
) -> Page:  # fmt: skip
    client, agreement = asked.names["client"], asked.names["agreement"]
    rows = _rows(asked, repository)
    values = {
        "client": client,
        "agreement": agreement,
        "rows": rows,
        "taken_back": [each.document for each in rows if each.status == "sent" and "draft" in each.next],
        "done": done if done in ("sent", "draft") else "",
    }
    title = f"Status: {client}, {agreement}"
    return form_page(
        "steps.html", title, _SHAPE, {}, options={}, values=values, told=told, others=others, status=status
    )
