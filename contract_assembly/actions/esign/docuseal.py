"""DocuSeal's API: `POST /submissions/pdf` and what belongs to it. Its cloud and its Pro edition have that endpoint.

Positions are fractions of the page and pages count from 1, as in the answers that its documentation shows. Form fields are
removed there (`flatten`), so that it makes no second set of fields from ours."""

import base64
from typing import Any

from contract_assembly.actions.esign.answer import Answer
from contract_assembly.actions.esign.connection import Connection
from contract_assembly.actions.esign.request import Box, Request, Returned, Service, Standing, State

_STATES: dict[str, State] = {"pending": "open", "completed": "completed", "declined": "ended", "expired": "ended"}
_DATES = "YYYY-MM-DD"


def _body(request: Request, file: str) -> dict[str, Any]:
    fields = [
        field
        for each in request.signatories
        for field in (
            _field(f"{each.role}Signature", "signature", each.role, each.signature),
            _field(f"{each.role}Date", "date", each.role, each.date),
        )
    ]
    submitters = [
        {
            "role": each.role,
            "name": each.name,
            "email": each.email,
            "order": number,
            "external_id": _key(request, each.role),
            "fields": [{"name": f"{each.role}Date", "preferences": {"format": _DATES}}],
        }
        for number, each in enumerate(request.signatories)
    ]
    return {
        "name": request.title,
        "order": "preserved",
        "flatten": True,
        "documents": [{"name": request.file.removesuffix(".pdf"), "file": file, "fields": fields}],
        "submitters": submitters,
    }


def _field(name: str, kind: str, role: str, box: Box) -> dict[str, Any]:
    area = {"page": box.page, "x": box.x, "y": box.y, "w": box.width, "h": box.height}
    return {"name": name, "type": kind, "role": role, "required": True, "areas": [area]}


def _key(request: Request, role: str) -> str:
    return f"{request.key}-{role.lower()}"


def _find(connection: Connection, request: Request) -> str:
    """By the first signatory: only signatories have a key of ours."""
    key = _key(request, request.signatories[0].role)
    found = Answer(connection.get("/submitters", external_id=key, limit="1")).list("data")
    return next((each.id("submission_id") for each in found if each.text("external_id") == key), "")


def _make(connection: Connection, request: Request) -> str:
    file = base64.b64encode(request.pdf).decode()
    return Answer(connection.post("/submissions/pdf", _body(request, file))).id()


def _resume(_connection: Connection, _id: str) -> None:
    """Nothing to do: what was made was sent."""


def _standing(connection: Connection, number: str) -> Standing:
    found = Answer(connection.get(f"/submissions/{number}"))
    status = found.one_of("status", _STATES)
    people = found.list("submitters")
    gone = found.text("archived_at") and status == "pending"
    files = {}
    if status == "completed":
        documents = found.list("documents")
        files = {"pdf": documents[0].text("url") if len(documents) == 1 else "", "proof": found.text("audit_log_url")}
    return Standing(
        state="ended" if gone else _STATES[status],
        signed=tuple(each.text("name") for each in people if each.text("status") == "completed"),
        waiting=tuple(each.text("name") for each in people if each.text("status") != "completed"),
        completed=found.text("completed_at"),
        why="archived" if gone else status,
        files=files,
    )


def _bring(connection: Connection, _id: str, standing: Standing) -> Returned:
    files = standing.files or {}
    return Returned(connection.file_at(files.get("pdf", "")), connection.file_at(files.get("proof", "")))


DOCUSEAL = Service(
    header="X-Auth-Token", body=_body, find=_find, make=_make, resume=_resume, standing=_standing, bring=_bring
)
