"""What was done, as service.yaml records it."""

from datetime import date

import pytest
from pydantic import ValidationError

from contract_assembly.facts.kept_duty import KeptDuty


def test_an_entry_says_which_duty_when_and_where_it_shows():
    found = KeptDuty(duty="count-comparison", on="2026-12-21", source="Mail to Jo Reyes")
    assert (found.duty, found.on) == ("count-comparison", date(2026, 12, 21))


def test_an_entry_without_a_source_is_none():
    with pytest.raises(ValidationError):
        KeptDuty(duty="count-comparison", on="2026-12-21")
