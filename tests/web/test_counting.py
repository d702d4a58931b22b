"""The figures of the portfolio are those of the commands."""

from datetime import date, timedelta

import pytest

from contract_assembly.billing.revenue import of_pairs
from contract_assembly.billing.revenue_lines import by_currency
from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties.upcoming import renewals
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.counting import SOON, figures_of
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, change

ON = date(2026, 11, 30)


def figures(client, root=REPOSITORY, on=ON):
    return figures_of(Repository(root), client, on)


@pytest.mark.parametrize("client", ["acme", "cedar", "hudson", "liffey", "thames"])
def test_what_recurs_is_what_revenue_counts(client):
    repository, found = Repository(REPOSITORY), figures(client)
    made = of_pairs(repository, [(client, each) for each in repository.agreements(client)], ON)
    sums = {each.monthly.currency: each.monthly.amount for each in found.agreements if each.monthly}
    assert sums == by_currency(made.lines)
    assert {(kind, each.currency): each.amount for kind, each in found.charged} == {
        (kind, currency): amount for (currency, kind), amount in made.billed.items()
    }
    assert [each.amount for each in made.contracted] == list(found.contracted)
    assert [(each.agreement, each.last, each.decide_by) for each in made.ahead] == [
        (each.agreement, each.renewal.last, each.renewal.decide_by) for each in found.agreements if each.renewal
    ]


def test_a_contract_that_is_not_signed_has_its_fee_apart():
    (sent,), (draft,) = figures("acme").agreements, figures("liffey").agreements
    assert (sent.status, sent.monthly, str(sent.waiting.amount)) == ("sent", None, "2908.00")
    assert (draft.status, draft.monthly, draft.waiting.currency) == ("draft", None, "EUR")


def test_hours_of_a_block_are_those_of_its_balance():
    (block,) = figures("hudson", on=date(2026, 11, 23)).agreements
    assert (block.kind, block.plan, block.hours.left) == ("time-block", "", 277.5)  # minutes: 4.625 h
    assert block.hours.runs_out == date(2026, 12, 9)
    assert block.hours.expires == date(2027, 10, 4)


def test_a_review_counts_once_it_was_held():
    assert figures("acme").agreements[0].reviewed is None
    assert figures("acme", on=date(2027, 3, 10)).agreements[0].reviewed < date(2027, 3, 11)
    assert figures("acme", on=date(2027, 3, 11)).agreements[0].reviewed == date(2027, 3, 11)


def test_what_blocks_a_renewal_is_what_renew_says():
    on = date(2027, 7, 1)
    found = figures("cedar", on=on)
    repository = Repository(REPOSITORY)
    planned, _ = renewals(
        repository, [("cedar", each) for each in repository.agreements("cedar")], DateRange(on, on + SOON)
    )
    expected = {
        each.name: [p.what for p in each.problems if p.level == "error"] for each in planned if each.state == "blocked"
    }
    assert {each.agreement: [p.what for p in each.blocked] for each in found.agreements if each.blocked} == expected
    assert timedelta(days=90) == SOON


def test_a_broken_agreement_is_a_problem_of_its_client_whose_others_are_listed(tmp_path):
    root = based(tmp_path / "root")
    (root / "agreements/acme/2027-broken").mkdir()
    (root / "agreements/acme/2027-broken/agreement.yaml").write_text("kind: support\nversion: first\n")
    change(root, f"{AGREEMENT}/agreement.yaml\n-status: draft\n+status: sent\n")
    sound, broken = figures("acme", root).agreements
    assert (sound.status, sound.next, broken.status) == ("sent", "to be signed", "")
    assert sound.problems == broken.problems
    assert {each.origin.path for each in broken.problems} == {"agreements/acme/2027-broken/agreement.yaml"}


def test_a_broken_client_file_is_a_problem_of_each_of_its_agreements(tmp_path):
    root = based(tmp_path / "root")
    (root / "agreements/acme/client.yaml").write_text("party: nothing\n")
    found = figures("acme", root)
    assert found.name == "acme"
    assert found.problems
    assert all(each.problems for each in found.agreements)


def test_a_folder_without_a_client_is_in_no_list_and_one_that_cannot_be_used_is_a_problem(tmp_path):
    root = based(tmp_path / "root")
    (root / "agreements/notes").mkdir()
    (root / "agreements/Old Ones").mkdir()
    (root / "agreements/Old Ones/client.yaml").write_text("")
    assert figures("notes", root).agreements == figures("notes", root).problems == ()
    assert [each.rule for each in figures("Old Ones", root).problems] == ["name"]
