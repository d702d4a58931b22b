"""When a notice counts, and the last day to send it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.core.explained_date import stated
from contract_assembly.core.values import DateRange
from contract_assembly.facts.business_days import business_day_before, is_business_day
from contract_assembly.renewals.notice_delivery import Delivery, on_business_day, send_by, sending_days, takes_effect
from tests.helpers.inputs_base import inputs

US = inputs().calendar.model.model_copy(update={"holidays": "US", "closed": ()})
CHANNELS = {
    name: Delivery(name, days, "clause notices")
    for name, days in {"in-person": 0, "email": 0, "courier": 2, "certified-mail": 5}.items()
}
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("channel", "found"),
    [("in-person", "2026-07-17"), ("email", "2026-07-17"), ("courier", "2026-07-15"), ("certified-mail", "2026-07-10")],
)
def test_send_by_is_the_deadline_less_the_days_until_it_counts(channel, found):
    way = send_by(stated("deadline", d("2026-07-17"), "here"), CHANNELS[channel], US)
    assert way.day == d(found)
    assert way.steps[-1].source == "clause notices"


def test_a_deadline_on_a_saturday_moves_to_friday():
    way = on_business_day(stated("counted", d("2026-08-01"), "here"), US, "clause interpretation")
    assert way.day == d("2026-07-31")
    assert "Saturday 2026-08-01" in way.steps[-1].given


def test_the_new_york_window_leaves_few_days_to_post():
    window = DateRange(d("2026-07-02"), d("2026-07-17"))
    assert sending_days(window, CHANNELS["certified-mail"], US) == DateRange(d("2026-07-02"), d("2026-07-10"))
    assert sending_days(window, CHANNELS["in-person"], US) == window
    one = d("2026-07-10")
    assert sending_days(DateRange(one, window.last), CHANNELS["certified-mail"], US) == DateRange(one, one)


def test_a_window_that_is_too_short_for_a_way_says_so():
    assert sending_days(DateRange(d("2026-07-13"), d("2026-07-17")), CHANNELS["certified-mail"], US) is None


def test_an_email_on_a_saturday_counts_on_monday_and_what_is_handed_over_counts_at_once():
    assert takes_effect(d("2026-07-11"), CHANNELS["email"], US) == d("2026-07-13")
    assert takes_effect(d("2026-07-11"), CHANNELS["in-person"], US) == d("2026-07-11")


@settings(deadline=None)
@given(DAYS, st.sampled_from(sorted(CHANNELS)))
def test_what_is_sent_by_the_day_counts_by_the_deadline_and_later_it_does_not(deadline, channel):
    delivery = CHANNELS[channel]
    day = send_by(stated("deadline", deadline, "here"), delivery, US).day
    assert is_business_day(day, US)
    assert takes_effect(day, delivery, US) <= deadline
    after = day + timedelta(days=1)
    while not is_business_day(after, US):
        after += timedelta(days=1)
    assert takes_effect(after, delivery, US) > business_day_before(deadline, US)
