"""How the firm and its clients are called."""

from datetime import date

from contract_assembly.web.firm import Firm, client_name, firm_of
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY


def test_the_pages_have_the_name_and_the_colour_of_the_firm():
    assert firm_of(Snapshot(REPOSITORY, date(2026, 11, 30))) == Firm("Northlight", "#1f3a5f")


def test_without_a_file_about_the_firm_they_have_the_programs_own(tmp_path):
    assert firm_of(Snapshot(tmp_path, date(2026, 11, 30))) == Firm()


def test_a_client_has_its_short_name_and_without_a_file_that_can_be_read_that_of_its_folder(tmp_path):
    assert client_name(Snapshot(REPOSITORY, date(2026, 11, 30)), "cedar") == "Cedar Hollow"
    assert client_name(Snapshot(tmp_path, date(2026, 11, 30)), "cedar") == "cedar"
