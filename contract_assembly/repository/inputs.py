"""Reads the user's repository as models, from a folder or a state in git history. Knows nothing of documents."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from msgspec import field
from msgspec.structs import replace

from contract_assembly.clauses.approval import Approvals
from contract_assembly.clauses.clause import Clause, read_clause
from contract_assembly.clauses.clause_duty import without_duties
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of, printable
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.document.engines import Engine
from contract_assembly.document.style import HouseStyle
from contract_assembly.facts.agreement import Agreed, Agreement
from contract_assembly.facts.agreement_files import BLOCK_PRICES, BlockInputs, Inputs
from contract_assembly.facts.catalogue import BlockPrices, Calendar, Plan, Rates
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.outline import Outline
from contract_assembly.facts.parties import Client, Provider
from contract_assembly.facts.price_index import Index
from contract_assembly.repository.brand import branded
from contract_assembly.repository.laws import laws_of
from contract_assembly.repository.models import COPY_HINT, M, Models, attempt, is_name
from contract_assembly.repository.other_programs import conflict_copy
from contract_assembly.repository.page_style import SHEET, STYLE, page_style, style_sheet
from contract_assembly.repository.source import Edited, refused

_PROVIDER = "provider/provider.yaml"
_TAKEN = {"agreement", "contract", "record", "service"}  # files of ours beside it


class Repository(Models):
    """Words and facts below a root, as models. What a build reads of one agreement, and the library."""

    _houses: dict[str, HouseStyle] = field(default_factory=dict)
    _libraries: list[tuple[Clause, ...]] = field(default_factory=list)

    def with_files(self, folder: str, files: Mapping[str, bytes]) -> "Repository":
        """The repository as it will be with these files, by name, in a folder."""
        return Repository(Edited(self.source, {f"{folder}/{name}": data for name, data in files.items()}))

    def inputs(self, client: str, agreement: str) -> Inputs | BlockInputs:
        """The typed files behind one agreement. Raises RefusedError with the problems of all of them."""
        self.check_name("client", client, ALL)
        self.check_name("agreement", agreement, folder_of(client))
        problems: list[Problem] = []
        about = attempt(problems, lambda: self.load(Client, f"{folder_of(client)}/client.yaml"))
        agreed = attempt(problems, lambda: self._agreed(f"{folder_of(client, agreement)}/agreement.yaml"))
        provider = attempt(problems, lambda: self._named_file(Provider, "provider", "entities", agreed))
        calendar = attempt(problems, lambda: self._named_file(Calendar, "calendar", "calendars", agreed))
        rates = attempt(problems, lambda: self.load(Rates, "provider/rates.yaml"))
        laws = attempt(problems, lambda: laws_of(self, agreed, about)) if agreed else None
        plan = attempt(problems, lambda: self._plan(agreed)) if agreed and isinstance(agreed.model, Agreement) else None
        before = attempt(problems, lambda: self._renewed(client, agreement, agreed)) if agreed and plan else None
        attempt(problems, lambda: self._converted(client, agreed)) if agreed and plan else None
        index = attempt(problems, lambda: self._index(agreed)) if agreed and plan else None
        blocks = (
            attempt(problems, lambda: self.load(BlockPrices, BLOCK_PRICES))
            if plan and self.source.exists(BLOCK_PRICES)
            else None
        )
        if not (provider and calendar and rates and about and agreed and laws) or problems:
            raise RefusedError(problems)
        read: dict[str, Any] = {
            "provider": provider,
            "client": about,
            "agreement": agreed,
            "calendar": calendar,
            "rates": rates,
            "law": laws[0],
            "laws": laws,
        }
        if plan:
            return Inputs(**read, plan=plan, before=before, index=index, blocks=blocks)
        return BlockInputs(**read)

    def documents(self, client: str, agreement: str) -> tuple[str, ...]:
        """The names of the documents under an agreement other than its contract, in order."""
        found = self.source.names(f"{folder_of(client, agreement)}/documents")
        return tuple(each.removesuffix(".yaml") for each in found if each.endswith(".yaml"))

    def issued(self, client: str, agreement: str, name: str, models: Mapping[str, type[Issued]]) -> Located[Issued]:
        """The facts of one of these documents, in the model of its kind."""
        folder = f"{folder_of(client, agreement)}/documents"
        if not is_name(name):
            self.check_name("document", f"{name}.yaml", folder)
        if name in _TAKEN:
            raise refused(
                "name",
                f"a document cannot be called {name}",
                f"{folder_of(client, agreement)}/documents/{name}.yaml",
                "give its file another name",
            )
        return self._one_of(models, f"{folder_of(client, agreement)}/documents/{name}.yaml", "document")

    def _named_file(self, model: type[M], what: str, folder: str, agreed: Located[Agreed] | None) -> Located[M]:
        """`provider/<what>.yaml`, or the file that the agreement names instead."""
        name = getattr(agreed.model, what) if agreed else None
        if agreed is None or name is None:
            return self.load(model, f"provider/{what}.yaml")
        self._known(what, name, f"provider/{folder}/{name}.yaml", agreed.at(what))
        return self.load(model, f"provider/{folder}/{name}.yaml")

    def _plan(self, agreed: Located[Agreed]) -> Located[Plan]:
        name = getattr(agreed.model, "plan", "")
        self._known("plan", name, f"provider/plans/{name}.yaml", agreed.at("plan"))
        return self.load(Plan, f"provider/plans/{name}.yaml")

    def _index(self, agreed: Located[Agreed]) -> Located[Index] | None:
        name = agreed.model.fees.increase.series if isinstance(agreed.model, Agreement) else None
        if name is None:
            return None
        self._known("index", name, f"provider/indices/{name}.yaml", agreed.at("fees.increase.series"))
        return self.load(Index, f"provider/indices/{name}.yaml")

    def _renewed(self, client: str, agreement: str, agreed: Located[Agreed]) -> Located[Agreement] | None:
        """The agreement that this one renews: another support contract of the same client."""
        name = getattr(agreed.model, "renews", None)
        if name is None:
            return None
        known = [each for each in self.agreements(client) if each != agreement]
        what, hint = f"renews: {client} has no other agreement {name}", did_you_mean(name, known)
        if name in known:
            before = self.agreed(client, name)
            if isinstance(before.model, Agreement):
                return before  # type: ignore[return-value]
            what, hint = f"renews: {name} is a {before.model.kind}, which does not renew", "leave renews: out"
        raise RefusedError([Problem("unknown-agreement", what, agreed.at("renews"), hint)])

    def _converted(self, client: str, agreed: Located[Agreed]) -> None:
        """Check that the prepaid block that an agreement replaces is one of the same client."""
        name = getattr(agreed.model, "converts", None)
        blocks = (
            [each for each in self.agreements(client) if self.agreed(client, each).model.kind == "time-block"]
            if name
            else []
        )
        if name and name not in blocks:
            what = f"converts: {client} has no prepaid block {name}"
            raise RefusedError([Problem("unknown-agreement", what, agreed.at("converts"), did_you_mean(name, blocks))])

    def _known(self, what: str, name: str, path: str, origin: Origin) -> None:
        if not self.source.has(path):
            beside = self.source.names(path.rpartition("/")[0])
            known = [each.removesuffix(".yaml") for each in beside if each.endswith(".yaml")]
            raise RefusedError(
                [Problem(f"unknown-{what}", f"there is no {what} {name}", origin, did_you_mean(name, known))]
            )

    def names_of_others(self, client: str) -> tuple[str, ...]:
        """The names of every other client, long and short; a client whose file cannot be read is skipped, and reported
        when it is built."""
        own = self.load(Client, f"{folder_of(client)}/client.yaml").model.party
        found = (name for other, name in self.names_of_clients() if other != client)
        return tuple(dict.fromkeys(name for name in found if name not in {own.name, own.short}))

    def names_of_clients(self) -> Iterator[tuple[str, str]]:
        """Every client's folder with each of its names, for files that can be read."""
        for client in self.clients():
            with suppress(RefusedError):
                party = self.load(Client, f"{folder_of(client)}/client.yaml").model.party
                yield from ((client, party.name), (client, party.short))

    def approvals(self) -> Approvals:
        """The firm's approvals of clauses; empty if there is no such file."""
        path = "provider/approvals.yaml"
        if not self.source.exists(path):
            return Approvals()
        return self.load(Approvals, path).model

    def outline(self, document: str, origin: str = "here") -> Located[Outline]:
        """The outline of a document. One under an agreement that was signed on other paper may have an outline of its own, which
        cites no clause of ours."""
        other = f"templates/{document}/other-paper.yaml"
        if origin == "elsewhere" and self.source.has(other):
            return self.load(Outline, other)
        return self.load(Outline, f"templates/{document}/outline.yaml")

    def library(self, client: str = "", agreement: str = "") -> tuple[Clause, ...]:
        """Every clause; an agreement's own clauses replace the library's in the same slot. Raises RefusedError with all
        problems."""
        own = f"{folder_of(client, agreement)}/clauses" if client else ""
        if self._libraries and not self._clause_paths(own):
            return self._libraries[0]
        problems: list[Problem] = []
        found = [attempt(problems, lambda p=path: self._clause(p)) for path in self._clause_paths("clauses")]  # type: ignore[misc]
        negotiated = [attempt(problems, lambda p=path: self._clause(p)) for path in self._clause_paths(own)]  # type: ignore[misc]
        problems.extend(_doubled_ids(clause for clause in found if clause))
        if problems:
            raise RefusedError(problems)
        if not negotiated:
            self._libraries = [tuple(clause for clause in found if clause)]
            return self._libraries[0]
        shadowed = {clause.head.slot for clause in negotiated if clause}
        kept = [clause for clause in found if clause and clause.head.slot not in shadowed]
        return tuple(kept + [clause for clause in negotiated if clause])

    def approvable(self, path: str) -> str:
        """The SHA-256 that an approval of a clause names: of its file without the duties in its head, which print nothing."""
        text = self.text(path)
        rest = without_duties(text)
        return self.digests(path).sha256 if rest == text else hashlib.sha256(rest.encode()).hexdigest()

    def _clause(self, path: str) -> Clause:
        if path not in self._models:
            self._models[path] = read_clause(self.text(path), path)
        found = self._models[path]
        assert isinstance(found, Clause)  # noqa: S101
        return found

    def _clause_paths(self, folder: str) -> tuple[str, ...]:
        if folder not in self._listed:
            found = self.source.below(folder) if folder else ()
            self._listed[folder] = tuple(each for each in found if each.endswith(".md"))
            if copies := [each for each in self._listed[folder] if conflict_copy(each.rpartition("/")[2])]:
                del self._listed[folder]
                raise RefusedError([_copied(each) for each in copies])
        return self._listed[folder]

    def house(self, provider: Located[Provider] | None = None) -> HouseStyle:
        """The house style, in the colour, with the logo and for the engine of a provider. Raises RefusedError if a part of it is
        missing or the brand cannot be used."""
        path = provider.at().path if provider else ""
        if "" not in self._houses:
            self._houses[""] = self._read_house()
        if path not in self._houses and provider:
            style = replace(self._houses[""], engine=self.engine_of(provider))
            self._houses[path] = branded(style, provider, self.read)
        return self._houses[path]

    def engine(self, client: str, agreement: str) -> Engine:
        """The engine that lays out the PDFs of an agreement. Raises RefusedError if its files cannot be read."""
        return self.engine_of(self._named_file(Provider, "provider", "entities", self.agreed(client, agreement)))

    def engine_of(self, provider: Located[Provider]) -> Engine:
        """The engine of a provider: its own, else that of `provider.yaml`, else WeasyPrint. Raises RefusedError if an entity of
        the firm names none and `provider.yaml` cannot be read."""
        is_entity = provider.at().path != _PROVIDER and self.source.exists(_PROVIDER)
        of_firm = self.load(Provider, _PROVIDER).model.pdf if is_entity and not provider.model.pdf else None
        return provider.model.pdf or of_firm or "weasyprint"

    def brand_problems(self, client: str, agreement: str) -> tuple[Problem, ...]:
        """Problems in the house style and the brand of an agreement's provider, as far as these can be read."""
        problems: list[Problem] = []
        agreed = attempt([], lambda: self.agreed(client, agreement))
        provider = attempt([], lambda: self._named_file(Provider, "provider", "entities", agreed))
        if provider:
            attempt(problems, lambda: self.house(provider))
        return tuple(problems)

    def _read_house(self) -> HouseStyle:
        base = "templates/house"
        word = [path.removeprefix(f"{base}/word/") for path in self.source.below(f"{base}/word")]
        fonts = [name for name in self.source.names(f"{base}/fonts") if name.endswith(".ttf")]
        if not word or not fonts:
            raise refused(
                "missing-file", "the house style has no Word parts or no fonts", "templates/house", "restore the folder"
            )
        text = self.text(STYLE) if self.source.exists(STYLE) else ""
        style = page_style(text) if text else {}
        return HouseStyle(
            css=style_sheet(self.text(SHEET), style, text),
            style=style,
            word={name: self._as_stored(f"{base}/word/{name}") for name in word},
            fonts={name: self.read(f"templates/house/fonts/{name}") for name in fonts},
            pictures={"draft.svg": self._as_stored(f"{base}/draft.svg")},
        )


def _copied(path: str) -> Problem:
    program = conflict_copy(path.rpartition("/")[2])
    what = f"this looks like a copy made by {program}, next to the clause it was made from"
    return Problem("conflict-copy", what, Origin(printable(path)), COPY_HINT)


def _doubled_ids(library: Iterable[Clause]) -> Iterator[Problem]:
    first: dict[str, Origin] = {}
    for clause in library:
        if clause.head.id in first:
            what = f"the id {clause.head.id} is used in a second file; first at {first[clause.head.id]}"
            yield Problem("doubled-id", what, clause.located.at("id"), "rename one of the files and its id")
        first.setdefault(clause.head.id, clause.located.at("id"))
