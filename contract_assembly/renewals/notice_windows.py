"""The windows in which a renewal must be announced: those of the law and that of the contract, term by term. Pure.

Source: domain 4.1 (windows are counted from the Decision Day, not from the renewal) and the clause "renewal"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from contract_assembly.clauses import law_rules
from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.facts.template_context import some_facts
from contract_assembly.facts.term_dates import back, notice_day
from contract_assembly.renewals.context import RenewalContext, decision_day_of, last_day_of, term_of
from contract_assembly.renewals.notice_delivery import Channel, Delivery, sending_days, takes_effect

# What conditions of rules with a window ask about; a rule that asks more gets all the facts.
_FACTS = ("client",)
FORMAL: tuple[Channel, ...] = ("in-person", "email", "courier", "certified-mail")


@dataclass(frozen=True)
class Window:
    """A duty to announce a renewal: by whose rule, when at the earliest and latest (both inclusive), by which ways, and the days
    to send by each way so that it also counts within the window. `severity` and `consequence` are the rule's."""

    rule: str
    title: str
    days: DateRange
    channels: tuple[Channel, ...]
    sending: tuple[tuple[Channel, DateRange | None], ...]
    severity: Literal["block", "warn", "inform", "contract"]
    consequence: str
    way: ExplainedDate

    def last_sending(self) -> date:
        """The last day on which it can still be sent by some way; the window's last day if no way is left."""
        return max((days.last for _, days in self.sending if days), default=self.days.last)


def windows(matter: RenewalContext, number: int) -> tuple[Window, ...]:
    """The windows before the renewal after a term: the law's first. None where nothing renews by itself."""
    if matter.inputs.agreement.model.term.renewal != "automatic":
        return ()
    return (*_of_law(matter, number), _of_contract(matter, number))


def _of_law(matter: RenewalContext, number: int) -> Iterator[Window]:
    decision, last = decision_day_of(matter, number), last_day_of(matter, number)
    days = {"decision_day": decision.day, "last_day": last.day, "renewal_first_day": last.day + timedelta(days=1)}
    try:
        found = law_rules.windows(matter.inputs, some_facts(matter.inputs, _FACTS, **days))
    except RefusedError:
        every = (
            "provider",
            "calendar",
            "contacts",
            "rates",
            "special_terms",
            "licences",
            "data",
            "tax",
            "fees",
            "plan",
        )
        found = law_rules.windows(matter.inputs, some_facts(matter.inputs, (*_FACTS, *every), **days))
    for each in found:
        rule = each.rule
        if each.window is None or rule.window is None:
            continue
        opens = _opens(matter, each.window[0], rule.window.before, decision.day, last.day)
        given = f"{rule.window.before.replace('_', ' ')} {days[rule.window.before]}"
        periods = f"{rule.window.earliest.count} to {rule.window.latest.count} days before"
        way = (decision if rule.window.before == "decision_day" else last).then(
            "window opens", f"{rule.id}: {periods}", given, opens, str(each.origin)
        )
        way = way.then("window closes", f"{rule.id}: {periods}", given, each.window[1], str(each.origin))
        about = (rule.id, rule.title, DateRange(opens, each.window[1]), rule.channels or FORMAL)
        yield _window(matter, *about, rule.severity, rule.consequence, way)


def _opens(matter: RenewalContext, day: date, before: str, decision: date, last: date) -> date:
    """The first day of a window of the law, by the careful reading: where the Decision Day was moved to a Business Day, a statute
    may still mean the day that was counted, so the window opens for both. Its end is that of the earlier day anyway."""
    counted = notice_day(last, matter.inputs.agreement.model.term)
    return day + (counted - decision) if before == "decision_day" else day


def _of_contract(matter: RenewalContext, number: int) -> Window:
    promised, decision = matter.promises, decision_day_of(matter, number)
    days = DateRange(back(decision.day, promised.earliest), back(decision.day, promised.latest))
    rule = f"{promised.earliest.count} to {promised.latest.count} {promised.latest.unit}s before the Decision Day"
    way = decision.then("reminder opens", rule, str(decision.day), days.first, promised.renewal)
    way = way.then("reminder closes", rule, str(decision.day), days.last, promised.renewal)
    out = promised.exit_notice
    consequence = f"Otherwise the client may end the renewal term on any day with {out.count} {out.unit}s' notice."
    return _window(matter, "contract", "Renewal reminder", days, promised.reminder_by, "contract", consequence, way)


def _window(
    matter: RenewalContext,
    rule: str,
    title: str,
    days: DateRange,
    channels: tuple[Channel, ...],
    severity: Literal["block", "warn", "inform", "contract"],
    consequence: str,
    way: ExplainedDate,
) -> Window:
    calendar = matter.inputs.calendar.model
    sending = tuple((each, sending_days(days, _delivery(matter, each), calendar)) for each in channels)
    return Window(rule, title, days, channels, sending, severity, consequence, way)


def _delivery(matter: RenewalContext, channel: Channel) -> Delivery:
    """How a channel delivers by the contract; one that it does not name, such as an invoice, counts as what goes by post."""
    return matter.promises.deliveries.get(channel) or matter.promises.deliveries["mail"]


def counted_on(matter: RenewalContext, notice: SentNotice) -> date:
    """The day on which a recorded notice took effect."""
    return takes_effect(notice.sent, _delivery(matter, notice.by), matter.inputs.calendar.model)


def answered(matter: RenewalContext, window: Window, number: int) -> bool:
    """Whether a notice is recorded that was sent, and counted, within the window and by one of its ways. One that names a rule
    answers that rule; one without answers the contract's own duty."""
    begins = term_of(matter, number).last + timedelta(days=1)
    return any(
        each.says == "reminder"
        and each.term == begins
        and each.to == "client"
        and (each.rule or "contract") == window.rule
        and each.by in window.channels
        and each.sent in window.days
        and counted_on(matter, each) in window.days
        for each in matter.inputs.agreement.model.notices
    )
