"""Whether the notice of a price increase is in time, or still can be. Pure.

Source: clause annual-adjustment, announcement: after a late notice, prices stay unchanged in that Renewal Term."""

from collections.abc import Iterator
from datetime import date

from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.problems import Level, Problem
from contract_assembly.core.values import corresponding
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.facts.term_dates import months_of
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.increase import reference_month, rise
from contract_assembly.renewals.next_prices import NextFees, next_fees
from contract_assembly.renewals.next_scope import next_plan_id
from contract_assembly.renewals.notice_delivery import Channel, send_by
from contract_assembly.renewals.notice_windows import FORMAL, counted_on
from contract_assembly.renewals.term import Term


def rise_by(context: RenewalContext, term: Term) -> dict[Channel, ExplainedDate]:
    """The last day to send the notice of new prices, by each channel."""
    deliveries = context.promises.deliveries
    return {each: send_by(term.rise_notice, deliveries[each], context.calendar) for each in FORMAL}


def rise_notices(context: RenewalContext, term: Term) -> Iterator[SentNotice]:
    """The recorded notices of new prices for the term that follows."""
    for each in context.agreed.notices:
        if each.says == "increase" and each.term == term.following.first and each.to == "client":
            yield each


def rise_notice_problem(
    context: RenewalContext, term: Term, on: date, by: dict[Channel, ExplainedDate], fees: NextFees
) -> Problem | None:
    """Why no notice of a rise is in time; None if one was, or still can be.

    An increase that we intend is then refused (error); one that was agreed in advance does not take place (warning)."""
    if fees.rise is None or not fees.rises:
        return None
    if why := _why_late(context, term, on, by, fees.rise.known_on):
        level: Level = "error" if context.agreed.fees.increase.rule == "on-notice" else "warning"
        source = f"clause annual-adjustment, announcement, and {context.at('fees.increase_notice')}"
        hint = f"{source}; what remains: renew at the old prices, or agree on new ones with the client"
        return Problem("notice-late", why, context.at("fees.increase_notice"), hint, level)
    return None


def rise_decided(context: RenewalContext, term: Term) -> bool | None:
    """Whether prices rise at the renewal after a term: by a rule, by the index, or by what is meant for the next term; None where
    this is still open."""
    increase, meant = context.agreed.fees.increase, context.agreed.renewal
    if increase.rule == "none":
        return False
    plan = context.plans.get(next_plan_id(context))
    if plan is None or (increase.rule == "on-notice" and not (meant and (meant.increase or meant.prices))):
        return None
    months = months_of(context.agreed.term, term.number)
    found = rise(context.inputs, term.following.first, months, context.series)
    if isinstance(found, Problem):
        return False if found.rule == "index-missing" and late_index_problem(context, term) else None
    return next_fees(context.inputs, plan, found).rises


def late_index_problem(context: RenewalContext, term: Term) -> Problem | None:
    """Why the index gives no rise, although its figure is not known yet: its month ends after the last day for the notice. None
    if there is still time."""
    month = reference_month(context.inputs, term.following.first)
    if corresponding(month, 1) <= term.rise_notice.day:
        return None
    what = f"the index of {month:%B %Y} is published after the last day for the notice, {term.rise_notice.day}: prices stay"
    hint = "agree on a greater lag, or a shorter notice, by an amendment"
    return Problem("notice-late", what, context.at("fees.increase.lag"), hint, "warning")


def _why_late(
    context: RenewalContext, term: Term, on: date, by: dict[Channel, ExplainedDate], known_on: date | None
) -> str | None:
    """A notice can only announce a rise that was known when it was sent; an index figure is known once it is
    published."""
    deadline, sent = term.rise_notice.day, list(rise_notices(context, term))
    known = [each for each in sent if known_on is None or each.sent >= known_on]
    counted = min((counted_on(context, each) for each in known), default=None)
    if counted and counted <= deadline:
        return None
    if known_on and known_on > deadline:
        early = f" (the notice of {sent[0].sent} could not announce it)" if sent and not known else ""
        return f"the index is published on {known_on}, after the last day for the notice, {deadline}{early}"
    if counted:
        return f"the notice of the rise took effect on {counted}, after {deadline}: prices stay in the next term"
    if on <= max(each.day for each in by.values()):
        return None
    if sent:
        return (
            f"the notice of the rise was sent on {sent[0].sent}, before its index was published on {known_on}: "
            "prices stay in the next term"
        )
    return f"no notice of the rise is recorded, and it had to take effect by {deadline}: prices stay in the next term"
