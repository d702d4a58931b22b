"""The invoices of many agreements: what is charged within some days, with taxes; and what of it is handed over now."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal

from contract_assembly.billing import issued as handed_over
from contract_assembly.billing.block_charges import block_charges
from contract_assembly.billing.charge import Charge
from contract_assembly.billing.charges import charges
from contract_assembly.billing.issued import INVOICED, Issued
from contract_assembly.billing.loader import Account, Accounts
from contract_assembly.billing.periods import due_day
from contract_assembly.billing.running import Running
from contract_assembly.billing.to_issue import Open, to_issue
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange, Duration, Money, Percent, total
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.labels import tax_name
from contract_assembly.facts.price_views import client_law
from contract_assembly.facts.tax_rates import TAXES, TaxRates, gst_rate, vat_rate
from contract_assembly.repository.inputs import Repository

_VAT, _GST = {"uk-vat", "eu-vat"}, {"ca-gst", "au-gst"}
Treatment = Literal["vat", "gst", "reverse-charge", "added", "none"]


@dataclass(frozen=True, slots=True)
class Invoice:
    """The charges of one agreement that go out and are due together. `net` is their sum; `tax` is value added tax, GST or HST
    on it, called `tax_name`, or None where no tax is counted: then the firm's accounting adds what the law imposes."""

    client: str
    agreement: str
    id: str
    short: str
    status: str
    binds: bool
    invoiced: date
    due: date
    charges: tuple[Charge, ...]
    net: Money
    treatment: Treatment
    tax_name: str
    rate: Percent | None
    tax: Money | None
    number: str = ""

    @property
    def total(self) -> Money:
        """What the client pays."""
        return self.net + self.tax if self.tax else self.net


@dataclass(frozen=True)
class Asked:
    """The days whose charges are wanted; `on` is the day of a hand-over, None to see all charges, handed over or not."""

    days: DateRange
    on: date | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a hand-over adds to the file of one client: so many rows, as bytes after those that are there."""

    path: str
    before: bytes
    added: bytes
    count: int


@dataclass
class Found:
    """The invoices, what a hand-over adds to the files of clients, and what is wrong."""

    invoices: list[Invoice] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def invoices(
    repository: Repository, pairs: Iterable[tuple[str, str]], asked: Asked, tell: Callable[[], None] = lambda: None
) -> Found:
    """The invoices of these agreements; a client that cannot be read is reported, and stops only itself."""
    found, accounts = Found(), Accounts(repository)
    for client, group in groupby(pairs, key=lambda each: each[0]):
        names = [name for _, name in group]
        try:
            _of_client(accounts, client, names, asked, found)
        except RefusedError as error:
            found.problems += error.problems
        for _ in names:
            tell()
    found.problems += accounts.warnings
    return found


def _of_client(accounts: Accounts, client: str, names: list[str], asked: Asked, found: Found) -> None:
    """The invoices of one client. In a hand-over, either all of them are added, or none."""
    repository = accounts.repository
    issued = issued_by(repository, client)
    if wrong := tuple(_strangers(issued, repository.agreements(client))):
        raise RefusedError(wrong)
    made: list[Invoice] = []
    added: list[tuple[str, Charge]] = []
    for _, account in accounts.every((client, each) for each in names):
        if isinstance(account, RefusedError):
            raise account
        for each in of_account(repository, account, issued, asked):
            if asked.on and not each.binds:
                found.problems.append(_unsigned(account))
                break
            made.append(each)
            added += [(each.number, charge) for charge in each.charges]
    found.invoices += made
    if asked.on and added:
        data = handed_over.appended(issued, added, asked.on)
        found.hand_overs.append(HandOver(issued.path, issued.data, data, len(added)))


def _strangers(issued: Issued, known: tuple[str, ...]) -> Iterator[Problem]:
    """Rows of agreements that are not there: what was invoiced can no longer be compared."""
    for name in dict.fromkeys(each.key.agreement for each in issued.rows):
        if name not in known:
            line = next(each.row for each in issued.rows if each.key.agreement == name) + 1
            what = f"this row is of {name}, and there is no such agreement"
            hint = f"put its folder back, or its name: {did_you_mean(name, known)}"
            yield Problem("unknown-agreement", what, Origin(issued.path, line), hint)


def _unsigned(account: Account) -> Problem:
    at = account.inputs.agreement.at("status")
    what = "this agreement was sent, but not signed: nothing of it is handed over"
    return Problem("not-signed", what, at, "record the signature first: build.py status --set signed", "info")


def issued_by(repository: Repository, client: str) -> Issued:
    """What was handed over for a client. Raises RefusedError where its file was changed by hand."""
    path = f"{folder_of(client)}/{INVOICED}"
    if not repository.source.has(path):
        return Issued(path)
    return handed_over.read(repository.read(path), path, client)


def of_account(repository: Repository, account: Account, issued: Issued, asked: Asked) -> Iterator[Invoice]:
    """The invoices of one agreement. Raises RefusedError where a rate of tax is not known."""
    _, client, name = account.folder.split("/")
    rows = issued.of(name) if asked.on else ()
    open_ = Open(rows, asked.days, account.inputs.agreement.at())
    all_of_it = every_charge(account, open_.horizon)
    if asked.on:
        due = _due_of(account)
        late = due_day(asked.on, due, account.inputs.calendar.model)
        chosen = tuple(replace(each, invoiced=asked.on, due=max(each.due, late)) for each in to_issue(open_, all_of_it))
    else:
        chosen = tuple(each for each in all_of_it if each.listed in asked.days)
    agreed = account.inputs.agreement.model
    numbers = handed_over.numbers(rows, _plain(agreed.id, name))
    ordered = sorted(chosen, key=lambda each: (each.invoiced, each.due))
    for (invoiced, due_on), together in groupby(ordered, key=lambda each: (each.invoiced, each.due)):
        lines = tuple(together)
        net = total((each.amount for each in lines), agreed.currency)
        treatment, rate, tax = _tax(repository, account.inputs, net, invoiced)
        yield Invoice(
            client=client,
            agreement=name,
            id=agreed.id,
            short=account.inputs.client.model.party.short,
            status=agreed.status,
            binds=account.in_effect if isinstance(account, Running) else agreed.status in {"signed", "ended"},
            invoiced=invoiced,
            due=due_on,
            charges=lines,
            net=net,
            treatment=treatment,
            tax_name=tax_name(agreed.tax.regime, client_law(account.inputs)),
            rate=rate,
            tax=tax,
            number=next(numbers) if asked.on else "",
        )


def every_charge(account: Account, until: date) -> tuple[Charge, ...]:
    """Every charge of an agreement up to a day."""
    return charges(account, until) if isinstance(account, Running) else block_charges(account, until)


def _due_of(account: Account) -> Duration:
    found: Duration = account.inputs.agreement.model.fees.due if isinstance(account, Running) else account.block.due
    return found


def _plain(id_: str, name: str) -> str:
    """The contract's id as the beginning of a number; the folder's name where the id has other characters."""
    return id_ if handed_over.is_name(id_) else name


def _tax(
    repository: Repository, inputs: AnyInputs[Any], net: Money, day: date
) -> tuple[Treatment, Percent | None, Money | None]:
    """Value added tax, GST or HST on the sum of an invoice, rounded once; none across a border, where the client accounts for
    it. A province that adds a sales tax of its own has no rate: accounting adds both, line by line."""
    regime = inputs.agreement.model.tax.regime
    ours, theirs = (each.model.party.address.country for each in (inputs.provider, inputs.client))
    rates = repository.load(TaxRates, TAXES).model if repository.source.exists(TAXES) else TaxRates()
    if regime in _GST and ours == theirs and (rate := gst_rate(rates, inputs.client.model.place or ours, day)):
        return "gst", rate, rate.of(net).rounded()
    if regime not in _VAT:
        return ("none" if regime == "none" else "added"), None, None
    if ours != theirs:
        return "reverse-charge", None, Money(net.amount * 0, net.currency)
    rate = vat_rate(rates, ours, day)
    if rate is None:
        what = f"the rate of value added tax in {ours} on {day} is not known"
        hint = f"add it to {TAXES}: vat: a list with country, rate, first_day and source"
        raise RefusedError([Problem("no-tax-rate", what, inputs.agreement.at("tax"), hint)])
    return "vat", rate, rate.of(net).rounded()


def totals(found: Iterable[Invoice]) -> Mapping[str, tuple[Money, Money]]:
    """Net and total of all invoices, by currency."""
    sums: dict[str, tuple[Money, Money]] = {}
    for each in found:
        net, whole = sums.get(each.net.currency, (Money(each.net.amount * 0, each.net.currency),) * 2)
        sums[each.net.currency] = net + each.net, whole + each.total
    return dict(sorted(sums.items()))
