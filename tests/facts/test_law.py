"""The model of a law's rules: what a window may say."""

import pytest
from pydantic import ValidationError

from contract_assembly.facts.law import WindowRule


def window(earliest, latest):
    return WindowRule.model_validate({"before": "last_day", "earliest": earliest, "latest": latest})


def test_a_window_runs_from_the_earlier_day_to_the_later():
    assert (window("30 days", "15 days").earliest.count, window("30 days", "30 days").latest.count) == (30, 30)


@pytest.mark.parametrize("earliest", ["2 months", "15 business days", "5 weeks"])
def test_a_window_in_any_unit_but_days_is_refused_because_it_would_be_counted_as_days(earliest):
    with pytest.raises(ValidationError, match="counted in days"):
        window(earliest, "1 day")


def test_a_window_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValidationError, match="swap them"):
        window("15 days", "30 days")
