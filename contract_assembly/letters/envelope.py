"""The email of a document: its reader and its attachments, from facts. Looks up attached files in the repository."""

import re
from collections.abc import Mapping
from typing import Any

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import Fact, Record, View, bare
from contract_assembly.letters.mail import Mail, Mailbox, problems
from contract_assembly.repository.inputs import Repository

_BUILT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*\.pdf")


def drafted(inputs: AnyInputs[Any], issued: Located[Issued], people: Mapping[str, View], *, notice: bool) -> Mail:
    """The email of a document from its writer to its reader; a formal notice also goes to the client's address for
    notices. Raises RefusedError for an invalid address."""
    to = _mailbox(people["reader"])
    party, at = inputs.client.model.party, inputs.client.at("party.notices.email")
    formal = Mailbox(party.notices.attention, party.notices.email, at)
    copies = (formal,) if notice and formal.email != to.email else ()
    key = issued.at().path.replace("/documents/", "/").removesuffix(".yaml")
    mail = Mail(key, _mailbox(people["writer"]), (to,), copies, issued.model.date)
    if wrong := problems(mail):
        raise RefusedError(wrong)
    return mail


def attachments(repository: Repository, issued: Located[Issued], mail: Mail | None) -> tuple[str, ...]:
    """The paths of the other attachments. Raises RefusedError for one that is not a PDF of this client, or does not
    exist."""
    found, wrong = [], []
    client = "/".join(issued.at().path.split("/")[:2])
    for n, each in enumerate(issued.model.attached):
        path, at = f"{client}/{each}", issued.at(f"attached.{n}")
        if mail is None:
            wrong.append(Problem("no-mail", f"{each} is attached, but no mail is drafted", at, "add mail: yes"))
        elif not _BUILT.fullmatch(each):
            hint = "write it like 2027-support/contract.pdf"
            wrong.append(Problem("attachment", f"{shown(each)} is not a PDF of an agreement of this client", at, hint))
        elif not repository.source.exists(path):
            wrong.append(Problem("attachment", f"{path} does not exist", at, "build it first"))
        found.append(path)
    if wrong:
        raise RefusedError(wrong)
    return tuple(found)


def _mailbox(view: View) -> Mailbox:
    assert isinstance(view, Record)  # noqa: S101  # a person is one
    name, email = view.entries["name"], view.entries["email"]
    assert isinstance(email, Fact)  # noqa: S101  # the models make it a leaf
    return Mailbox(str(bare(name)), str(email.value), email.origin)
