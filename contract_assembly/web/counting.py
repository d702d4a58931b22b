"""The figures of the portfolio for one client: each agreement with its status, fee, deadlines and hours, and the sums that add up
over the firm. Every figure is what the commands `status`, `revenue`, `renew` and `block balance` compute."""

from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from contract_assembly.actions.agreement_list import ListedAgreement, listed
from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.revenue import Revenue, of_pairs
from contract_assembly.billing.revenue_lines import by_currency, lines_on, yearly_by_currency
from contract_assembly.billing.running import Running
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.forecast import pace
from contract_assembly.blocks.loader import book_of
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors, in_order
from contract_assembly.core.values import DateRange, Money
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.parties import Client
from contract_assembly.facts.service_record import Service
from contract_assembly.renewals.duties.upcoming import renewals
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.models import attempt
from contract_assembly.web.figures import AgreementFigures, BetterPlan, ClientFigures, HoursLeft, Stake

SOON = timedelta(days=90)  # how far ahead a renewal that is blocked is shown


def figures_of(repository: Repository, client: str, on: date) -> ClientFigures:
    """The figures of a client's folder on a day; its problems where it cannot be read."""
    try:
        names = repository.agreements(client)
    except RefusedError as error:
        if not repository.source.exists(f"{folder_of(client)}/client.yaml"):
            return ClientFigures(client, client)  # no client's folder; `check` reports what is lost
        return ClientFigures(client, client, problems=error.problems)
    pairs = [(client, each) for each in names]
    money = of_pairs(repository, pairs, on)
    ahead, unplanned = renewals(repository, pairs, DateRange(on, on + SOON))
    problems = [*money.problems, *unplanned]
    about = attempt(problems, lambda: repository.load(Client, f"{folder_of(client)}/client.yaml"))
    called = about.model.party.short if about else client
    blocked = {each.name: errors(each.problems) for each in ahead if each.state == "blocked"}
    found = []
    for (_, name), row in listed(repository, pairs, on):
        each = AgreementFigures(client, called, name, blocked=blocked.get(name, ()))
        if isinstance(row, RefusedError):
            problems += row.problems
        else:
            each = _with_money(_with_facts(repository, each, row, on, problems), money)
        found.append(each)
    wrong = errors(in_order(problems))  # of all: an agreement may lack a figure because of the one that renews it
    return ClientFigures(
        client=client,
        name=called,
        agreements=tuple(replace(each, problems=wrong) for each in found),
        plans=_by_plan(money),
        months=tuple(
            (day, Money(each.monthly, currency))
            for day, sums in money.months.items()
            for currency, each in sorted(sums.items())
        ),
        contracted=tuple(each.amount for each in money.contracted),
        charged=tuple((kind, Money(amount, currency)) for (currency, kind), amount in sorted(money.billed.items())),
        problems=wrong,
    )


def _with_facts(
    repository: Repository, basis: AgreementFigures, row: ListedAgreement, on: date, problems: list[Problem]
) -> AgreementFigures:
    """What the facts of an agreement say: its plan and status, its open points, its hours, its last review. What is wrong with
    them is added to the problems."""
    agreed = repository.agreed(row.client, row.agreement).model
    support = isinstance(agreed, Agreement)
    return replace(
        basis,
        kind=row.kind,
        plan=agreed.plan if isinstance(agreed, Agreement) else "",
        status=row.status,
        next=row.next,
        letters=row.drafts,
        open=len(agreed.open),
        hours=None if support or row.status == "draft" else attempt(problems, lambda: _hours(repository, row, on)),
        reviewed=attempt(problems, lambda: _reviewed(repository, row, on)) if support else None,
        waiting=attempt(problems, lambda: _when_signed(repository, row)) if support and row.status == "draft" else None,
    )


def _hours(repository: Repository, row: ListedAgreement, on: date) -> HoursLeft | None:
    book = book_of(repository, row.client, row.agreement)
    now = state(book, on)
    if not now.blocks:
        return None  # nothing is paid yet
    return HoursLeft(now.balance, pace(book, on, now).runs_out if now.balance else None, now.expiry)


def _reviewed(repository: Repository, row: ListedAgreement, on: date) -> date | None:
    path = f"{folder_of(row.client, row.agreement)}/service.yaml"
    if not repository.source.exists(path) or "\nreviews:" not in repository.text(path):
        return None
    held = repository.load(Service, path).model.reviews
    return max((each.on for each in held if each.on <= on), default=None)


def _when_signed(repository: Repository, row: ListedAgreement) -> Money | None:
    """The monthly fee of a draft on its first day."""
    running = Accounts(repository).one(row.client, row.agreement)
    lines = lines_on(running, running.first) if isinstance(running, Running) else ()
    return next(iter(_money(by_currency(lines))), None)


def _with_money(basis: AgreementFigures, money: Revenue) -> AgreementFigures:
    """What `revenue` says of an agreement."""
    name = basis.agreement
    lines = _money(by_currency(each for each in money.lines if each.agreement == name))
    waiting = _money(by_currency(each for each in money.waiting if each.agreement == name))
    ahead = next((each for each in money.ahead if each.agreement == name), None)
    better = next((each for each in money.better if each.agreement == name), None)
    return replace(
        basis,
        monthly=next(iter(lines), None),
        waiting=next(iter(waiting), basis.waiting),
        renewal=Stake(ahead.last, ahead.decide_by, ahead.monthly) if ahead else None,
        better=BetterPlan(better.plan, better.fee, better.cost) if better else None,
    )


def _by_plan(money: Revenue) -> tuple[tuple[str, Money, Money], ...]:
    found = []
    for plan in sorted({each.plan for each in money.lines}):
        lines = [each for each in money.lines if each.plan == plan]
        years = yearly_by_currency(lines)
        found += [(plan, each, Money(years[each.currency], each.currency)) for each in _money(by_currency(lines))]
    return tuple(found)


def _money(sums: dict[str, Decimal]) -> tuple[Money, ...]:
    return tuple(Money(amount, currency) for currency, amount in sums.items())
