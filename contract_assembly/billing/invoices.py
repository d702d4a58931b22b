"""The invoices of many agreements: what is charged within some days, with taxes; and what of it is handed over now."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.billing import issued as handed_over
from contract_assembly.billing.block_charges import block_charges
from contract_assembly.billing.charge import Charge, Key
from contract_assembly.billing.charges import charges
from contract_assembly.billing.issued import INVOICED, InvoicedRow, Issued
from contract_assembly.billing.loader import Account, Accounts, issued_by, removed_rows
from contract_assembly.billing.periods import due_day
from contract_assembly.billing.running import Running
from contract_assembly.billing.taxes import TaxPart, Treatment, taxes_of
from contract_assembly.billing.to_issue import Open, netted, to_issue
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange, Duration, Money, Percent, total
from contract_assembly.facts.fee_terms import InvoiceAddress
from contract_assembly.facts.fee_views import client_law
from contract_assembly.facts.labels import tax_name
from contract_assembly.facts.parties import Bank, Party
from contract_assembly.facts.tax_rates import TAXES, TaxRates
from contract_assembly.renewals.index_steps import waiting
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN


class Invoice(Struct, frozen=True):
    """The charges of one agreement that go to one address, go out and are due together. `net` is their sum; `tax` is value added
    tax, GST or HST on it, called `tax_name`, or sales tax at the rates that the firm sets, by rate in `tax_parts`. It is None
    where no tax is counted: then the firm's accounting adds what the law imposes. `bill_to` is a further address of the client;
    None is the client's own. `bank` is the account to which the client pays, where the firm has stated one."""

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
    rate: Percent | None
    tax: Money | None
    number: str = ""
    tax_name: str = "tax"
    purchase_order: str = ""
    bill_to: InvoiceAddress | None = None
    tax_parts: tuple[TaxPart, ...] = ()
    seller: Party | None = None
    buyer: Party | None = None
    origin: Origin | None = None
    locale: str = "en-US"
    bank: Bank | None = None

    @property
    def total(self) -> Money:
        """What the client pays."""
        return self.net + self.tax if self.tax else self.net


class ChargeQuery(Struct, frozen=True):
    """The days whose charges are wanted; `on` is the day of a hand-over, None to see all charges, handed over or not."""

    days: DateRange
    on: date | None = None


class HandOver(Struct, frozen=True):
    """What a hand-over adds to the file of one client: `count` rows, as bytes to append."""

    path: str
    before: bytes
    added: bytes
    count: int


class Found(Struct):
    """The invoices, what a hand-over adds to the files of clients, and what is wrong."""

    invoices: list[Invoice] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def without(self, clients: Collection[str]) -> None:
        """Leave clients out, with what a hand-over would add to their files."""
        self.invoices = [each for each in self.invoices if each.client not in clients]
        paths = {f"{folder_of(each)}/{INVOICED}" for each in clients}
        self.hand_overs = [each for each in self.hand_overs if each.path not in paths]


def invoices(
    repository: Repository,
    pairs: Iterable[tuple[str, str]],
    asked: ChargeQuery,
    tell: Callable[[], None] = lambda: None,
) -> Found:
    """The invoices of these agreements; a client that cannot be read is reported, and stops only itself."""
    found, accounts = Found(), Accounts(repository)
    for client, group in groupby(pairs, key=lambda each: each[0]):
        names = [name for _, name in group]
        try:
            _of_client(accounts, client, names, asked, found)
        except RefusedError as error:
            found.problems += error.problems
        repository.forget(client)
        for _ in names:
            tell()
    found.problems += accounts.warnings
    return found


def _of_client(accounts: Accounts, client: str, names: list[str], asked: ChargeQuery, found: Found) -> None:
    """The invoices of one client. In a hand-over, either all of them are added, or none."""
    repository = accounts.repository
    issued = issued_by(repository, client)
    if wrong := tuple(_strangers(issued, repository.agreements(client))):
        raise RefusedError(wrong)
    if asked.on and (gone := removed_rows(accounts, issued)):
        raise RefusedError([gone])
    made: list[Invoice] = []
    added: list[tuple[str, Charge]] = []
    for _, account in accounts.every((client, each) for each in names):
        if isinstance(account, RefusedError):
            raise account
        if isinstance(account, Running):
            found.problems += waiting(account.versions[-1].inputs, asked.days.last)
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
            what = f"this row is for {name}, an agreement that does not exist"
            hint = f"put its folder back, or its name: {did_you_mean(name, known)}"
            yield Problem("unknown-agreement", what, Origin(issued.path, line), hint)


def _unsigned(account: Account) -> Problem:
    at = account.inputs.agreement.at("status")
    what = "this agreement was sent, but not signed: nothing of it is handed over"
    return Problem("not-signed", what, at, "record the signature first: build.py status --set signed", "info")


def of_account(repository: Repository, account: Account, issued: Issued, asked: ChargeQuery) -> Iterator[Invoice]:
    """The invoices of one agreement. Raises RefusedError where a rate of tax is not known."""
    _, client, name = account.folder.split("/")
    rows = issued.of(name) if asked.on else ()
    open_ = Open(rows, asked.days, account.inputs.agreement.at(), _settled(account, rows))
    all_of_it = every_charge(account, open_.horizon, open_.begins)
    where = _addresses(account)

    def place_of(each: Charge) -> int:
        return where.get(each.key.line.partition(".")[0], (0, None))[0]

    if asked.on:
        due = _due_of(account)
        late = due_day(asked.on, due, account.inputs.calendar.model)
        now = tuple(replace(each, invoiced=asked.on, due=max(each.due, late)) for each in to_issue(open_, all_of_it))
        chosen = now if _is_over(account, asked.on) else netted(now, asked.on, place_of)
    else:
        chosen = tuple(each for each in all_of_it if each.listed in asked.days)
    agreed = account.inputs.agreement.model
    rates = repository.load(TaxRates, TAXES).model if repository.source.exists(TAXES) else TaxRates()
    numbers = handed_over.numbers(rows, _plain(agreed.id, name))
    orders = getattr(getattr(agreed, "fees", None), "purchase_order", None)

    def sent(each: Charge) -> tuple[date, date, int]:
        return each.invoiced, each.due, place_of(each)

    places = dict(where.values())
    for (invoiced, due_on, place), together in groupby(sorted(chosen, key=sent), key=sent):
        lines, bill_to = tuple(together), places.get(place)
        net = total((each.amount for each in lines), agreed.currency)
        taxed = taxes_of(rates, account.inputs, lines, net, invoiced)
        yield Invoice(
            client=client,
            agreement=name,
            id=agreed.id,
            short=account.inputs.client.model.party.short,
            status=agreed.status,
            binds=account.in_effect if isinstance(account, Running) else agreed.status in FROZEN,
            invoiced=invoiced,
            due=due_on,
            charges=lines,
            net=net,
            treatment=taxed.treatment,
            tax_name=tax_name(agreed.tax.regime, client_law(account.inputs)),
            rate=taxed.rate,
            tax=taxed.tax,
            number=next(numbers) if asked.on else "",
            purchase_order=(bill_to.purchase_order if bill_to else orders) or "",
            bill_to=bill_to,
            tax_parts=taxed.parts,
            seller=account.inputs.provider.model.party,
            buyer=account.inputs.client.model.party,
            origin=account.inputs.agreement.at(),
            locale=agreed.locale,
            bank=account.inputs.provider.model.bank,
        )


def _is_over(account: Account, on: date) -> bool:
    """Whether a contract has ended, so that no later invoice follows from which a decrease could be deducted."""
    return isinstance(account, Running) and account.last is not None and account.last <= on


def _addresses(account: Account) -> dict[str, tuple[int, InvoiceAddress | None]]:
    """The address of each line that is not invoiced to the client's own, with its place in the agreement, as they are now."""
    if not isinstance(account, Running):
        return {}
    listed = account.inputs.agreement.model.fees.invoice_addresses
    return {line: (n, each) for n, each in enumerate(listed, 1) for line in each.lines}


def _settled(account: Account, rows: Iterable[InvoicedRow]) -> frozenset[Key]:
    """Service Credits of a term whose figures have made room for those of the next one."""
    service = account.service if isinstance(account, Running) else None
    credited = (each.key for each in rows if each.key.sort == "service-credit")
    return frozenset(each for each in credited if service is None or each.first < service.model.term)


def every_charge(account: Account, until: date, since: date = date.min) -> tuple[Charge, ...]:
    """Every charge of an agreement up to a day; fees of periods that ended before `since` may be left out."""
    return charges(account, until, since) if isinstance(account, Running) else block_charges(account, until)


def _due_of(account: Account) -> Duration:
    found: Duration = account.inputs.agreement.model.fees.due if isinstance(account, Running) else account.block.due
    return found


def _plain(id_: str, name: str) -> str:
    """The contract's id as the beginning of a number; the folder's name where the id has other characters."""
    return id_ if handed_over.is_name(id_) else name
