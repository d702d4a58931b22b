"""Checks between the files of one agreement, each of which is well-formed. Pure; tables of checks."""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Duration, Money
from contract_assembly.facts.agreed_lines import counts, in_currency
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.block_figures import block_figures
from contract_assembly.facts.business_days import average_minutes, closed_days
from contract_assembly.facts.catalogue import Calendar, Price
from contract_assembly.facts.fields import Located
from contract_assembly.facts.term_dates import days_in_force, decision_day, initial_term, terms, whole_months
from contract_assembly.rules.facts import calendar_checks, fee_rules, people, plan_checks, register_checks, renewal
from contract_assembly.rules.facts.amounts import amounts_of


def problems(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    """Problems between the files: unknown people and lines, mixed currencies, terms that cannot be counted."""
    for check in COMMON:
        yield from check(inputs)
    if isinstance(inputs, Inputs):
        for of_support in CHECKS:
            yield from of_support(inputs)
    elif isinstance(inputs, BlockInputs):
        for of_block in BLOCK_CHECKS:
            yield from of_block(inputs)


def checked(inputs: AnyInputs[Any]) -> tuple[Problem, ...]:
    """The warnings between the files. Raises RefusedError with every problem between them if one is an error."""
    found = tuple(problems(inputs))
    if errors(found):
        raise RefusedError(found)
    return found


def of_final(warnings: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The warnings between the files, where those that no final version may have are errors: a draft may still be completed."""
    return tuple(replace(each, level="error") if each.rule in NEVER_FINAL else each for each in warnings)


def _one_currency(inputs: Inputs) -> Iterator[Problem]:
    agreement = inputs.agreement.model
    limit = ("contacts.client.approval_limit", agreement.contacts.client.approval_limit)
    for path, money in (*amounts_of(agreement.fees, "fees"), limit):
        if money.currency != agreement.currency:
            what = f"{path} is in {money.currency}, the agreement in {agreement.currency}"
            yield Problem("mixed-currencies", what, inputs.agreement.at(path), "use one currency in an agreement")


def _prices_are_known(inputs: Inputs) -> Iterator[Problem]:
    agreement, plan = inputs.agreement.model, inputs.plan.model
    lines = {line.id: line for line in plan.prices}
    own = {each.line for each in agreement.fees.prices}
    for position, each in enumerate(agreement.fees.prices):
        if each.line not in lines:
            origin = inputs.agreement.at(f"fees.prices.{position}.line")
            yield Problem(
                "unknown-price", f"{each.line} is not a line of plan {plan.id}", origin, did_you_mean(each.line, lines)
            )
    covered = counts(agreement)
    for position, line in enumerate(plan.prices):
        if covered.get(line.per) and line.id not in own and not in_currency(line.price, agreement.currency):
            hint = f"add a price to {inputs.plan.at(f'prices.{position}')}, or one of this agreement's own"
            yield Problem(
                "no-price", f"{line.id} has no price in {agreement.currency}", inputs.agreement.at("currency"), hint
            )
    yield from _unpriced(inputs, plan.prices, covered)


def _unpriced(inputs: Inputs, prices: tuple[Price, ...], covered: Mapping[str, int]) -> Iterator[Problem]:
    if not any(covered.get(line.per) for line in prices):
        yield Problem(
            "no-price", "nothing that is covered has a price", inputs.agreement.at("coverage"), "see the plan's prices"
        )


def _rates_are_known(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    currency = inputs.agreement.model.currency
    for position, role in enumerate(inputs.rates.model.roles):
        if not in_currency(role.rate, currency):
            origin = inputs.rates.at(f"roles.{position}.rate")
            yield Problem(
                "no-price", f"{role.role} has no rate in {currency}", origin, f"add one, like 125.00 {currency}"
            )


def _parties_differ(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    if inputs.provider.model.party.name == inputs.client.model.party.name:
        yield Problem(
            "same-party", "the client has the provider's name", inputs.client.at("party.name"), "name the client"
        )


def _periods_can_be_counted(inputs: Inputs) -> Iterator[Problem]:
    """Each step depends on those before it, so only the first that fails is reported."""
    agreement, calendar, at = inputs.agreement.model, inputs.calendar.model, inputs.agreement.at
    months, days = "write months or years, like 12 months", "write days, weeks, or months, like 60 days or 3 months"
    chosen = f"{months}; for an end of your choice, write last_day: and a day in place of length"
    ends = "term.length" if agreement.term.length else "term.last_day"
    steps: tuple[tuple[str, Origin, Callable[[], object], str], ...] = (
        (ends, at(ends), lambda: agreement.term.length and whole_months(agreement.term.length), chosen),
        ("term.renewal_length", at("term.renewal_length"), lambda: whole_months(agreement.term.renewal_length), months),
        (ends, at(ends), lambda: terms(agreement.term), "write a last day after the first"),
        ("term", at("term.first_day"), lambda: initial_term(agreement), "bring the days nearer"),
        (
            "holidays",
            inputs.calendar.at("holidays"),
            lambda: closed_days(calendar, initial_term(agreement)),
            f"name a country that keeps them, or bring the days at {at('term.first_day')} nearer",
        ),
        ("term.notice_to", at("term.notice_to"), lambda: _to_month_end(agreement), "write months, or remove notice_to"),
        ("term.notice", at("term.notice"), lambda: decision_day(agreement, calendar), days),
        ("term.notice", at("term.notice"), lambda: _declinable(agreement, calendar), "shorten it or lengthen the term"),
    )
    found = ((name, origin, _not_countable(count), hint) for name, origin, count, hint in steps)
    first = next((each for each in found if each[2]), None)
    if first:
        name, origin, wrong, hint = first
        yield Problem("period", f"{name}: {wrong}", origin, hint)


def _to_month_end(agreement: Agreement) -> None:
    agreed = agreement.term
    if agreed.notice_to == "month-end" and agreed.renewal != "automatic":
        raise ValueError("it needs an automatic renewal; without one there is nothing to decline")
    if agreed.notice_to == "month-end" and agreed.notice.unit not in {"month", "quarter", "year"}:
        raise ValueError("a notice to the end of a month is counted in months")


def _not_countable(count: Callable[[], object]) -> str | None:
    try:
        count()
    except (ValueError, OverflowError) as error:
        return str(error)
    return None


def _declinable(agreement: Agreement, calendar: Calendar) -> None:
    if decision_day(agreement, calendar) <= agreement.term.first_day:
        raise ValueError("the last day to decline the renewal comes before the term starts")


def _names_are_unique(inputs: Inputs) -> Iterator[Problem]:
    """Entries that are looked up by name are unique; users and sites have counts of their own, so they are not assets."""
    coverage = {"user": inputs.agreement.at("coverage.users"), "site": inputs.agreement.at("coverage.sites")}
    lists: tuple[tuple[Located[Any], str, str, Mapping[str, Origin]], ...] = (
        (inputs.agreement, "coverage.assets", "kind", coverage),
        (inputs.agreement, "fees.prices", "line", {}),
        (inputs.agreement, "fees.invoice_addresses", "id", {}),
        (inputs.rates, "add_ons", "id", {}),
        (inputs.client, "people", "id", {}),
        (inputs.provider, "people", "id", {}),
        (inputs.plan, "prices", "id", {}),
        (inputs.plan, "service_levels.priorities", "id", {}),
    )
    for file, path, name, before in lists:
        values = [getattr(each, name) for each in attrgetter(path)(file.model)]
        if len({*before, *values}) == len(before) + len(values):
            continue  # as in nearly every file: there is nothing to locate
        seen = dict(before)
        for position, value in enumerate(values):
            origin = file.at(f"{path}.{position}.{name}")
            if value in seen:
                what = f"{path}: {value} is here a second time; first at {seen[value]}"
                yield Problem("doubled-fact", what, origin, "keep one of them")
            seen.setdefault(value, origin)


def _block_figures_follow(inputs: BlockInputs) -> Iterator[Problem]:
    """The role has a rate, the block undercuts it, the periods can be counted and the currency is one."""
    agreed, at = inputs.agreement.model, inputs.agreement.at
    block = agreed.block
    if block.rate.currency != agreed.currency:
        what = f"block.rate is in {block.rate.currency}, the agreement in {agreed.currency}"
        yield Problem("mixed-currencies", what, at("block.rate"), "use one currency in an agreement")
    for path, found, hint in (
        (
            "block.valid",
            _not_countable(lambda: block.valid and whole_months(block.valid)),
            "write months or years, like 12 months",
        ),
        ("block.first_day", _not_countable(lambda: days_in_force(inputs)), "bring the days nearer"),
        ("block.role", _not_countable(lambda: block_figures(inputs)), f"see roles in {inputs.rates.at().path}"),
        ("block.hours", None if block.hours else "a block has at least one hour", "write how many, like 20"),
        ("block.statement_day", None if 1 <= block.statement_day <= 28 else "not every month has it", "write 1 to 28"),
    ):
        if found:
            yield Problem("block", f"{path}: {found}", at(path), hint)
            return
    if agreed.origin == "here" and block_figures(inputs).saving.amount <= 0:
        what = f"the block costs {block.rate.amount} an hour, which is not below the rate card"
        yield Problem("no-discount", what, at("block.rate"), "a block is sold below the rate card")


def _amounts_are_not_below_zero(inputs: Inputs) -> Iterator[Problem]:
    agreement, plan = inputs.agreement.model, inputs.plan.model
    amounts: list[tuple[Located[Any], str, Money]] = [
        (inputs.agreement, path, money)
        for path, money in amounts_of(agreement.fees, "fees")
        if not path.startswith("fees.steps.")  # a price may fall
    ]
    amounts += [
        (inputs.plan, f"prices.{n}.price.{m}", price)
        for n, line in enumerate(plan.prices)
        for m, price in enumerate(line.price)
        if price.amount < 0
    ]
    for file, path, money in amounts:
        if money.amount < 0:
            yield Problem("below-zero", f"{path}: {money.amount} is below zero", file.at(path), "write what is charged")


def _rates_are_above_zero(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    rates = [
        (f"roles.{n}.rate.{m}", rate)
        for n, role in enumerate(inputs.rates.model.roles)
        for m, rate in enumerate(role.rate)
        if rate.amount <= 0
    ]
    limit = inputs.agreement.model.contacts.client.approval_limit
    found = [(inputs.rates, path, rate) for path, rate in rates]
    for file, path, money in (*found, (inputs.agreement, "contacts.client.approval_limit", limit)):
        if money.amount <= 0:
            yield Problem("below-zero", f"{path}: {money.amount} is not above zero", file.at(path), "write an amount")


def _rises_are_announced_in_time(inputs: Inputs) -> Iterator[Problem]:
    """Who learns of a rise after the Decision Day can no longer decline because of it. On other
    paper, its own words say when a rise is announced."""
    agreement, calendar = inputs.agreement.model, inputs.calendar.model
    if (
        agreement.origin == "elsewhere"
        or agreement.term.renewal != "automatic"
        or _not_countable(lambda: _declinable(agreement, calendar))
    ):
        return
    left = (initial_term(agreement).last - decision_day(agreement, calendar)).days + 1
    if average_minutes(agreement.fees.increase_notice, calendar) < average_minutes(Duration(left, "day"), calendar):
        what = f"fees.increase_notice: a rise may be announced after the last day to decline, {left} days before the renewal"
        hint = f"write at least {left} days"
        yield Problem("late-announcement", what, inputs.agreement.at("fees.increase_notice"), hint, "warning")


NEVER_FINAL = {"backup-charged"}  # a contract that charges for a backup, and says that there is none
COMMON = (
    *people.COMMON,
    *calendar_checks.COMMON,
    *register_checks.COMMON,
    _rates_are_known,
    _rates_are_above_zero,
    _parties_differ,
)
CHECKS = (
    *people.CHECKS,
    *plan_checks.CHECKS,
    *register_checks.CHECKS,
    *renewal.CHECKS,
    *fee_rules.CHECKS,
    _names_are_unique,
    _one_currency,
    _prices_are_known,
    _amounts_are_not_below_zero,
    _periods_can_be_counted,
    _rises_are_announced_in_time,
)
BLOCK_CHECKS = (*register_checks.BLOCK_CHECKS, _block_figures_follow)
