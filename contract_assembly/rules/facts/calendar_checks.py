"""What can be wrong with a calendar: days on which the desk is open or open for fewer hours. Pure; a table of checks."""

from collections.abc import Iterator
from typing import Any

from contract_assembly.core.problems import Problem
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.business_days import holidays_kept, is_business_day


def _open_days_are_public_holidays(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    """Only a public holiday on one of the desk's weekdays can be opened, and what is opened is not closed."""
    calendar = inputs.calendar.model
    always = calendar.model_copy(update={"open": ()})
    closed = {each.date for each in calendar.closed}
    for n, each in enumerate(calendar.open):
        try:
            kept = each.date in holidays_kept(always, each.date.year)
        except ValueError:
            continue  # another check reports holidays that are not known
        if each.date not in calendar.days or not kept:
            what = f"open: {each.date} is not a public holiday on one of the weekdays of the desk"
            yield Problem("open-day", what, inputs.calendar.at(f"open.{n}"), "remove it, or correct the date")
        elif each.date in closed:
            what = f"open: {each.date} is listed below closed, too"
            yield Problem("open-day", what, inputs.calendar.at(f"open.{n}"), "keep one of them")


def _short_days_are_shorter_business_days(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    calendar = inputs.calendar.model
    for n, each in enumerate(calendar.short):
        opens, closes = each.opens or calendar.opens, each.closes or calendar.closes
        try:
            is_open = is_business_day(each.date, calendar)
        except ValueError:
            continue
        if not is_open:
            what, hint = f"short: {each.date} is not a Business Day", "remove it, or correct the date"
        elif not calendar.opens <= opens < closes <= calendar.closes or (opens, closes) == (
            calendar.opens,
            calendar.closes,
        ):
            usual = f"{calendar.opens:%H:%M} to {calendar.closes:%H:%M}"
            what = f"short: {opens:%H:%M} to {closes:%H:%M} is not shorter than {usual}"
            hint = "write opens or closes within these times"
        else:
            continue
        yield Problem("short-day", what, inputs.calendar.at(f"short.{n}"), hint)


COMMON = (_open_days_are_public_holidays, _short_days_are_shorter_business_days)
