"""One agreement as its page shows it: everything that is known of it as of a day, as frozen data. Each part is worked out on its
own, so that what is wrong with one does not hide the others. Reads through the repository and git, and writes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.forecast import pace
from contract_assembly.blocks.ledger import LEDGER
from contract_assembly.blocks.loader import book_of
from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.build.deviations import Deviation, deviations
from contract_assembly.compare.figures import label, worded
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.core.values import DateRange, hours
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.template_context import template_context
from contract_assembly.facts.template_values import Record, leaves
from contract_assembly.renewals.duties.duty import Duty
from contract_assembly.renewals.duties.upcoming import upcoming
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import GONE_OUT
from contract_assembly.web.agreement.fact_rows import FactGroup, fact_groups, people_of
from contract_assembly.web.agreement.figures import charts
from contract_assembly.web.agreement.history import History, history
from contract_assembly.web.agreement.money import FeeRow, MoneyView, fee_rows, money_view
from contract_assembly.web.agreement.standing import (
    AgreementStanding,
    DocumentRow,
    LawRow,
    NextStep,
    RoundRow,
    document_rows,
    law_rows,
    next_step,
    round_rows,
)
from contract_assembly.web.contract.sheet import Markup, chart_markup

T = TypeVar("T")
AHEAD = 400  # days of what comes up: a year, and the month after it
RECENT = 8  # changes of the history on the page
# The figures at the top of the page, of whatever kind an agreement is.
HEADLINE = (
    "fees.monthly", "fees.yearly", "coverage.users", "term.first_day", "term.last_day", "term.decision_day",
    "block.price", "block.hours", "block.rate", "block.first_day", "block.last_day",
)  # fmt: skip


class Figure(Struct, frozen=True):
    """A figure at the top of the page, with the place that it comes from."""

    name: str
    value: str
    origin: Origin


class AgreementView(Struct, frozen=True):
    """Everything about one agreement. What cannot be worked out is empty, and `problems` say why. `figures` and `fees` of a
    signed contract are those in force; `unsigned` are figures of its files that are not signed, as of an amendment in draft."""

    client: str
    agreement: str
    name: str
    title: str
    kind: str
    status: str
    plan: str
    is_elsewhere: bool
    next: NextStep
    figures: tuple[Figure, ...]
    unsigned: tuple[Figure, ...]
    groups: tuple[FactGroup, ...]
    open: tuple[str, ...]
    documents: tuple[DocumentRow, ...]
    history: History
    coming: tuple[Duty, ...]
    fees: tuple[FeeRow, ...]
    money: MoneyView | None
    charts: tuple[Markup, ...]
    laws: tuple[LawRow, ...]
    deviations: tuple[Deviation, ...]
    rounds: tuple[RoundRow, ...]
    problems: tuple[Problem, ...]
    others: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Its folder, relative to the root."""
        return folder_of(self.client, self.agreement)


def agreement_view(repository: Repository, root: Path, client: str, agreement: str, on: date) -> AgreementView:
    """The view of an agreement as of a day. Raises RefusedError if there is none, or its file of facts cannot be read."""
    known = repository.agreements(client)
    inputs_problems: list[Problem] = []
    work = _Work(inputs_problems)
    agreed = repository.agreed(client, agreement)
    inputs = work.part(lambda: repository.inputs(client, agreement), None)
    found = work.part(lambda: assemble_and_assess(repository, client, agreement), None) if inputs else None
    facts = work.part(lambda: found.about.facts if found else template_context(inputs), None) if inputs else None
    running = work.part(lambda: _running(repository, client, agreement), None) if inputs else None
    in_force = work.part(lambda: template_context(facts_on(running, on)), facts) if running else facts
    documents = work.rows(lambda: document_rows(repository, client, agreement))
    rounds = work.rows(lambda: round_rows(repository, client, agreement))
    coming = work.rows(lambda: _coming(repository, client, agreement, on, work))
    case = AgreementStanding(
        repository=repository, client=client, agreement=agreement, on=on, documents=documents, coming=coming
    )
    model = agreed.model
    people = people_of(inputs.client, inputs.provider) if inputs else {}
    return AgreementView(
        client=client,
        agreement=agreement,
        name=inputs.client.model.party.short if inputs else client,
        title=model.title,
        kind=model.kind,
        status=model.status,
        plan=_plan(inputs),
        is_elsewhere=getattr(model, "origin", "here") == "elsewhere",
        next=next_step(case, rounds),
        figures=(*_figures(in_force), *work.rows(lambda: _hours(repository, client, agreement, on))),
        unsigned=work.rows(lambda: _unsigned(running, facts)) if running else (),
        groups=fact_groups(agreed, people),
        open=model.open,
        documents=documents,
        history=work.part(lambda: history(opened(root), client, agreement, most=RECENT), History((), more=False)),
        coming=coming,
        fees=fee_rows(in_force) if in_force else (),
        money=work.part(lambda: money_view(repository, client, agreement, on), None),
        charts=work.rows(lambda: _charts(repository, inputs, folder_of(client, agreement))) if inputs else (),
        laws=law_rows(found) if found else (),
        deviations=work.rows(lambda: deviations(repository, client, agreement)) if found else (),
        rounds=rounds,
        problems=in_order(work.problems),
        others=tuple(each for each in known if each != agreement),
    )


class _Work(Struct):
    """Parts that are worked out one after the other, and the problems of those that could not be."""

    problems: list[Problem]

    def part(self, work: Callable[[], T], otherwise: T) -> T:
        """The result of some work, or something else where it is refused or its days cannot be counted."""
        try:
            return work()
        except RefusedError as error:
            self.problems += error.problems
        except (ValueError, OverflowError) as error:
            self.problems.append(
                Problem("period", str(error), None, "its days must be countable in the calendar that it names")
            )
        return otherwise

    def rows(self, work: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        """The rows that some work finds; none where it is refused."""
        none: tuple[T, ...] = ()
        return self.part(work, none)


def _coming(repository: Repository, client: str, agreement: str, on: date, work: _Work) -> tuple[Duty, ...]:
    found = upcoming(repository, [(client, agreement)], DateRange(on, on + timedelta(days=AHEAD)), firm=False)
    work.problems += found.problems
    return found.duties


def _plan(inputs: AnyInputs[Any] | None) -> str:
    plan = getattr(inputs, "plan", None)
    return str(plan.model.name) if plan else ""


def _figures(facts: Record | None) -> tuple[Figure, ...]:
    found = {each.key: each for each in leaves(facts)} if facts else {}
    known = (found[key] for key in HEADLINE if key in found and found[key].value is not None)
    return tuple(Figure(label(each.key), worded(each.value, str(each.value)), each.origin) for each in known)


def _running(repository: Repository, client: str, agreement: str) -> Running | None:
    """A signed support contract as it runs; None of any other agreement."""
    model = repository.agreed(client, agreement).model
    if model.kind == "time-block" or model.status != "signed":
        return None
    account = Accounts(repository).one(client, agreement)
    return account if isinstance(account, Running) else None


def _unsigned(running: Running, facts: Record | None) -> tuple[Figure, ...]:
    """The figures of the files that differ from what was signed, all amendments included."""
    signed = {each.name: each.value for each in _figures(template_context(running.agreed_on(date.max)))}
    return tuple(each for each in _figures(facts) if signed.get(each.name) != each.value)


def _hours(repository: Repository, client: str, agreement: str, on: date) -> tuple[Figure, ...]:
    """The hours left in a block that has gone out, and the day on which they run out at the present pace."""
    agreed = repository.agreed(client, agreement).model
    if agreed.kind != "time-block" or agreed.status not in GONE_OUT:
        return ()
    book = book_of(repository, client, agreement)
    found = state(book, on)
    at = Origin(f"{folder_of(client, agreement)}/{LEDGER}")
    ends = pace(book, on, found).runs_out if found.balance else None
    left = Figure("Hours left", hours(found.balance), at)
    return (left, Figure("At this pace until", worded(ends, ""), at)) if ends else (left,)


def _charts(repository: Repository, inputs: AnyInputs[Any], folder: str) -> tuple[Markup, ...]:
    path = f"{folder}/service.yaml"
    if not repository.source.has(path):
        return ()
    return tuple(chart_markup(each) for each in charts(repository.load(Service, path), inputs))
