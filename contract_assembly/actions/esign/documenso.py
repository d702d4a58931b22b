"""Documenso's API, version 2: an envelope is created as a draft, then distributed, so that a run that was interrupted in between
is resumed. Positions are percentages of the page, and pages count from 1."""

from typing import Any

from contract_assembly.actions.esign.answer import Answer
from contract_assembly.actions.esign.connection import Connection
from contract_assembly.actions.esign.request import Box, Request, Returned, Service, Standing, State

_STATES: dict[str, State] = {
    "DRAFT": "draft",
    "PENDING": "open",
    "COMPLETED": "completed",
    "REJECTED": "ended",
    "CANCELLED": "ended",
}


def _body(request: Request, _file: str) -> dict[str, Any]:
    recipients = [
        {
            "role": "SIGNER",
            "name": each.name,
            "email": each.email,
            "signingOrder": number,
            "fields": [_field("SIGNATURE", each.signature), _field("DATE", each.date)],
        }
        for number, each in enumerate(request.signatories, 1)
    ]
    meta = {"signingOrder": "SEQUENTIAL", "dateFormat": "yyyy-MM-dd", "timezone": request.zone}
    return {
        "type": "DOCUMENT",
        "title": request.title,
        "externalId": request.key,
        "recipients": recipients,
        "meta": meta,
    }


def _field(kind: str, box: Box) -> dict[str, Any]:
    sides = {"positionX": box.x, "positionY": box.y, "width": box.width, "height": box.height}
    return {
        "identifier": 0,
        "type": kind,
        "page": box.page,
        **{name: round(100 * each, 4) for name, each in sides.items()},
    }


def _find(connection: Connection, request: Request) -> str:
    found = Answer(connection.get("/envelope", query=request.key, type="DOCUMENT", perPage="100")).list("data")
    return next(
        (each.id() for each in found if each.text("externalId") == request.key and not each.text("deletedAt")), ""
    )


def _make(connection: Connection, request: Request) -> str:
    mark = f"part-{request.key}"
    made = Answer(connection.post_form("/envelope/create", _body(request, ""), request.file, request.pdf, mark)).id()
    _resume(connection, made)
    return made


def _resume(connection: Connection, envelope: str) -> None:
    connection.post("/envelope/distribute", {"envelopeId": envelope})


def _standing(connection: Connection, envelope: str) -> Standing:
    found = Answer(connection.get(f"/envelope/{envelope}"))
    status = found.one_of("status", _STATES)
    people = found.list("recipients")
    items = found.list("envelopeItems")
    return Standing(
        state=_STATES[status],
        signed=tuple(each.text("name") for each in people if each.text("signingStatus") == "SIGNED"),
        waiting=tuple(each.text("name") for each in people if each.text("signingStatus") != "SIGNED"),
        completed=found.text("completedAt"),
        why=status.lower(),
        files={"pdf": items[0].id()} if len(items) == 1 else {},
    )


def _bring(connection: Connection, envelope: str, standing: Standing) -> Returned:
    item = Answer(standing.files).id("pdf")
    return Returned(
        connection.file(f"/envelope/item/{item}/download", version="signed"),
        connection.file(f"/envelope/{envelope}/certificate/download"),
    )


DOCUMENSO = Service(
    header="Authorization", body=_body, find=_find, make=_make, resume=_resume, standing=_standing, bring=_bring
)
