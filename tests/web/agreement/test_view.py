"""Everything about one agreement; what is wrong with one part leaves the others."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.view import agreement_view
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, change
from tests.helpers.git_repositories import git
from tests.helpers.shown_firm import FACTS, ON

ACME = ("acme", "2026-support")


def test_a_sample_has_every_part():
    found = agreement_view(Repository(REPOSITORY), REPOSITORY, *ACME, ON)
    assert (found.name, found.kind, found.status, found.plan) == (
        "Acme Instruments",
        "support",
        "sent",
        "Business Care",
    )
    assert {"Monthly fee", "Users", "Decision Day"} <= {each.name for each in found.figures}
    assert found.groups
    assert found.documents
    assert found.coming
    assert found.fees
    assert found.money
    assert found.charts
    assert found.laws
    assert found.problems == ()


def test_a_block_has_hours_and_no_monthly_fee():
    found = agreement_view(Repository(REPOSITORY), REPOSITORY, "hudson", "2026-block", ON)
    figures = {each.name: each.value for each in found.figures}
    assert figures["Hours in the block"] == "20"
    assert figures["Hours left"] == "4.625"
    assert "Monthly fee" not in figures
    assert found.fees == ()


def test_without_git_and_with_a_broken_clause_the_facts_are_still_shown(tmp_path):
    root = based(tmp_path / "root")
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party {{ keeps }} notes.\n")
    found = agreement_view(Repository(root), root, *ACME, ON)
    assert {"no-git"} < {each.rule for each in found.problems}
    assert (found.history.entries, found.laws) == ((), ())
    assert {each.name for each in found.groups} >= {"Term", "Fees"}
    assert {each.name for each in found.figures} >= {"Monthly fee"}


def test_a_file_that_is_broken_beside_the_facts_is_a_problem_of_its_part(tmp_path):
    root = based(tmp_path / "root")
    (root / AGREEMENT / "service.yaml").write_text("term: someday\n", "utf-8")
    found = agreement_view(Repository(root), root, *ACME, ON)
    assert found.charts == ()
    assert {each.origin.path for each in found.problems if each.origin} >= {f"{AGREEMENT}/service.yaml"}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("agreements/acme/client.yaml", "place: US-NY", "place: somewhere"),
        ("provider/plans/basic.yaml", "id: basic", "id: [basic]"),
        ("provider/rates.yaml", "", "nonsense: [1"),
    ],
)
def test_whatever_file_is_broken_the_page_has_its_facts_and_the_problem(tmp_path, path, old, new):
    root = based(tmp_path / "root")
    text = (root / path).read_text("utf-8")
    (root / path).write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    found = agreement_view(Repository(root), root, *ACME, ON)
    assert path in {each.origin.path for each in found.problems if each.origin}
    assert found.groups
    assert found.next.command


def test_facts_that_cannot_be_read_are_refused(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"{FACTS}\n-version: 1\n+version: one\n")
    with pytest.raises(RefusedError):
        agreement_view(Repository(root), root, *ACME, ON)


def test_a_signed_contract_shows_what_is_in_force_and_apart_from_it_what_is_not_signed(tmp_path):
    root = tmp_path / "root"
    git(tmp_path, "clone", "-q", str(REPOSITORY), str(root))
    cedar = ("cedar", "2025-support")
    day = date(2026, 8, 3)  # after two changes of its counts
    found = agreement_view(Repository(root), root, *cedar, day)
    assert {each.name: each.value for each in found.figures}["Users"] == "13"
    assert found.unsigned == ()
    facts = root / "agreements/alder/2026-support/agreement.yaml"
    facts.write_text(facts.read_text().replace("  users: 8\n", "  users: 13\n"))
    found = agreement_view(Repository(root), root, "alder", "2026-support", date(2026, 12, 1))
    shown = {each.name: each.value for each in found.figures}
    assert (shown["Monthly fee"], shown["Users"]) == ("621.00 USD", "8")
    assert {each.name: each.value for each in found.unsigned} == {
        "Monthly fee": "831.00 USD", "Yearly fee": "9,972.00 USD", "Users": "13"
    }  # fmt: skip
    assert sum(Decimal(each.amount.split()[0]) for each in found.fees) == Decimal("621.00")
