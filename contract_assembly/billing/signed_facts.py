"""The facts that were agreed at each signature: of the contract, then of each signed amendment. Reads the record and git.

The facts of a signed agreement go on changing in its files; `record.json` names what was signed by the digest of each file. Files
that still have it are used as they are. Of a file that has changed since, the bytes come from git, by the blob that the record
names. What needs no signature (an end, a notice, the offer for the next term) is always taken as it is now."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import parse_date
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fields import Located
from contract_assembly.repository.file_cache import Digests
from contract_assembly.repository.git import Git, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.revision import LastCommit
from contract_assembly.repository.source import Edited, Folder

CONTRACT = "contract"
_RATES = "provider/rates.yaml"
_PLANS = "provider/plans/"
_AS_NOW = ("ended", "notices", "status", "renewal", "renews", "converts", "open")


class SignedVersion(Struct, frozen=True):
    """What one signature agreed on: the first day on which it applies, the facts, and the document that was signed, with the
    day of the signature; None while there is none."""

    first: date
    inputs: Inputs
    document: str = CONTRACT
    signed_on: date | None = None


class Signatures(Struct, dict=True):
    """What was signed, of every agreement of a repository."""

    repository: Repository
    problems: list[Problem] = field(default_factory=list)

    def versions(self, client: str, name: str, now: Inputs) -> tuple[SignedVersion, ...]:
        """The contract as it was signed and after each signed amendment, by their days; one that is not signed as it is now."""
        first, folder = now.agreement.model.term.first_day, folder_of(client, name)
        entries = recorded(self.repository, folder)
        contract = entries.of(CONTRACT)
        if contract.signed is None:
            return (SignedVersion(first, now),)
        library = {path: each for path, each in _inputs(contract) if path == _RATES or path.startswith(_PLANS)}
        agreed = self._as_of(client, name, now, {**library, **_facts(contract, folder)})
        found = [SignedVersion(first, agreed, signed_on=contract.signed.on)]
        for document, effective, takes in self._amendments(client, name):
            entry = entries.of(document)
            if entry.signed is not None:
                library |= {path: each for path, each in _inputs(entry) if path.startswith(takes)} if takes else {}
                files = {**library, **(_facts(entry, folder) or _facts(contract, folder))}
                found.append(SignedVersion(effective, self._as_of(client, name, now, files), document, entry.signed.on))
        return tuple(found)

    def signed_on(self, client: str, name: str) -> date | None:
        """The day of the last signature under the contract; None where it is not signed."""
        signed = recorded(self.repository, folder_of(client, name)).of(CONTRACT).signed
        return signed.on if signed else None

    def _amendments(self, client: str, name: str) -> Iterator[tuple[str, date, tuple[str, ...]]]:
        """Name, first day and taken paths of each amendment, in order."""
        found = []
        for document in self.repository.documents(client, name):
            path = f"{folder_of(client, name)}/documents/{document}.yaml"
            facts = strict_yaml.plain(strict_yaml.load(self.repository.text(path), path))
            if isinstance(facts, dict) and facts.get("document") == "amendment":
                takes = tuple(facts.get("takes", ()))
                found.append((int(facts["number"]), document, parse_date(facts["effective"]), takes))
        yield from ((document, day, takes) for _, document, day, takes in sorted(found))

    def _as_of(self, client: str, name: str, now: Inputs, files: Mapping[str, Digests]) -> Inputs:
        """The facts with these files as they were recorded."""
        older = {}
        for path, each in files.items():
            if not self.repository.source.has(path) or self.repository.digests(path).sha256 != each.sha256:
                try:
                    older[path] = self._git.blob(each.git)
                except RefusedError:
                    self.problems.append(_lost(path, now))
        if not older:
            return now
        found = Repository(Edited(self.repository.source, older)).inputs(client, name)
        assert isinstance(found, Inputs)  # noqa: S101  # a signed support contract stays one
        kept = {each: getattr(now.agreement.model, each) for each in _AS_NOW}
        agreed = Located(found.agreement.model.model_copy(update=kept), found.agreement.origins)
        return replace(found, agreement=agreed, before=now.before)

    @cached_property
    def last_commit(self) -> LastCommit:
        """What was last committed."""
        return LastCommit(self._root)

    @cached_property
    def _git(self) -> Git:
        return opened(self._root)

    @property
    def _root(self) -> Path:
        source = self.repository.source
        while isinstance(source, Edited):
            source = source.base
        return source.root if isinstance(source, Folder) else Path()


def _inputs(entry: DocumentRecord) -> Iterator[tuple[str, Digests]]:
    yield from ((path, each) for path, each in entry.inputs.items() if each)


def _facts(entry: DocumentRecord, folder: str) -> dict[str, Digests]:
    """What the record says of the agreement's own file of facts."""
    return {path: each for path, each in _inputs(entry) if path == f"{folder}/agreement.yaml"}


def _lost(path: str, now: Inputs) -> Problem:
    what = (
        f"{path} was changed since it was signed, and git does not hold it as it was: amounts follow the file as it is"
    )
    hint = "commit each step: what was signed is read from history"
    return Problem("signed-facts-lost", what, Origin(now.agreement.at("status").path), hint, "warning")
