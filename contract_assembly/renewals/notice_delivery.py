"""When a notice takes effect: the last day to send it, by channel, so that it is in time. Pure.

Source: the clause "notices": in person and by email at once (an email outside Business Hours when the next Business Hour starts),
by courier and post some Business Days after dispatch; "interpretation": a period counted back ends on a Business Day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.text import joined
from contract_assembly.core.values import DateRange
from contract_assembly.facts.business_days import (
    business_day_before,
    business_day_from,
    business_days_later,
    latest_for,
)
from contract_assembly.facts.catalogue import Calendar

Channel = Literal["in-person", "email", "courier", "mail", "certified-mail", "invoice"]
CHANNEL_WORDS: Mapping[str, str] = {
    "in-person": "in person",
    "email": "by email",
    "courier": "by courier",
    "mail": "by post",
    "certified-mail": "by certified mail",
    "invoice": "with an invoice",
}


class Delivery(Struct, frozen=True):
    """The number of Business Days until a notice by a channel takes effect, and the origin of that number."""

    channel: Channel
    business_days: int
    source: str


def until(ways: Iterable[tuple[Channel, date]], form: str = "%Y-%m-%d") -> str:
    """The last day for each channel in words, with channels of the same day together: "in person or by email until
    2027-07-02"."""
    by_day: dict[date, list[str]] = {}
    for way, day in ways:
        by_day.setdefault(day, []).append(CHANNEL_WORDS[way])
    return joined((f"{joined(words, 'or')} until {day:{form}}" for day, words in by_day.items()), "or")


def takes_effect(sent: date, delivery: Delivery, calendar: Calendar) -> date:
    """The day on which a notice sent on this day takes effect. One sent on a day that is not a Business Day counts from
    the next Business Day."""
    if delivery.business_days:
        return business_days_later(sent, delivery.business_days, calendar)
    return sent if delivery.channel == "in-person" else business_day_from(sent, calendar)


def send_by(deadline: ExplainedDate, delivery: Delivery, calendar: Calendar) -> ExplainedDate:
    """The last Business Day to send a notice that must count by the deadline: D minus the days until it is deemed received."""
    days = delivery.business_days
    word = CHANNEL_WORDS[delivery.channel]
    if days:
        rule, given = f"{word} it takes effect {days} Business Days after dispatch", f"{deadline.day}, {days} back"
    else:
        rule, given = f"{word} it takes effect on the same Business Day", f"{deadline.day}"
    return deadline.then(f"send {word} by", rule, given, latest_for(deadline.day, days, calendar), delivery.source)


def sending_days(window: DateRange, delivery: Delivery, calendar: Calendar) -> DateRange | None:
    """The days on which to send so that both dispatch and effect are within a window; None if there are none. This is
    the cautious reading, because a statute may mean either."""
    first = business_day_from(window.first, calendar)
    last = latest_for(window.last, delivery.business_days, calendar)
    return DateRange(first, last) if first <= last else None


def on_business_day(deadline: ExplainedDate, calendar: Calendar, source: str) -> ExplainedDate:
    """A deadline counted back; if it is not a Business Day, it moves to the Business Day before."""
    moved = business_day_before(deadline.day, calendar)
    rule = "it is a Business Day" if moved == deadline.day else "not a Business Day, so the Business Day before"
    return deadline.then("Business Day", rule, f"{deadline.day:%A} {deadline.day}", moved, source)
