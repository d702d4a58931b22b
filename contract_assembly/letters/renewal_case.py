"""One renewal as its papers see it: its plan on the day of the paper, what follows it, which files were read. Reads through
`portfolio`; nothing is decided here that `renewals` has not worked out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.renewal_terms import Renewal as Meant
from contract_assembly.facts.template_values import Record
from contract_assembly.facts.term_dates import back
from contract_assembly.letters.promises_view import read_clauses, record
from contract_assembly.renewals.context import RenewalContext, decision_day_of, last_day_of, rise_notice_of
from contract_assembly.renewals.notice_windows import Window
from contract_assembly.renewals.plan import Renewal, renewal
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository

# A paper may be drafted although these stand in the way of the renewal itself. Sent, it is refused for the first.
_NOT_YET = "not-signed"
_TOLD_INSTEAD = frozenset({_NOT_YET, "notice-missed"})


@dataclass(frozen=True)
class Case:
    """The matter, the plan of its renewal on the day of the paper, and the files that both were read from."""

    issued: Located[Any]
    matter: RenewalContext
    plan: Renewal
    sources: tuple[str, ...]

    @property
    def inputs(self) -> Inputs:
        """The files of the agreement that ends."""
        return self.matter.inputs

    @property
    def agreed(self) -> Agreement:
        """What was agreed for the term that ends."""
        return self.inputs.agreement.model

    @property
    def automatic(self) -> bool:
        """Whether it renews by itself."""
        return self.agreed.term.renewal == "automatic"

    @property
    def next_first(self) -> date:
        """The first day of the next term."""
        return self.plan.term.last + timedelta(days=1)

    @property
    def decision(self) -> date:
        """The last day to decline; of what does not renew by itself, the day by which it is proposed."""
        if self.automatic:
            return decision_day_of(self.matter, self.plan.number).day
        return back(self.plan.term.last, self.agreed.term.notice)

    @property
    def needs_signature(self) -> bool:
        """Whether the next term holds only if both sign: nothing renews by itself, or a notice of the law was missed."""
        return not self.automatic or any(each.rule == "notice-missed" for each in errors(self.plan.problems))

    def warnings(self) -> tuple[Problem, ...]:
        """What the plan tells and does not stop for."""
        return tuple(
            each if each.level == "warning" else replace(each, level="warning")
            for each in self.plan.problems
            if each.level == "warning" or (each.rule in _TOLD_INSTEAD and each.rule != _NOT_YET)
        )

    def meaning(self, **meant: Any) -> Renewal:
        """The plan if something else were meant for the next term: fields of `renewal:`, over those that are written there."""
        now = self.agreed.renewal or Meant()
        agreed = self.agreed.model_copy(update={"renewal": now.model_copy(update=meant)})
        inputs = replace(self.inputs, agreement=replace(self.inputs.agreement, model=agreed))
        return renewal(replace(self.matter, inputs=inputs), self.issued.model.date)


def case_of(repository: Repository, inputs: AnyInputs[Any], issued: Located[Any]) -> Case:
    """Read what a paper of a renewal needs. Raises RefusedError for a block, for what is settled already, and with every
    problem that stands in the way of the renewal on the day of the paper."""
    found = matter_of(repository, inputs, issued)
    plan = renewal(found, issued.model.date)
    sources = (*_sources(found, plan), *read_clauses(repository, found))
    if plan.state not in {"to do", "blocked"}:
        hint = "remove this document, or leave what was sent as it is"
        raise RefusedError([replace(each, level="error", hint=hint) for each in plan.problems])
    if stopping := tuple(_stopping(plan, issued)):
        raise RefusedError(stopping)
    case = Case(issued, found, plan, sources)
    return replace(case, sources=(*sources, *_followed(repository, case)))


def matter_of(repository: Repository, inputs: AnyInputs[Any], issued: Located[Any]) -> RenewalContext:
    """The agreement of a paper as a matter, without what follows it. Raises RefusedError for a time block."""
    _, client, agreement, *_ = issued.at().path.split("/")
    if not isinstance(inputs, Inputs):
        hint = "offer another block, or a support contract"
        raise RefusedError([Problem("time-block", "a time block does not renew", issued.at("document"), hint)])
    found = Portfolio(repository).matter(client, agreement)
    assert isinstance(found, RenewalContext)  # noqa: S101  # what is no block is one
    return replace(found, successor=None)


def _stopping(plan: Renewal, issued: Located[Issued]) -> Iterator[Problem]:
    for each in errors(plan.problems):
        if each.rule not in _TOLD_INSTEAD or (each.rule == _NOT_YET and issued.model.status == "sent"):
            yield each


def _sources(matter: RenewalContext, plan: Renewal) -> tuple[str, ...]:
    """The files besides those of the agreement: figures of the year, the price index, the plan that is meant for the next term,
    and the next term itself, which are looked for even where there are none. The record is none of them: it is what builds
    leave behind."""
    agreed, folder = matter.inputs.agreement.model, folder_of(matter.client)
    found = [f"provider/plans/{agreed.renewal.plan}.yaml"] if agreed.renewal and agreed.renewal.plan else []
    found += [matter.series.path] if matter.series else []
    follows = [f"{folder}/{plan.next_name}/agreement.yaml"] if plan.next_name else []
    return (*found, f"{folder}/{matter.name}/service.yaml", *follows)


def _followed(repository: Repository, case: Case) -> tuple[str, ...]:
    """The file of the next term, if it stands already. Raises RefusedError where its price is not the one that we announce."""
    for name in repository.agreements(case.matter.client):
        following = repository.agreed(case.matter.client, name)
        if getattr(following.model, "renews", None) != case.matter.name:
            continue
        theirs = repository.inputs(case.matter.client, name)
        assert isinstance(theirs, Inputs)  # noqa: S101  # only a support contract has `renews`
        price = monthly_total(theirs)
        if case.plan.fees and price != case.plan.fees.new:
            raise RefusedError([_other_price(case, price, following.at("fees"))])
        return tuple(each for each in theirs.paths() if each.endswith(f"/{name}/agreement.yaml"))
    return ()


def _other_price(case: Case, price: Money, at: Origin) -> Problem:
    announced = case.plan.fees.new.amount if case.plan.fees else None
    what = f"the next term costs {price.amount} a month there, and {announced} by the plan of the renewal"
    return Problem(
        "letter-price", what, at, f"make renewal: of {case.matter.at('')} say what was agreed, or correct this"
    )


def renewal_view(case: Case) -> Record:
    """The renewal as facts: days, length, what happens by itself, windows, and whether a law asks for words of its own."""
    plan, matter, term = case.plan, case.matter, case.agreed.term
    automatic, number = case.automatic, case.plan.number
    windows = {each.rule: each for each in plan.windows}
    contract = windows.get("contract")
    legal = [each for each in plan.windows if each.severity in {"block", "warn"}]
    following = plan.next_term
    return record(
        "renewal",
        matter.at("term"),
        automatic=automatic,
        first_renewal=number == 0,
        last_day=last_day_of(matter, number).day,
        next_first=case.next_first,
        next_last=following.last if following else None,
        length=term.renewal_length,
        decision_day=case.decision,
        needs_signature=case.needs_signature,
        law_missed=automatic and case.needs_signature,
        rise_by=rise_notice_of(matter, number).day,
        boxed=automatic and (bool(legal) or _discloses(matter)),
        reminder=_days(contract),
        statutory=_days(legal[0] if legal else None),
        exit_notice=matter.promises.exit_notice,
    )


def _discloses(matter: RenewalContext) -> bool:
    """Whether a law wants the renewal told in a box of its own, without a window (as Wisconsin's rule on signing does)."""
    return any(rule.confirm == "wi-disclosure" for law in matter.inputs.laws for rule in law.model.rules)


def _days(window: Window | None) -> dict[str, Any] | None:
    return {"first": window.days.first, "last": window.days.last} if window else None
