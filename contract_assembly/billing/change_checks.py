"""What may not be in `changes.yaml`: days, values and people that the contract does not allow. Pure; a table of checks.

Source: clauses changes, contacts-authority and general (amendments)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from contract_assembly.billing.running import Running
from contract_assembly.billing.states import State, Step, states, steps
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean, joined
from contract_assembly.core.values import Duration, Money, last_day, next_month
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import COUNTED, Change
from contract_assembly.facts.fees import regular_total
from contract_assembly.facts.in_force import ENDED, UnknownSubjectError, read_value, value_of, with_value
from contract_assembly.facts.term_dates import terms

_DAY = timedelta(days=1)
BY_REQUEST = ("request", "count")


class _Case(Struct, frozen=True):
    """A change that stands, its position in the file, the step that it makes, and all steps of its contract."""

    running: Running
    n: int
    change: Change
    step: Step
    steps: tuple[Step, ...]

    def problem(self, rule: str, what: str, key: str, hint: str) -> Problem:
        return Problem(rule, what, self.running.changes.at(f"changes.{self.n}.{key}"), hint)


def problems(running: Running) -> Iterator[Problem]:
    """Every problem of the changes of a contract, each at its line. A change on a day on which the contract does not run is not
    carried out, so that it does not put others in the wrong."""
    standing, listed = running.standing, running.changes.model.changes
    found = tuple(steps(running.versions, (each for each in standing if _runs_on(running, each.on))))
    others = (step for step in steps(running.versions, standing) if not _runs_on(running, step.on))
    yield from _reversals(running)
    for step in sorted((*found, *others), key=lambda each: each.on):
        if step.change is not None:
            n = next(n for n, each in enumerate(listed) if each is step.change)
            case = _Case(running, n, step.change, step, found)
            wrong = [each for check in FIRST for each in check(case)]
            yield from wrong or (each for check in CHECKS for each in check(case))


def _runs_on(running: Running, day: date) -> bool:
    return running.first <= day and (running.last is None or day <= running.last)


def _reversals(running: Running) -> Iterator[Problem]:
    for each in running.standing:
        if each.reverses:
            n = next(n for n, one in enumerate(running.changes.model.changes) if one is each)
            what = f"no entry of {each.on} changes {named(each)} from {each.to} to {each.before}"
            hint = "name the same day as the entry that was wrong, and its two values the other way round"
            yield Problem("nothing-to-reverse", what, running.changes.at(f"changes.{n}.reverses"), hint)


def named(change: Change) -> str:
    """What a change is about, for a message: "users", "price of users"."""
    return f"{change.what} {change.name}" if change.name else str(change.what)


# ---- what makes the other checks pointless


def _on_a_day_of_the_contract(case: _Case) -> Iterator[Problem]:
    on, running = case.change.on, case.running
    if on < running.first:
        what = f"{on} is before the first day of the contract, {running.first}"
        yield case.problem(
            "change-before-term", what, "on", "what applies from the first day belongs in agreement.yaml"
        )
    elif running.last and on > running.last:
        what = f"{on} is after the last day of the contract, {running.last}"
        yield case.problem("change-after-end", what, "on", "write a day until then, or put it into the next agreement")


def _of_something_known(case: _Case) -> Iterator[Problem]:
    if case.change.what in {"site", "line", "quantity", "price"} and not case.change.name:
        what = f"which {case.change.what}?"
        yield case.problem("unknown-subject", what, "what", "add name:, of the site or of the line")
    elif isinstance(case.step.wrong, UnknownSubjectError):
        hint = did_you_mean(case.change.name or "", case.step.wrong.known)
        yield case.problem("unknown-subject", str(case.step.wrong), "name", hint)
    elif case.change.what == "site" and case.change.to == "covered" and not case.change.address:
        yield case.problem(
            "unknown-subject", "a new site needs its address", "what", "add address:, as in the contract"
        )


def _with_values_of_its_kind(case: _Case) -> Iterator[Problem]:
    for key, text in (("from", case.change.before), ("to", case.change.to)):
        if text.startswith("-"):
            yield case.problem("below-zero", f"{key}: {text} is below zero", key, "write how many there are, like 34")
            continue
        try:
            value = read_value(case.change, text)
        except ValueError as error:
            yield case.problem("ill-typed", f"{key}: {error}", key, "see docs/billing.md for what each change is")
            continue
        if isinstance(value, Money) and value.currency != case.running.currency:
            what = f"{key} is in {value.currency}, the agreement in {case.running.currency}"
            yield case.problem("mixed-currencies", what, key, "use one currency in an agreement")


def _once_a_day(case: _Case) -> Iterator[Problem]:
    for other in case.steps:
        if other.on != case.change.on or other is case.step:
            continue
        if other.change and other.change.subject == case.change.subject:
            listed = case.running.changes.model.changes
            m = next(n for n, each in enumerate(listed) if each is other.change)
            if m < case.n:
                first = case.running.changes.at(f"changes.{m}")
                what = f"{named(case.change)} changes twice on {case.change.on}; first at {first}"
                hint = "keep one entry, or reverse the first one: reverses: yes"
                yield case.problem("doubled-change", what, "on", hint)
        elif case.change.subject in other.altered and case.change.how in BY_REQUEST and other.version:
            what = f"{other.version.document} changes {named(case.change)} on {case.change.on}, too"
            yield case.problem("doubled-change", what, "on", "remove this entry: what was signed applies")


# ---- the state and the people


def _from_the_state_of_the_day(case: _Case) -> Iterator[Problem]:
    found, stated = value_of(case.step.before, case.change), read_value(case.change, case.change.before)
    if found == ENDED:
        what = f"{case.change.name} has ended before {case.change.on}"
        yield case.problem("change-of-ended-line", what, "on", "an amendment can add it again")
    elif found != stated:
        what = f"from: {case.change.before}, but on {case.change.on} it is {value_text(found)}"
        hint = f"write from: {value_text(found)}; reverse an entry that already existed, and enter it again"
        yield case.problem("change-from", what, "from", hint)
    elif _ended_class(case):
        what = f"every line that counts {case.change.what} has ended before {case.change.on}"
        yield case.problem("change-of-ended-line", what, "on", "an amendment can add it again")


def _ended_class(case: _Case) -> bool:
    """Whether a class was priced when the contract began, and no longer is."""
    if case.change.what not in COUNTED:
        return False
    kind = "user" if case.change.what == "users" else case.change.what
    priced = {each.per for each in case.running.versions[0].inputs.plan.model.prices}
    return kind in priced and kind not in {each.per for each in case.step.before.plan.model.prices}


def value_text(value: object) -> str:
    """A value as it is written in the file."""
    return f"{value.amount:f} {value.currency}" if isinstance(value, Money) else str(value)


def _asked_by_someone_who_may(case: _Case) -> Iterator[Problem]:
    agreement = case.step.before.agreement.model
    people = {each.id: each for each in case.running.inputs.client.model.people}
    pair = agreement.contacts.client
    may = tuple(dict.fromkeys(each for each in (pair.primary, pair.deputy, agreement.signatories.client) if each))
    asked_by = case.change.asked_by
    if asked_by not in people:
        what = f"asked_by: {asked_by} is not one of the client's people"
        yield case.problem("unknown-person", what, "asked_by", did_you_mean(asked_by, people))
    elif asked_by not in may:
        what = f"{people[asked_by].name} may not change counts: only the contact, the deputy and the signatory may"
        hint = f"clause contacts-authority: ask {joined((people[each].name for each in may if each in people), 'or')}"
        yield case.problem("may-not-ask", what, "asked_by", hint)
    elif (until := people[asked_by].until) and until < case.change.asked:
        what = f"{people[asked_by].name} left on {until}, before the day of the request"
        yield case.problem("person-left", what, "asked_by", "name the successor")


def _approved_by_someone_known(case: _Case) -> Iterator[Problem]:
    inputs, approved = case.running.inputs, case.change.approved_by
    known = [each.id for each in (*inputs.provider.model.people, *inputs.client.model.people)]
    if approved and approved not in known:
        what = f"unknown person: {approved}"
        yield case.problem("unknown-person", what, "approved_by", did_you_mean(approved, known))


# ---- what needs no amendment


def _in_a_way_that_the_contract_allows(case: _Case) -> Iterator[Problem]:
    how, what = case.change.how, case.change.what
    if how in BY_REQUEST:
        if what not in COUNTED:
            words = f"a {what} is not changed by a request: only Users and Covered Assets are"
            hint = "clause changes: make an amendment (build.py amend), then write how: amendment-1"
            yield case.problem("needs-amendment", words, "how", hint)
        return
    signed = {each.document: each.first for each in case.running.versions[1:]}
    if how not in signed:
        hint = f"write request, count, or a signed amendment: {joined(signed, 'or') or 'there is none'}"
        yield case.problem("unknown-amendment", f"how: there is no signed {how}", "how", hint)
    elif signed[how] != case.change.on:
        words = f"{how} takes effect on {signed[how]}, not on {case.change.on}"
        yield case.problem("change-of-amendment", words, "on", f"write on: {signed[how]}")


def _at_its_time(case: _Case) -> Iterator[Problem]:
    """No back-billing: an addition counts from its request, a removal after notice, a correction from the next month."""
    change = case.change
    if change.how not in BY_REQUEST or change.what not in COUNTED:
        return
    if change.how == "count":
        if change.on.day != 1 or change.on <= change.asked:
            what = "a correction of counts changes the fee only from the first day of a later month"
            hint = f"clause changes: write on: {next_month(change.asked)}, or later"
            yield case.problem("change-too-early", what, "on", hint)
    elif _is_removal(change):
        earliest = first_day_of_removal(case.running, change.asked)
        if change.on < earliest:
            notice = case.running.limits.removal
            what = f"a removal takes effect {notice.count} {notice.unit}s after the request of {change.asked}"
            yield case.problem("change-too-early", what, "on", f"clause changes: write on: {earliest}, or later")
    elif change.on < change.asked:
        what = f"an addition is charged from {change.asked}, the day of the request, at the earliest"
        hint = "clause changes: nothing is billed backwards; write the day on which its support starts"
        yield case.problem("change-too-early", what, "on", hint)


def first_day_of_removal(running: Running, asked: date) -> date:
    """The first day on which a removal takes effect: so long after the request, which itself is not counted."""
    return after(asked, running.limits.removal)


def after(day: date, period: Duration) -> date:
    """The last day of a period after an event. Raises ValueError for hours and Business Days."""
    factor = {"day": 1, "week": 7}.get(period.unit)
    return day + timedelta(days=factor * period.count) if factor else last_day(day + _DAY, period.months)


def _is_removal(change: Change) -> bool:
    return bool(read_value(change, change.to) < read_value(change, change.before))


def _not_below_the_floor(case: _Case) -> Iterator[Problem]:
    change = case.change
    if change.how not in BY_REQUEST or change.what not in COUNTED or not _is_removal(change):
        return
    least = floor(case.running, case.change.on)
    if (new := regular_total(case.step.after, change.on)).amount < least.amount:
        share = case.running.limits.floor.value
        what = (
            f"the fee would be {new.amount} {new.currency} a month, below {least.amount}, {share} % of the first day's"
        )
        fewest = fewest_allowed(case.step.before, change, least)
        way = "correction" if change.how == "count" else "request"
        hint = f"clause changes: by a {way}, not below {fewest}; fewer need an amendment (build.py amend)"
        yield case.problem("below-floor", what, "to", hint)


def floor(running: Running, day: date) -> Money:
    """The amount below which removals do not reduce the fee on a day: a share of the fee on the first day of its term."""
    found = terms(running.versions[0].inputs.agreement.model.term)
    first = found.days(found.number_on(day) or 0).first
    at_first: State = states(running, first)[-1]
    least: Money = running.limits.floor.of(regular_total(at_first.inputs, first))
    return least.rounded()


def fewest_allowed(inputs: Inputs, change: Change, least: Money) -> int:
    """The lowest count that keeps the fee at or above an amount."""
    count = int(read_value(change, change.before))
    while count and regular_total(with_value(inputs, change, count - 1), change.on).amount >= least.amount:
        count -= 1
    return count


FIRST: tuple[Callable[[_Case], Iterator[Problem]], ...] = (
    _on_a_day_of_the_contract,
    _of_something_known,
    _with_values_of_its_kind,
)
CHECKS: tuple[Callable[[_Case], Iterator[Problem]], ...] = (
    _once_a_day,
    _from_the_state_of_the_day,
    _asked_by_someone_who_may,
    _approved_by_someone_known,
    _in_a_way_that_the_contract_allows,
    _at_its_time,
    _not_below_the_floor,
)
