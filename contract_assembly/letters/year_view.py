"""The year in a letter: figures of `service.yaml` with their shares, the promises for that time, and what is known of
the next year. Pure. Unknown figures are left out, and so are figures of a day after the letter."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, product
from typing import Any, Literal

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import NBSP
from contract_assembly.core.values import DateRange, Money, Percent, span, total
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.fields import Located
from contract_assembly.facts.frequency import restore_tests, reviews
from contract_assembly.facts.quarter import PriorityOrAll
from contract_assembly.facts.service_record import Period, Recommendation, Service, Target, figures
from contract_assembly.facts.template_values import Record, Series, View, bare, extended, leaf, view
from contract_assembly.facts.term_dates import periods
from contract_assembly.letters.credit_view import Credits, credit_rows, given_by
from contract_assembly.letters.renewal_case import RenewalCase
from contract_assembly.letters.service_facts import PRIVATE, percent, recommendation, risks
from contract_assembly.renewals.context import RenewalContext

CHARTED = 3  # rows; fewer are just as clear in words
_TARGETS: tuple[Literal["response", "resolution"], ...] = ("response", "resolution")
_ORDER: tuple[PriorityOrAll, ...] = ("all", "P1", "P2", "P3", "P4")


def year_view(case: RenewalCase, credits: Credits) -> Record:  # noqa: A002  # the word of the contract
    """The figures under the key `year`; `known` is whether there are any at all."""
    service, origin = case.context.service, case.context.at("")
    if service is None:
        return extended(leaf({"known": False}, "year", origin))
    model, day = service.model, case.issued.model.date
    main, levels = main_period(service), case.inputs.plan.model.service_levels
    least = levels.small_number
    tables = {
        name: tuple(
            _figure(service, name, n, each=each, main=main, least=least) for n, each in _sorted(getattr(model, name))
        )
        for name in ("tickets", "measures")
    }
    single = {name: _single(service, name, main) for name in ("satisfaction", "alerts_prevented", "patches")}
    events = {name: _events(service, name, day) for name in ("spared", "missed", "changes")}
    known = any(tables.values()) or any(single.values()) or bool(model.targets)
    due = credits.within(DateRange(model.term, day - timedelta(days=1)))
    given = tuple(given_by(model, due, day))
    responses = _targets(service, "response", main, least, levels.threshold)
    by_priority = tuple(each for each in responses if each.entries["rank"])
    charted = sum(each.entries["share"] is not None for each in by_priority) >= CHARTED
    entries = {
        **tables,
        **single,
        **events,
        "known": known,
        "period": leaf({"first": main.first, "last": main.last}, "year.period", service.at()) if main else None,
        "responses": tuple(each for each in responses if not (charted and each.entries["rank"])),
        "by_priority": by_priority,
        "charted": charted,
        "below": any(bare(each.entries["below"]) for each in responses),
        "resolutions": _targets(service, "resolution", main, least),
        "restores": _restores(service, case.context, day, main),
        "reviews": _reviews(service, case.context, day, main),
        "service_credits": credit_rows(service, due, "year.service_credits"),
        "credits": total(given, case.agreed.currency) if given else None,
        "small_number": least,
        "top": 5,  # of a rating (service.py)
        "hours": _single(service, "hours", main),
        "as_block": _as_block(case),
    }
    return extended(leaf({}, "year", service.at()), **entries)


def _as_block(case: RenewalCase) -> dict[str, Any] | None:
    """What the hours worked would have cost as the largest block that they fill, and the fee of that time. None if that
    is not more than the fee, if the time is not whole months, or if the hours or the price of blocks are unknown."""
    service, blocks, currency = case.context.service, case.inputs.blocks, case.agreed.currency
    if service is None or service.model.hours is None or blocks is None:
        return None
    hours = service.model.hours
    rates = [(each.hours, rate) for each in blocks.model.sizes if (rate := in_currency(each.rate, currency))]
    time = span(DateRange(hours.period.first, hours.period.last))
    if not rates or time.days:
        return None
    rate = max((each for each in rates if each[0] <= hours.count), default=min(rates))[1]
    cost, fee = (rate * hours.count).rounded(), monthly_total(case.inputs) * time.months
    return {"rate": rate, "cost": cost, "fee": fee} if cost.amount > fee.amount else None


def problems(case: RenewalCase) -> Iterator[Problem]:
    """Problems with figures that are later than the letter, and with personal data of users."""
    service, day = case.context.service, case.issued.model.date
    for path, each in figures(service) if service else ():
        assert service is not None  # noqa: S101  # there would be no figure
        last = each.period.last if getattr(each, "period", None) else None
        if last and last > day:
            what = f"{path} runs to {last}, and the letter is dated {day}"
            hint = f"date the letter later, at {case.issued.at('date')}, or end the period before it"
            yield Problem("figure-after-letter", what, service.at(path), hint)
        for name in ("what", "effect", "changed"):
            if PRIVATE.search(getattr(each, name, "")):
                what = f"{path}.{name} holds a person's address or number"
                yield Problem(
                    "personal-data", what, service.at(f"{path}.{name}"), "remove it: a letter has no data about users"
                )


def main_period(service: Located[Service]) -> DateRange | None:
    """The period of most figures; if several are equally common, the first of them."""
    found = Counter(
        (each.period.first, each.period.last) for _, each in figures(service) if getattr(each, "period", None)
    )
    return DateRange(*found.most_common(1)[0][0]) if found else None


def _sorted(found: Iterable[Any]) -> list[tuple[int, Any]]:
    """Rows with their places in the file, that for all before single priorities."""
    return sorted(enumerate(found), key=lambda each: _ORDER.index(getattr(each[1], "priority", "all")))


def _figure(service: Located[Service], name: str, n: int, each: Any, main: DateRange | None, least: int) -> View:
    path = f"{name}.{n}" if n < len(getattr(service.model, name)) else "quarters"
    seen = view(each, f"year.{name}.{n}", service.at, path)
    return extended(seen, **_shares(each, least), **_period(each.period, main), rank=_rank(each))


def _single(service: Located[Service], name: str, main: DateRange | None) -> View | None:
    each = getattr(service.model, name)
    return extended(view(each, f"year.{name}", service.at, name), **_period(each.period, main)) if each else None


def _rank(each: Any) -> str | None:
    """The name of a priority; None for all of them."""
    priority = getattr(each, "priority", "all")
    return None if priority == "all" else f"Priority{NBSP}{priority[1:]}"


def _shares(each: Any, least: int) -> dict[str, Percent | None]:
    if not hasattr(each, "numerator"):
        return {}
    before = percent(each.before_numerator, each.before_denominator, least)
    return {"share": percent(each.numerator, each.denominator, least), "before_share": before}


def _period(period: Period, main: DateRange | None) -> dict[str, Any]:
    """Whether the period of a figure differs from that of most, and whether it is one day."""
    own = main is None or (period.first, period.last) != (main.first, main.last)
    return {"own_period": own, "one_day": period.first == period.last}


def _targets(
    service: Located[Service], target: str, main: DateRange | None, least: int, threshold: Percent | None = None
) -> tuple[Record, ...]:
    """Answers or solutions in time; `below` is whether the agreed overall share was missed."""
    found: list[Record] = []
    for n, each in _sorted((*service.model.targets, *_from_quarters(service.model))):
        if each.target == target and each.denominator:
            exact = Decimal(100) * each.numerator / each.denominator
            below = bool(threshold and each.priority == "all" and exact < threshold.value)
            found.append(
                extended(
                    _figure(service, "targets", n, each=each, main=main, least=least), threshold=threshold, below=below
                )
            )
    return tuple(found)


def _from_quarters(model: Service) -> Iterator[Target]:
    """The figures of the year that only the quarters hold, added up: one quarter may be too small to say anything. A priority
    without a figure in a quarter that had Tickets is left out."""
    given = {(each.target, each.priority) for each in model.targets}
    quarters = sorted(model.quarters, key=lambda each: each.number)
    for target, priority in product(_TARGETS, _ORDER):
        rows = [each for quarter in quarters for each in quarter.tickets if each.priority == priority and each.closed]
        pairs = [(getattr(each, f"{target}_met"), getattr(each, f"{target}_of")) for each in rows]
        if (target, priority) in given or not pairs or None in chain.from_iterable(pairs):
            continue
        yield Target(
            target=target,
            priority=priority,
            numerator=sum(met for met, _ in pairs),
            denominator=sum(of for _, of in pairs),
            period=Period(first=quarters[0].period.first, last=quarters[-1].period.last),
            source=quarters[0].source,
        )


def _events(service: Located[Service], name: str, day: date) -> Series:
    """Events up to the day of the letter, the earliest first."""
    found = [(n, each) for n, each in enumerate(getattr(service.model, name)) if each.on <= day]
    items = [view(each, f"year.{name}.{n}", service.at, f"{name}.{n}") for n, each in found]
    order = sorted(range(len(found)), key=lambda n: found[n][1].on)
    return Series(tuple(items[n] for n in order), f"year.{name}", service.at(name))


def _restores(service: Located[Service], context: RenewalContext, day: date, main: DateRange | None) -> View | None:
    """Restore tests: how many were done, passed and promised in the period; the last complete test."""
    done = [each for each in service.model.restore_tests if each.on <= day]
    if not done:
        return None
    promised = restore_tests(context.inputs.plan.model, context.agreed)
    until = main.last if main else day
    due = sum(_due(context, times, until) for times in promised.values())
    last = max(done, key=lambda each: each.on)
    facts = {
        "done": len(done),
        "passed": sum(each.result == "passed" for each in done),
        "promised": due or None,
        "last": {"on": last.on, "what": last.what, "passed": last.result == "passed", "minutes": last.minutes},
    }
    return leaf(facts, "year.restores", service.at("restore_tests"))


def _due(context: RenewalContext, times: int, until: date) -> int:
    """How many were due in the parts of the term that were over on a day."""
    each_part, needed = max(1, 12 // times), max(1, times // 12)
    anchor, service = context.agreed.term.first_day, context.service
    first = service.model.term if service else anchor
    whole = DateRange(first, first + timedelta(days=366))
    return sum(needed for days in periods(anchor, each_part, whole) if days.last <= until)


def _reviews(service: Located[Service], context: RenewalContext, day: date, main: DateRange | None) -> View | None:
    held = [each for each in service.model.reviews if each.on <= day]
    if not held:
        return None
    times, until = reviews(context.inputs.plan.model), main.last if main else day
    counted = {name: _sum(getattr(each, name) for each in held) for name in ("recommended", "accepted", "declined")}
    facts = {"held": len(held), "promised": (_due(context, times, until) if times else None) or None, **counted}
    return leaf(facts, "year.reviews", service.at("reviews"))


def _sum(found: Iterable[int | None]) -> int | None:
    """The sum of the known values; None if there are none."""
    known = [each for each in found if each is not None]
    return sum(known) if known else None


# ---- the next year


def outlook_view(case: RenewalCase) -> Record:
    """The plans for the next year, under the key `outlook`: what was accepted, what we recommend, what was declined and stays
    open, open risks, and licences that end before the next term does."""
    at, service = case.context.at, case.context.service
    ends = case.plan.next_term.last if case.plan.next_term else case.plan.term.last
    licences = tuple(
        view(each, f"outlook.licences.{n}", at, f"licences.{n}")
        for n, each in enumerate(case.agreed.licences)
        if each.last_day and case.issued.model.date < each.last_day <= ends
    )
    planned = {state: tuple(_recommended(case, state)) for state in ("accepted", "proposed", "declined")}
    open_risks = risks(service, case.issued.model.date, "outlook.risks") if service else ()
    return extended(leaf({}, "outlook", at("")), **planned, licences=licences, risks=open_risks)


def _recommended(case: RenewalCase, state: str) -> Iterator[View]:
    service = case.context.service
    if service is None:
        return
    found = [(n, each) for n, each in enumerate(service.model.recommendations) if each.state == state]
    for n, each in sorted(found, key=lambda pair: (pair[1].quarter or 5, pair[0])):
        yield recommendation(service, case.inputs, n, each, f"outlook.{state}.{n}")


def chosen(case: RenewalCase, ids: Iterable[str]) -> tuple[Recommendation, ...]:
    """Recommendations by id, those that are known."""
    known = {each.id: each for each in case.context.service.model.recommendations} if case.context.service else {}
    return tuple(known[each] for each in ids if each in known)


def added(found: Iterable[Recommendation], currency: str) -> tuple[Money, Money]:
    """What recommendations cost a month, and once."""
    found = tuple(found)
    return tuple(  # type: ignore[return-value]  # two of them
        total((getattr(each, name) for each in found if getattr(each, name)), currency) for name in ("monthly", "price")
    )
