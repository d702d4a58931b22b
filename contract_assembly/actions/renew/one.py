"""All that one renewal puts down, as bytes: the next term's agreement and contract, the redline, the letters. Reads through
`portfolio`; writes nothing, so that a set lands whole or not at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from contract_assembly.build.builder import Order, build_in_memory
from contract_assembly.build.pipeline import draft, render
from contract_assembly.build.revisions import Version, for_word, state
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.next_term import next_agreement
from contract_assembly.renewals.plan import Renewal, renewal
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import pages_of, recorded
from contract_assembly.repository.record_writer import file_name
from contract_assembly.repository.source import Edited, Folder
from contract_assembly.writers.formats import FORMATS

REDLINE = "renewal/redline.docx"


@dataclass
class Workshop:
    """A repository with the files of one renewal laid over it, kept for the next one: the library is read once."""

    root: Path
    laid: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.repository = Repository(Edited(Folder(self.root), self.laid))
        self.portfolio = Portfolio(self.repository)

    def clear(self, client: str) -> None:
        """Forget what was laid over and read of a client."""
        self.laid.clear()
        self.repository.forget(client)

    def lay(self, client: str, files: Mapping[str, bytes]) -> None:
        """Lay files over the repository, whose client is read anew."""
        self.laid |= files
        self.repository.forget(client)


@dataclass(frozen=True)
class Set:
    """What became of one renewal: its plan, the files by path below the client's folder, and what is told of them."""

    plan: Renewal
    files: Mapping[str, bytes] = field(default_factory=dict)
    told: tuple[Problem, ...] = ()


def made(shop: Workshop, client: str, name: str, on: date, formats: tuple[str, ...] = tuple(FORMATS)) -> Set:
    """The set of a renewal as of a day, in these formats; no files where nothing is to do, or something stands in the way.

    Raises RefusedError, and ValueError for days that cannot be counted."""
    shop.clear(client)
    matter = shop.portfolio.matter(client, name)
    plan = renewal(matter, on)
    if plan.state != "to do" or not isinstance(matter, RenewalContext):
        return Set(plan)
    try:
        files, told = _files(shop, matter, plan, formats)
    finally:
        shop.clear(client)
    inside = f"{folder_of(client)}/"
    return Set(plan, {path.removeprefix(inside): data for path, data in files.items()}, told)


def _files(
    shop: Workshop, matter: RenewalContext, plan: Renewal, formats: tuple[str, ...]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    before, after = folder_of(plan.client, plan.name), folder_of(plan.client, plan.next_name)
    text = shop.repository.text(f"{before}/agreement.yaml")
    files = {f"{after}/agreement.yaml": next_agreement(text, matter, plan).encode(), **_negotiated(shop, before, after)}
    shop.lay(plan.client, files)
    _same_price(shop.repository, plan)
    told = (*_licences(shop.repository, plan), *_build(shop, after, Order(formats, documents=(CONTRACT,)), files))
    letters, kept = _letters(shop, before, plan)
    files |= letters
    shop.lay(plan.client, files)
    if letters:
        told += _build(shop, before, Order(formats, documents=tuple(Path(each).stem for each in letters)), files)
    told += tuple(kept)
    redline = _redline(shop, plan)
    if isinstance(redline, Problem):
        return files, (*told, redline)
    return {**files, f"{after}/{REDLINE}": redline}, told


def _negotiated(shop: Workshop, before: str, after: str) -> dict[str, bytes]:
    """Clauses of this agreement alone stay negotiated."""
    below = shop.repository.source.below(f"{before}/clauses")
    return {f"{after}/{path.removeprefix(f'{before}/')}": shop.repository.read(path) for path in below}


def _build(shop: Workshop, folder: str, order: Order, files: dict[str, bytes]) -> tuple[Problem, ...]:
    """Build documents of an agreement, and add their files."""
    _, client, agreement = folder.split("/")
    outcome, wrote = build_in_memory(shop.repository, client, agreement, order)
    files |= {f"{folder}/{name}": data for name, data in wrote.items()}
    return outcome.problems


def _licences(repository: Repository, plan: Renewal) -> Iterator[Problem]:
    """Licences that are over when the next term begins: carried over, for only a person knows what became of them."""
    agreed = repository.agreed(plan.client, plan.next_name)
    for n, each in enumerate(agreed.model.licences):
        if each.last_day and plan.next_term and each.last_day < plan.next_term.first:
            what = f"licences: {each.product} ends on {each.last_day}, before the next term begins"
            hint = "write its new days, or take it out"
            yield Problem("licence-ended", what, agreed.at(f"licences.{n}.last_day"), hint, "warning")


def _letters(shop: Workshop, before: str, plan: Renewal) -> tuple[dict[str, bytes], list[Problem]]:
    """The facts of the letters that are not there yet; those that are there are somebody's work."""
    found, kept = {}, []
    for each in plan.letters:
        path = f"{before}/documents/{each.name}.yaml"
        if shop.repository.has(path):
            what = f"{each.name} is there already, and stays as it is"
            kept.append(Problem("letter-there", what, Origin(path), "see that it fits this renewal", "info"))
        else:
            found[path] = each.text().encode()
    return found, kept


def _same_price(repository: Repository, plan: Renewal) -> None:
    """What was announced is what the next agreement says. Raises RefusedError where it is not."""
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


# ---- the redline


def _redline(shop: Workshop, plan: Renewal) -> bytes | Problem:
    """The next contract with its changes against the one that was signed, marked as a draft; or why there is none."""
    if unlike := _unlike_signed(shop.repository, plan):
        return unlike
    from contract_assembly.writers.docx.redline.writer import redline  # loads lxml and python-docx

    version = Version("the renewal", shop.repository)
    old, new = (state(version, plan.client, name) for name in (plan.name, plan.next_name))
    before, after = for_word(old, new)
    house = shop.repository.house(new.found.inputs.provider)
    entry = recorded(shop.repository, new.folder).get(CONTRACT, {})
    pages = pages_of(entry, entry.get("tree", ""))
    return redline(before, after, house, author=after.meta.author, day=new.day, pages=pages)


def _unlike_signed(repository: Repository, plan: Renewal) -> Problem | None:
    """Why the files of today do not give the words that were signed, so that a redline against them would be untrue."""
    path = f"{folder_of(plan.client, plan.name)}/{file_name(CONTRACT, 'md')}"
    hint = "compare with the state that was signed: build.py diff CLIENT REVISION --between OLD NEW --format docx"
    if not repository.has(path):
        return Problem(
            "no-redline", "no redline: the signed contract was not built here", Origin(path), hint, "warning"
        )
    for words in _as_signed(repository, plan):
        if words == repository.read(path):
            return None
    what = "no redline: clauses or plans have changed since this was signed, so its words cannot be made again"
    return Problem("no-redline", what, Origin(path), hint, "warning")


def _as_signed(repository: Repository, plan: Renewal) -> Iterator[bytes]:
    """The contract's words as a final build gives them, and as a draft does."""
    for final in (True, False):
        try:
            again = draft(repository, plan.client, plan.name, final=final)
        except RefusedError as error:
            if errors(error.problems):
                continue
            raise
        yield render(repository, again, ("md",))[0][file_name(CONTRACT, "md")]
