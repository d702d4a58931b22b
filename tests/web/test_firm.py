"""How the firm shows itself."""

from datetime import date

from contract_assembly.web.firm import Firm, firm_of
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY


def test_the_pages_have_the_name_and_the_colour_of_the_firm():
    assert firm_of(Snapshot(REPOSITORY, date(2026, 11, 30))) == Firm("Northlight", "#1f3a5f")


def test_without_a_file_about_the_firm_they_have_the_programs_own(tmp_path):
    assert firm_of(Snapshot(tmp_path, date(2026, 11, 30))) == Firm()
