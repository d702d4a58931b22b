"""One renewal for its letters: its plan on the day of the letter, what follows it, and the files that were read. Reads
through `portfolio`; all decisions are in the plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.changes import CHANGES
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.renewal_terms import Renewal
from contract_assembly.facts.template_values import Record
from contract_assembly.letters.promises_view import read_clauses, record
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.next_prices import NextFees
from contract_assembly.renewals.notice_windows import Window
from contract_assembly.renewals.plan import NOT_SIGNED, OPEN, RenewalPlan, fees_after, renewal_after
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.renewals.term import Term
from contract_assembly.repository.inputs import Repository

# Problems that block the renewal but not the draft of a letter. Before it is sent, the agreement must be signed.
_ONLY_WARNED = frozenset({NOT_SIGNED, "notice-missed"})


class RenewalCase(Struct, frozen=True):
    """An agreement, its term on the day of the letter, the plan of its renewal, and the files from which they were
    read."""

    issued: Located[Any]
    context: RenewalContext
    term: Term
    plan: RenewalPlan
    sources: tuple[str, ...]

    @property
    def inputs(self) -> Inputs:
        """The files of the agreement that ends."""
        return self.context.inputs

    @property
    def agreed(self) -> Agreement:
        """What was agreed for the term that ends."""
        return self.inputs.agreement.model

    @property
    def needs_signature(self) -> bool:
        """Whether the next term takes effect only if both sign, because nothing renews automatically or a notice
        required by law was missed."""
        found = self.plan.problems if self.agreed.origin == "elsewhere" else errors(self.plan.problems)
        return not self.term.automatic or any(each.rule == "notice-missed" for each in found)

    def warnings(self) -> tuple[Problem, ...]:
        """The problems of the plan that do not stop the letter."""
        return tuple(
            each if each.level == "warning" else replace(each, level="warning")
            for each in self.plan.problems
            if each.level == "warning" or (each.rule in _ONLY_WARNED and each.rule != NOT_SIGNED)
        )

    def meaning(self, **meant: Any) -> RenewalPlan:
        """The plan with other intentions for the next term: fields that override those under `renewal:`."""
        return renewal_after(self._meaning(meant), self.term, self.issued.model.date)

    def fees_meaning(self, **meant: Any) -> NextFees | None:
        """The price in that plan."""
        return fees_after(self._meaning(meant), self.term, self.issued.model.date)

    def _meaning(self, meant: Mapping[str, Any]) -> RenewalContext:
        now = self.agreed.renewal or Renewal()
        agreed = self.agreed.model_copy(update={"renewal": now.model_copy(update=meant)})
        inputs = replace(self.inputs, agreement=replace(self.inputs.agreement, model=agreed))
        return replace(self.context, inputs=inputs)


def case_of(repository: Repository, inputs: AnyInputs[Any], issued: Located[Any]) -> RenewalCase:
    """Read what a letter of a renewal needs. Raises RefusedError for a block, for a renewal that is already settled,
    and with every problem that blocks the renewal on the day of the letter."""
    day = issued.model.date
    context = context_of(repository, inputs, issued).as_of(day)
    term = context.term(context.number_on(day))
    plan = renewal_after(context, term, day)
    sources = (*_sources(context, plan), *read_clauses(repository, context))
    if plan.state not in OPEN:
        hint = "remove this document, or leave what was sent as it is"
        raise RefusedError([replace(each, level="error", hint=hint) for each in plan.problems])
    if stopping := tuple(_stopping(plan, issued)):
        raise RefusedError(stopping)
    case = RenewalCase(issued, context, term, plan, sources)
    return replace(case, sources=(*sources, *_followed(repository, case)))


def context_of(repository: Repository, inputs: AnyInputs[Any], issued: Located[Any]) -> RenewalContext:
    """The agreement of a letter, without what follows it. Raises RefusedError for a time block."""
    _, client, agreement, *_ = issued.at().path.split("/")
    if not isinstance(inputs, Inputs):
        hint = "offer another block, or a support contract"
        raise RefusedError([Problem("time-block", "a time block does not renew", issued.at("document"), hint)])
    found = Portfolio(repository).context(client, agreement)
    assert isinstance(found, RenewalContext)  # noqa: S101  # the inputs say so
    return replace(found, successor=None)


def _stopping(plan: RenewalPlan, issued: Located[Issued]) -> Iterator[Problem]:
    for each in errors(plan.problems):
        if each.rule not in _ONLY_WARNED or (each.rule == NOT_SIGNED and issued.model.status == "sent"):
            yield each


def _sources(context: RenewalContext, plan: RenewalPlan) -> tuple[str, ...]:
    """The files other than those of the agreement: figures of the year, changes, the price index, the plan that is meant for the
    next term, and the next term itself, listed even where they do not exist. The record is not one: builds write it."""
    agreed, folder = context.agreed, folder_of(context.client)
    found = [f"provider/plans/{agreed.renewal.plan}.yaml"] if agreed.renewal and agreed.renewal.plan else []
    found += [context.series.path] if context.series else []
    follows = [f"{folder}/{plan.next_name}/agreement.yaml"] if plan.next_name else []
    own = (f"{folder}/{context.name}/{each}" for each in ("service.yaml", CHANGES))
    return (*found, *own, *follows)


def _followed(repository: Repository, case: RenewalCase) -> tuple[str, ...]:
    """The file of the next term, if it already exists. Raises RefusedError if its price is not the announced one."""
    for name in repository.agreements(case.context.client):
        following = repository.agreed(case.context.client, name)
        if getattr(following.model, "renews", None) != case.context.name:
            continue
        theirs = repository.inputs(case.context.client, name)
        assert isinstance(theirs, Inputs)  # noqa: S101  # only a support contract has `renews`
        price = monthly_total(theirs)
        if case.plan.fees and price != case.plan.fees.new:
            raise RefusedError([_other_price(case, price, following.at("fees"))])
        return tuple(each for each in theirs.paths() if each.endswith(f"/{name}/agreement.yaml"))
    return ()


def _other_price(case: RenewalCase, price: Money, at: Origin) -> Problem:
    announced = case.plan.fees.new.amount if case.plan.fees else None
    what = f"the next term costs {price.amount} a month there, and {announced} by the plan of the renewal"
    return Problem(
        "letter-price", what, at, f"make renewal: of {case.context.at('')} say what was agreed, or correct this"
    )


def renewal_view(case: RenewalCase) -> Record:
    """The renewal as facts: days, length, what happens automatically, windows, and whether a law requires a separate
    text."""
    plan, term = case.plan, case.term
    windows = {each.rule: each for each in plan.windows}
    legal = [each for each in plan.windows if each.severity in {"block", "warn"}]
    return record(
        "renewal",
        case.context.at("term"),
        automatic=term.automatic,
        first_renewal=term.number == 0,
        last_day=term.days.last,
        next_first=term.following.first,
        next_last=term.following.last,
        length=case.agreed.term.renewal_length,
        decision_day=term.decide_by,
        needs_signature=case.needs_signature,
        law_missed=term.automatic and case.needs_signature,
        rise_by=term.rise_notice.day,
        boxed=term.automatic and (bool(legal) or _discloses(case.context)),
        reminder=_days(windows.get("contract")),
        statutory=_days(legal[0] if legal else None),
        exit_notice=case.context.promises.exit_notice,
    )


def _discloses(context: RenewalContext) -> bool:
    """Whether a law requires a separate box about the renewal, without a window (like Wisconsin's rule on signing)."""
    return any(rule.confirm == "wi-disclosure" for law in context.inputs.laws for rule in law.model.rules)


def _days(window: Window | None) -> dict[str, Any] | None:
    return {"first": window.days.first, "last": window.days.last} if window else None
