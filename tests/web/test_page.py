"""The values between pages and the server."""

from datetime import date

from contract_assembly.web.page import once
from contract_assembly.web.snapshot import Snapshot


def test_a_page_without_names_in_its_address_is_written_once(tmp_path):
    assert list(once(Snapshot(tmp_path, date(2026, 11, 30)))) == [{}]
