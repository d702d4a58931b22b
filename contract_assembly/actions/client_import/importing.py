"""Take over clients and the contracts that they have signed on other paper, from a table. Reads through the repository;
writes nothing.

Each client is taken over whole, or not at all. What the table does not say about a client becomes a placeholder, and a line
in the list `open`, so that the first contract on our paper cannot be final before it is settled."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.client_import.client_file import client_file, site, unknown
from contract_assembly.actions.client_import.day_order import mixed_orders
from contract_assembly.actions.client_import.hour_block import block_files
from contract_assembly.actions.client_import.names import doubles, folder_name, nearly_doubles
from contract_assembly.actions.client_import.places import ClientPlace, code_of, place_of
from contract_assembly.actions.client_import.rows import ClientRow, once_each, without_sums
from contract_assembly.actions.client_import.support_contract import SIGNED_PDF, agreement_file, plan_file, record_of
from contract_assembly.actions.client_import.terms import block_terms, support_terms
from contract_assembly.actions.client_start import TEMPLATE
from contract_assembly.blocks.loader import book_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import NBSP, joined, shown
from contract_assembly.facts.agreement_files import BlockInputs
from contract_assembly.facts.client_mapping import ClientMapping, problems
from contract_assembly.facts.export_mapping import Records, records
from contract_assembly.facts.fields import Located
from contract_assembly.facts.parties import Provider
from contract_assembly.facts.telephone import at_home
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.source import Edited

MOST_ROWS = 20_000


class ImportedClient(Struct, frozen=True):
    """One client that is taken over: its folder's name, its files by path from there, and its agreements."""

    client: str
    files: Mapping[str, bytes]
    agreements: tuple[str, ...]


class Import(Struct, frozen=True):
    """The clients of a table that can be taken over, what is wrong with the others, and files that all of them need."""

    rows: int
    clients: tuple[ImportedClient, ...]
    problems: tuple[Problem, ...]
    shared: Mapping[str, bytes]


def taken_over(
    repository: Repository, data: bytes, path: str, mapping: Located[ClientMapping], pdf: Callable[[str], bytes]
) -> Import:
    """Read a table. `pdf` returns the bytes of a signed PDF by its path in the table, and raises RefusedError.

    Raises RefusedError if the mapping, the file or its head cannot be used."""
    if wrong := tuple(problems(mapping)):
        raise RefusedError(wrong)
    read = records(data, path, mapping, "", ())
    _sized(read, path)
    rows, found = without_sums([ClientRow(each, mapping.model) for each in read.found])
    for row in rows:
        row.of_a_spreadsheet()
    known = {folder_name(name): client for client, name in repository.names_of_clients()}
    doubled = [*doubles(rows, known, repository.clients())]
    found += [*read.problems, *_unread(read), *doubled, *nearly_doubles(rows, known)]
    mixed_orders(rows)
    shared = plan_file(repository)
    making = _Making(Repository(Edited(repository.source, dict(shared))), pdf)
    refused, clients = {each.origin for each in doubled}, list[ImportedClient]()
    for client, group in _by_client(repository, rows).items():
        made = None if any(row.record.origin in refused for row in group) else making.client(client, group)
        wrong = tuple(each for row in group for each in row.problems)
        found += wrong
        if made and not wrong:
            try:
                making.check(made)
                clients.append(made)
            except RefusedError as error:
                found += [_in_table(each, group[0]) for each in error.problems]
    found += making.notes
    return Import(read.rows, tuple(clients), tuple(once_each(found)), shared)


def _sized(read: Records, path: str) -> None:
    """Raise RefusedError for a table without rows, or with too many."""
    if not read.rows:
        raise RefusedError(
            [Problem("import-empty", "the table has no rows", Origin(path), "nothing can be taken over")]
        )
    if read.rows > MOST_ROWS:
        what = f"the table has {read.rows:,} rows, over {MOST_ROWS:,}"
        raise RefusedError([Problem("import-rows", what, Origin(path), "export a list with one row for a contract")])


def _in_table(problem: Problem, row: ClientRow) -> Problem:
    """A problem of a client's files, which are not written, at the row that they were made from."""
    hint = "correct this row; files are made from it, and they would be refused"
    return replace(problem, origin=row.record.origin, hint=hint)


def _unread(read: Records) -> list[Problem]:
    """A warning about columns that nothing reads: a head in another spelling would lose its facts in silence."""
    if not read.unread:
        return []
    what = f"these columns are not read: {joined(map(shown, read.unread))}"
    return [Problem("import-columns", what, read.head, "if one of them should be, name it in the mapping", "warning")]


def _by_client(repository: Repository, rows: list[ClientRow]) -> dict[str, list[ClientRow]]:
    found: dict[str, list[ClientRow]] = {}
    for row in rows:
        name = row.read("company", str) or ""
        client = folder_name(row.text("short") or name)
        try:
            if name:
                repository.check_name("client", client, ALL)
        except RefusedError:
            hint = "give it a short name in Latin letters"
            row.wrong("company", f"no folder can be named after {shown(name)}", hint)
        found.setdefault(client, []).append(row)
    return found


class _Making:
    """Makes the files of clients, with the plan of contracts on other paper laid over the repository."""

    def __init__(self, files: Repository, pdf: Callable[[str], bytes]) -> None:
        self.files, self.pdf = files, pdf
        provider = files.load(Provider, "provider/provider.yaml").model
        self.ours = tuple(each.id for each in provider.people)
        self.home = provider.party.address.country
        self.notes: list[Problem] = []

    def client(self, client: str, rows: list[ClientRow]) -> ImportedClient | None:
        """The files of a client with all its contracts; what is wrong is added to its rows."""
        found, names, place = dict[str, bytes](), list[str](), None
        for row in rows:
            place = row.read("place", lambda text: place_of(self.files, code_of(self.files, text, self.home)))
            self._note_place_read(row, place)
            made = self._block(client, row, place) if row.text("hours") else self._support(client, row, place)
            if made is None:
                continue
            name, own = made
            if name in names:
                hint = "import one of them, and begin the other with 'build.py new'"
                row.wrong("first_day", f"{client} has two contracts of this kind that begin in {name[:4]}", hint)
            names.append(name)
            found |= {f"{name}/{file}": data for file, data in own.items()}
        if place is None or not names:
            return None
        cells = {**rows[0].cells(), "phone": self._telephone(rows[0], place)}
        found["client.yaml"] = client_file(self.files.text(TEMPLATE), client, cells, place)
        return ImportedClient(client, found, tuple(names))

    def _telephone(self, row: ClientRow, place: ClientPlace) -> str:
        """The contact's number with its country code; "" where there is none, or with a problem added to the row."""
        country = place.law.id[:2]
        return (row.read("phone", lambda text: at_home(text, country), needed=False) or "").replace(NBSP, " ")

    def _note_place_read(self, row: ClientRow, place: ClientPlace | None) -> None:
        """A warning that a place was taken for one of the firm's own country: DE may be Delaware or Germany."""
        text = row.text("place").strip().upper()
        if place and place.law.id == f"{self.home}-{text}":
            what = f"{text} is read as {place.law.id}, {place.law.name}"
            self.notes.append(
                Problem("import-place", what, row.record.origin, "if that is wrong, write the whole code", "warning")
            )

    def _support(self, client: str, row: ClientRow, place: ClientPlace | None) -> tuple[str, dict[str, bytes]] | None:
        terms = support_terms(self.files, client, row, place.country.currency if place else None)
        copies = self._copies(row)
        if terms is None or place is None or row.problems:
            return None
        name, cells = f"{terms.first.year}-support", row.cells()
        made = agreement_file(terms, place, self.ours, unknown(cells, "support"), site(cells))
        record = record_of(folder_of(client, name), terms.signed_on, copies)
        return name, {**copies, "agreement.yaml": made, RECORD: record}

    def _block(self, client: str, row: ClientRow, place: ClientPlace | None) -> tuple[str, dict[str, bytes]] | None:
        terms = block_terms(self.files, client, row, place.country.currency if place else None)
        copies = self._copies(row)
        if terms is None or place is None or row.problems:
            return None
        name = f"{terms.first.year}-block"
        made = block_files(terms, place, self.ours, unknown(row.cells(), "time-block"))
        record = record_of(folder_of(client, name), terms.signed_on, copies)
        return name, {**copies, **made, RECORD: record}

    def _copies(self, row: ClientRow) -> dict[str, bytes]:
        signed = row.read("file", self.pdf, needed=False)
        return {SIGNED_PDF: signed} if signed else {}

    def check(self, made: ImportedClient) -> None:
        """Read a client as the program will. Raises RefusedError."""
        own = {f"{folder_of(made.client)}/{path}": data for path, data in made.files.items()}
        laid = Repository(Edited(self.files.source, own))
        for name in made.agreements:
            if isinstance(laid.inputs(made.client, name), BlockInputs):
                book_of(laid, made.client, name)
