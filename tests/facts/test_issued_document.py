"""What every document besides the contract states."""

import pytest

from contract_assembly.facts.issued_document import Issued
from tests.helpers.models import read, refused


def test_a_document_is_a_draft_by_the_points_of_contact_and_without_mail_unless_it_says_otherwise():
    found = read(Issued, "{document: cover-letter, date: 2026-10-01}").model
    assert (found.status, found.writer, found.reader, found.mail, found.attached) == ("draft", None, None, False, ())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{document: cover-letter}", "date is missing"),
        ("{date: 2026-10-01}", "document is missing"),
        ("{document: ../secret, date: 2026-10-01}", "document: '../secret' is not a short name"),
        ("{document: letter, date: 2026-02-29}", "date: '2026-02-29' is not a day of the calendar"),
        ("{document: letter, date: 2026-10-01, status: signed}", "status: 'signed' is not one of the choices"),
        ("{document: letter, date: 2026-10-01, mail: maybe}", "mail: 'maybe' is neither yes nor no"),
        ("{document: letter, date: 2026-10-01, attached: contract.pdf}", "attached: a list belongs here"),
    ],
)
def test_a_document_of_another_form_is_refused(text, what):
    ((_, said, line),) = refused(Issued, text)
    assert said.startswith(what)
    assert line == 1
