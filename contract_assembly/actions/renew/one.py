"""All files of one renewal, as bytes: the next term's agreement and contract, the redline, the letters. Reads through
`portfolio`; writes nothing, so that the caller can write the set whole or not at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.actions.renew.redline import redline_of
from contract_assembly.actions.renew.terms_compared import terms_compared
from contract_assembly.build.one_agreement import BuildOrder, build_in_memory
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.next_term import next_agreement
from contract_assembly.renewals.plan import REDLINE, TERMS, RenewalPlan, renewal
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder


class Workshop(Struct, dict=True):
    """A repository with the files of one renewal laid over it; reused for the next renewal, so that the library is read
    once."""

    root: Path
    laid: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def repository(self) -> Repository:
        """The repository with these files laid over it."""
        return Repository(Edited(Folder(self.root), self.laid))

    @cached_property
    def portfolio(self) -> Portfolio:
        """Its agreements and what renewals need of them."""
        return Portfolio(self.repository)

    def clear(self, client: str) -> None:
        """Remove the files laid over, and discard everything read of a client."""
        self.laid.clear()
        self.repository.forget(client)

    def lay(self, client: str, files: Mapping[str, bytes]) -> None:
        """Lay files over the repository, and read the client again."""
        self.laid |= files
        self.repository.forget(client)


class Set(Struct, frozen=True):
    """The result of one renewal: its plan, the files by path below the client's folder, and the problems found on the way."""

    plan: RenewalPlan
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def made(shop: Workshop, client: str, name: str, on: date, order: BuildOrder) -> Set:
    """The set of a renewal as of a day, in the formats and by the engine of an order; without files if nothing is due or
    something blocks it.

    Raises RefusedError, and ValueError for days that cannot be computed."""
    shop.clear(client)
    context = shop.portfolio.context(client, name)
    plan = renewal(context, on)
    if not plan.to_write or not isinstance(context, RenewalContext):
        return Set(plan)
    try:
        files, notes = _files(shop, context, plan, order) if plan.next_term else _letters_alone(shop, plan, order)
    finally:
        shop.clear(client)
    inside = f"{folder_of(client)}/"
    return Set(plan, {path.removeprefix(inside): data for path, data in files.items()}, notes)


def _files(
    shop: Workshop, context: RenewalContext, plan: RenewalPlan, order: BuildOrder
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    before, after = folder_of(plan.client, plan.name), folder_of(plan.client, plan.next_name)
    text = shop.repository.text(f"{before}/agreement.yaml")
    files = {
        f"{after}/agreement.yaml": next_agreement(text, context, plan).encode(),
        **_negotiated(shop, before, after),
    }
    shop.lay(plan.client, files)
    _same_price(shop.repository, plan)
    notes = (*_licences(shop.repository, plan), *_build(shop, after, replace(order, documents=(CONTRACT,)), files))
    letters, about_letters = _letters_alone(shop, plan, order, files)
    if context.agreed.origin == "elsewhere":
        return {**files, **letters, f"{after}/{TERMS}": _terms(shop.repository, plan)}, (*notes, *about_letters)
    redline = redline_of(shop.repository, plan)
    if isinstance(redline, Problem):
        return {**files, **letters}, (*notes, *about_letters, redline)
    return {**files, **letters, f"{after}/{REDLINE}": redline}, (*notes, *about_letters)


def _letters_alone(
    shop: Workshop, plan: RenewalPlan, order: BuildOrder, others: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The letters that do not exist yet, and their documents, with other files laid over the repository."""
    before = folder_of(plan.client, plan.name)
    files, kept = _letters(shop, before, plan)
    shop.lay(plan.client, {**others, **files})
    notes: tuple[Problem, ...] = ()
    if files:
        notes = _build(shop, before, replace(order, documents=tuple(Path(each).stem for each in files)), files)
    return files, (*notes, *kept)


def _negotiated(shop: Workshop, before: str, after: str) -> dict[str, bytes]:
    """The clauses negotiated for this agreement, which stay as they are."""
    below = shop.repository.source.below(f"{before}/clauses")
    return {f"{after}/{path.removeprefix(f'{before}/')}": shop.repository.read(path) for path in below}


def _build(shop: Workshop, folder: str, order: BuildOrder, files: dict[str, bytes]) -> tuple[Problem, ...]:
    """Build documents of an agreement, and add their files."""
    _, client, agreement = folder.split("/")
    outcome, wrote = build_in_memory(shop.repository, client, agreement, order)
    files |= {f"{folder}/{name}": data for name, data in wrote.items()}
    return outcome.problems


def _licences(repository: Repository, plan: RenewalPlan) -> Iterator[Problem]:
    """Warnings about licences that end before the next term begins. They are carried over, because only a person knows
    what happened to them."""
    agreed = repository.agreed(plan.client, plan.next_name)
    for n, each in enumerate(agreed.model.licences):
        if each.last_day and plan.next_term and each.last_day < plan.next_term.first:
            what = f"licences: {each.product} ends on {each.last_day}, before the next term begins"
            hint = "write its new days, or take it out"
            yield Problem("licence-ended", what, agreed.at(f"licences.{n}.last_day"), hint, "warning")


def _letters(shop: Workshop, before: str, plan: RenewalPlan) -> tuple[dict[str, bytes], list[Problem]]:
    """The facts of the letters that do not exist yet; existing ones are left as they are."""
    found, kept = {}, []
    for each in plan.letters:
        path = f"{before}/documents/{each.name}.yaml"
        if shop.repository.source.exists(path):
            what = f"{each.name} exists already, and stays as it is"
            kept.append(Problem("letter-there", what, Origin(path), "check that it fits this renewal", "info"))
        else:
            found[path] = each.text().encode()
    return found, kept


def _same_price(repository: Repository, plan: RenewalPlan) -> None:
    """Raise RefusedError unless the next agreement has the announced price."""
    inputs = repository.inputs(plan.client, plan.next_name)
    if not isinstance(inputs, Inputs) or plan.fees is None:
        return
    found = monthly_total(inputs)
    if found != plan.fees.new:
        what = (
            f"the next term would cost {found.amount} a month, and the plan of its renewal says {plan.fees.new.amount}"
        )
        hint = "write the prices of the next term below renewal: prices:"
        raise RefusedError([Problem("renewal-price", what, inputs.agreement.at("fees"), hint)])


def _terms(repository: Repository, plan: RenewalPlan) -> bytes:
    """The key terms of the contract on other paper and of ours, side by side."""
    old, new = (repository.inputs(plan.client, each) for each in (plan.name, plan.next_name))
    assert isinstance(old, Inputs)  # noqa: S101  # only support contracts renew
    assert isinstance(new, Inputs)  # noqa: S101
    return terms_compared(old, new).encode()
