"""The portfolio, as a pure function of the repository."""

from datetime import date

from contract_assembly.web.page import Asked
from contract_assembly.web.portfolio import portfolio_page
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, based, change


def test_every_agreement_has_a_row_and_a_broken_one_shows_its_problems_alone(tmp_path):
    root = based(tmp_path / "root")
    snapshot = Snapshot(root, date(2026, 11, 30))
    (row,) = portfolio_page(Asked(snapshot)).values["rows"]
    assert (row.client, row.agreement, row.listed.status) == ("acme", "2026-support", "draft")
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    (kept,) = portfolio_page(Asked(snapshot)).values["rows"]
    assert kept is row
    (broken,) = portfolio_page(Asked(Snapshot(root, date(2026, 11, 30)))).values["rows"]
    assert broken.listed is None
    assert [each.origin.line for each in broken.problems] == [5]
