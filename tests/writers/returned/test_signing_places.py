"""Where people sign and date, read from the samples’ PDFs."""

import pytest

from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.signing_places import signing_places
from tests.helpers.corpus import REPOSITORY


@pytest.mark.parametrize("agreement", ["acme/2026-support", "hudson/2026-block"])
def test_each_party_signs_and_dates_in_its_own_column(agreement):
    found = signing_places((REPOSITORY / f"agreements/{agreement}/contract.pdf").read_bytes(), "Date:")
    assert [each.field for each in found] == ["Provider", "Client"]
    ours, theirs = found
    for each in found:
        assert (each.signature.page, each.signature.x, each.signature.width) == (
            each.date.page,
            each.date.x,
            each.date.width,
        )
        assert each.signature.y + each.signature.height < each.date.y < each.date.y + each.date.height < 1
    assert ours.signature.x + ours.signature.width < theirs.signature.x
    assert theirs.signature.x + theirs.signature.width < 1


def test_a_field_without_a_line_for_the_date_is_no_place():
    data = (REPOSITORY / "agreements/acme/2026-support/contract.pdf").read_bytes()
    assert signing_places(data, "Day of signing:") == ()


def test_a_damaged_file_is_refused():
    with pytest.raises(UnreadableError):
        signing_places(b"%PDF-1.7 torn", "Date:")
