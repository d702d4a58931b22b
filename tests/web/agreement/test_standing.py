"""Documents, law, negotiation, and the next step of an agreement."""

from datetime import date

import pytest

from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.renewals.duties.duty import Duty
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.standing import (
    AgreementStanding,
    DocumentRow,
    RoundRow,
    document_rows,
    law_rows,
    next_step,
    round_rows,
)
from tests.helpers.corpus import REPOSITORY
from tests.helpers.shown_firm import ON

OPEN = Problem("open-fact", "still open: the start")


@pytest.fixture(scope="module")
def samples():
    return Repository(REPOSITORY)


def case(repository, status, *problems, coming=(), client="acme", agreement="2026-support"):
    contract = DocumentRow("contract", status, None, tuple(problems), ())
    return AgreementStanding(repository, client, agreement, ON, (contract,), coming)


def duty(day):
    return Duty("review", "1", "acme", "2026-support", day, "Business review", "Four a year are promised")


@pytest.mark.parametrize(
    ("status", "problems", "command"),
    [
        ("draft", [OPEN], "build.py status acme/2026-support"),
        ("draft", [], "build.py status acme/2026-support --set sent"),
        ("sent", [], "build.py status acme/2026-support --set signed --signed-file FILE.pdf"),
        ("sent", [OPEN], "build.py status acme/2026-support"),
        ("signed", [OPEN], "build.py check --client acme/2026-support"),
        ("unknown", [OPEN], "build.py check --client acme/2026-support"),
    ],
)
def test_each_status_has_its_next_command(samples, status, problems, command):
    assert next_step(case(samples, status, *problems), ()).command == command


def test_a_signed_agreement_waits_for_its_first_duty_or_says_when_it_renews(samples):
    found = next_step(case(samples, "signed", coming=(duty(date(2026, 11, 1)), duty(date(2027, 1, 1)))), ())
    assert found.words == "Business review, by 2026-11-01, overdue"
    assert next_step(case(samples, "signed"), ()).words.startswith("To be signed")  # what the list says of acme
    ended = case(samples, "signed", client="cedar", agreement="2025-support")
    assert next_step(ended, ()).words == "It continues as 2026-support"


def test_an_undecided_change_comes_before_everything_else(samples):
    rounds = (RoundRow(2, "", ON, 3, 1, applied=False, origin=Origin("x")),)
    found = next_step(case(samples, "sent"), rounds)
    assert (found.words, found.command) == (
        "Decide 1 change of round 2 of the negotiation",
        "build.py negotiate acme/2026-support",
    )


def test_documents_have_their_status_and_the_files_that_are_there(samples):
    rows = {each.name: each for each in document_rows(samples, "cedar", "2025-support")}
    assert rows["contract"].signed == date(2025, 9, 18)
    assert set(rows["contract"].files) == {"contract.docx", "contract.pdf"}
    assert rows["change-2026-01-12"].files == tuple(f"change-2026-01-12.{each}" for each in ("pdf", "docx", "eml"))


def test_rules_of_law_that_need_something_come_first_with_how_each_is_met(samples):
    rows = law_rows(assemble_and_assess(samples, "lakeside", "2027-support"))
    assert rows[0].state in {"broken", "to be confirmed", "to be done"}
    assert rows[-1].state in {"kept", "to know"}
    assert all(each.how and each.requires and each.verified for each in rows)


def test_rounds_are_listed_with_what_is_undecided(tmp_path):
    folder = tmp_path / "agreements/acme/2026-support/negotiation"
    folder.mkdir(parents=True)
    digest = "0" * 64
    head = f"round: 1\nfrom: Counsel\nreceived: 2026-09-20\nfile: 1.docx\nsha256: {digest}\nsent: {digest}\n"
    entry = "changes:\n  - {id: 1, mark: abc, what: reworded, decision: open}\n  - {id: 2, mark: abd, what: deleted, decision: take}\n"
    (folder / "1.yaml").write_text(head + entry, "utf-8")
    (row,) = round_rows(Repository(tmp_path), "acme", "2026-support")
    assert (row.number, row.sender, row.changes, row.open, row.applied) == (1, "Counsel", 2, 1, False)
