"""The windows in which a renewal must be announced, by law and by contract, for one term. Pure.

Windows are counted from the Decision Day, not from the renewal. Source: the rules in `clauses/law` and the clause "renewal"."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from contract_assembly.clauses import law_rules
from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import joined
from contract_assembly.core.values import DateRange
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.facts.template_context import some_facts
from contract_assembly.facts.term_dates import back
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.notice_delivery import CHANNEL_WORDS, Channel, Delivery, sending_days, takes_effect
from contract_assembly.renewals.term import Term

Severity: TypeAlias = Literal["block", "warn", "inform", "contract"]
# The facts used in conditions of rules with a window; a rule that uses others gets all facts.
_FACTS = ("client",)
_ALL_FACTS = (
    *_FACTS,
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
FORMAL: tuple[Channel, ...] = ("in-person", "email", "courier", "certified-mail")


class Window(Struct, frozen=True):
    """A requirement to announce a renewal.

    `rule` is the id of the rule of law, or "contract". `days` are the first and the last day (inclusive) by that rule,
    and `channels` are those that it allows. `sending` are the days on which to send by each channel so that the notice
    also takes effect within the window; None if there is no such day. `severity` and `consequence` are the rule's;
    `way` explains `days`."""

    rule: str
    title: str
    days: DateRange
    channels: tuple[Channel, ...]
    sending: tuple[tuple[Channel, DateRange | None], ...]
    severity: Severity
    consequence: str
    way: ExplainedDate

    @property
    def open(self) -> dict[Channel, DateRange]:
        """The days to send, for each channel that has any."""
        return {channel: days for channel, days in self.sending if days}

    def last_sending(self) -> date:
        """The last day on which it can still be sent by some channel; the window's last day if no channel is left."""
        return max((days.last for days in self.open.values()), default=self.days.last)

    def each_way(self) -> str:
        """The days to send by each channel, in words; if no channel is left, those of the window."""
        found = [f"{CHANNEL_WORDS[way]} from {days.first} to {days.last}" for way, days in self.open.items()]
        return joined(found, "or") if found else f"from {self.days.first} to {self.days.last}"


def windows(context: RenewalContext, term: Term) -> tuple[Window, ...]:
    """The windows before the renewal after a term, the law's first; empty if nothing renews automatically. A contract on
    other paper has not our clause that asks for a reminder."""
    if not term.automatic:
        return ()
    ours = [_of_contract(context, term)] if context.agreed.origin == "here" else []
    return (*_of_law(context, term), *ours)


def _of_law(context: RenewalContext, term: Term) -> Iterator[Window]:
    days = {
        "decision_day": term.decision.day,
        "last_day": term.days.last,
        "renewal_first_day": term.following.first,
    }
    try:
        found = law_rules.windows(context.inputs, some_facts(context.inputs, _FACTS, **days))
    except RefusedError:
        found = law_rules.windows(context.inputs, some_facts(context.inputs, _ALL_FACTS, **days))
    for each in found:
        rule = each.rule
        if each.window is None or rule.window is None:
            continue
        opens = _opens(term, each.window[0], rule.window.before)
        given = f"{rule.window.before.replace('_', ' ')} {days[rule.window.before]}"
        periods = f"{rule.id}: {rule.window.earliest.count} to {rule.window.latest.count} days before"
        counted_from = term.decision if rule.window.before == "decision_day" else term.last
        yield _window(
            context,
            rule=rule.id,
            title=rule.title,
            days=DateRange(opens, each.window[1]),
            channels=rule.channels or FORMAL,
            severity=rule.severity,
            consequence=rule.consequence,
            way=counted_from.then("window opens", periods, given, opens, str(each.origin)).then(
                "window closes", periods, given, each.window[1], str(each.origin)
            ),
        )


def _opens(term: Term, day: date, before: str) -> date:
    """The first day of a window of the law, in the cautious reading. If the Decision Day was moved to an earlier
    Business Day, a statute may still count from the day before the move. So the window opens once it is open for both
    days; its end is already that of the earlier day."""
    return day + (term.notice_day - term.decision.day) if before == "decision_day" else day


def _of_contract(context: RenewalContext, term: Term) -> Window:
    promised, decision = context.promises, term.decision
    days = DateRange(back(decision.day, promised.earliest), back(decision.day, promised.latest))
    rule = f"{promised.earliest.count} to {promised.latest.count} {promised.latest.unit}s before the Decision Day"
    out = promised.exit_notice
    return _window(
        context,
        rule="contract",
        title="Renewal reminder",
        days=days,
        channels=promised.reminder_by,
        severity="contract",
        consequence=f"Otherwise the client may end the renewal term on any day with {out.count} {out.unit}s' notice.",
        way=decision.then("reminder opens", rule, str(decision.day), days.first, promised.renewal).then(
            "reminder closes", rule, str(decision.day), days.last, promised.renewal
        ),
    )


def _window(
    context: RenewalContext,
    *,
    rule: str,
    title: str,
    days: DateRange,
    channels: tuple[Channel, ...],
    severity: Severity,
    consequence: str,
    way: ExplainedDate,
) -> Window:
    sending = tuple((each, sending_days(days, _delivery(context, each), context.calendar)) for each in channels)
    return Window(
        rule=rule,
        title=title,
        days=days,
        channels=channels,
        sending=sending,
        severity=severity,
        consequence=consequence,
        way=way,
    )


def _delivery(context: RenewalContext, channel: Channel) -> Delivery:
    """The delivery time of a channel by the contract; one that the contract does not name, such as an invoice, counts
    as post."""
    return context.promises.deliveries.get(channel) or context.promises.deliveries["mail"]


def counted_on(context: RenewalContext, notice: SentNotice) -> date:
    """The day on which a recorded notice took effect."""
    return takes_effect(notice.sent, _delivery(context, notice.by), context.calendar)


def answered(context: RenewalContext, window: Window, term: Term) -> bool:
    """Whether a notice is recorded that was sent and took effect within the window, by one of its channels. A notice
    that names a rule satisfies that rule; one without satisfies the contract's own requirement."""
    return any(
        each.says == "reminder"
        and each.term == term.following.first
        and each.to == "client"
        and (each.rule or "contract") == window.rule
        and each.by in window.channels
        and each.sent in window.days
        and counted_on(context, each) in window.days
        for each in context.agreed.notices
    )
