"""The mail of a document: who gets it, and what else goes with it."""

from datetime import date

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.letters.envelope import attachments, drafted
from contract_assembly.letters.kind import person_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder
from tests.helpers.inputs_base import BASE, inputs

AT = Origin("agreements/acme/2026-support/documents/letter.yaml", 1)


def issued(**facts):
    said = {"document": "cover-letter", "date": "2026-11-30", **facts}
    return Located(Issued.model_validate(said), {"": AT})


def mail(found=None, document=None, *, notice=False):
    found, document = found or inputs(), document or issued()
    people = {role: person_of(found, document, role) for role in ("writer", "reader")}
    return drafted(found, document, people, notice=notice)


def attached(*names, drafted=True):
    there = Repository(Edited(Folder(BASE), {"agreements/acme/2026-support/contract.pdf": b"%PDF"}))
    return attachments(there, issued(attached=names), mail() if drafted else None)


def wrong(*names, drafted=True):
    with pytest.raises(RefusedError) as error:
        attached(*names, drafted=drafted)
    return [(each.rule, each.what) for each in error.value.problems]


def test_a_letter_goes_from_its_writer_to_its_reader_on_its_day():
    found = mail()
    assert found.day == date(2026, 11, 30)
    assert found.key == "agreements/acme/2026-support/letter"
    assert [each.email for each in found.to] == [person_of(inputs(), issued(), "reader").entries["email"].value]
    assert found.copies == ()


def test_a_formal_notice_also_goes_to_the_address_for_notices():
    party = inputs().client.model.party
    other = party.model_copy(update={"notices": party.notices.model_copy(update={"email": "legal@acme.example"})})
    found = mail(inputs(client__party=other), notice=True)
    assert [each.email for each in found.copies] == ["legal@acme.example"]


def test_nobody_gets_the_same_mail_twice():
    reader = person_of(inputs(), issued(), "reader").entries["email"].value
    party = inputs().client.model.party
    same = party.model_copy(update={"notices": party.notices.model_copy(update={"email": reader})})
    assert mail(inputs(client__party=same), notice=True).copies == ()


def test_an_attachment_is_a_pdf_of_this_client_that_is_there():
    assert attached("2026-support/contract.pdf") == ("agreements/acme/2026-support/contract.pdf",)


@pytest.mark.parametrize(
    "name", ["../brookfield/2026-support/contract.pdf", "/etc/passwd", "2026-support/contract.docx", "contract.pdf"]
)
def test_anything_else_is_refused(name):
    ((rule, what),) = wrong(name)
    assert rule == "attachment"
    assert "is not a PDF of an agreement of this client" in what


def test_all_that_is_wrong_is_said_at_once():
    found = wrong("2026-support/other.pdf", "x.txt")
    assert [what for _, what in found] == [
        "agreements/acme/2026-support/other.pdf does not exist",
        "'x.txt' is not a PDF of an agreement of this client",
    ]


def test_without_a_mail_nothing_can_be_attached():
    assert wrong("2026-support/contract.pdf", drafted=False) == [
        ("no-mail", "2026-support/contract.pdf is attached, but no mail is drafted")
    ]
