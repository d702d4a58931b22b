"""Average minutes of Business Hours in a period, for comparing two periods."""

from datetime import time

import pytest

from contract_assembly.core.values import Duration, Weekdays
from contract_assembly.facts.business_days import average_minutes
from tests.helpers.inputs_base import inputs

CALENDAR = inputs().calendar.model  # Monday to Friday, 08:00 to 18:00


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("15 minutes", 15),
        ("1 hour", 60),
        ("4 business hours", 240),
        ("1 business day", 600),
        ("7 days", 3000),
        ("2 weeks", 6000),
        ("1 year", 365 * 3000 / 7),
        ("0 days", 0),
    ],
)
def test_minutes_of_business_hours_in_a_period(period, found):
    assert average_minutes(Duration.parse(period), CALENDAR) == pytest.approx(found)


def test_four_quarters_and_twelve_months_are_a_year():
    one, four, twelve = (
        average_minutes(Duration.parse(text), CALENDAR) for text in ("1 year", "4 quarters", "12 months")
    )
    assert one == four == twelve


def test_a_business_day_is_as_long_as_the_desk_is_open():
    shorter = CALENDAR.model_copy(
        update={"opens": time(9, 30), "closes": time(17, 0), "days": Weekdays.parse("Monday to Saturday")}
    )
    assert average_minutes(Duration(1, "business day"), shorter) == 450
    assert average_minutes(Duration(1, "week"), shorter) == 2700


def test_a_week_has_the_days_of_the_desk_whatever_its_first_and_hours_count_to_the_minute():
    later = CALENDAR.model_copy(
        update={"opens": time(8, 30), "closes": time(17, 15), "days": Weekdays.parse("Tuesday to Saturday")}
    )
    assert average_minutes(Duration(1, "business day"), later) == 525
    assert average_minutes(Duration(1, "week"), later) == 2625
