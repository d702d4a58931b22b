"""The figures of a firm for a program that keeps running, such as the web server: those of an agreement are counted
again only where a file that they follow from has changed, or where they are asked for another day."""

import hashlib
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from contract_assembly.billing.revenue import Revenue, of_pairs
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.source_digest import program_here
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Folder, Source

_FIRM = ("clauses", "provider")
_READ = (".yaml", ".csv", ".json", ".md")  # what figures follow from; built documents are left alone


def digest(source: Source, folder: str) -> str:
    """A digest of the names and contents of all files of facts in a folder and those within it."""
    found = hashlib.sha256()
    for path in source.below(folder):
        if path.endswith(_READ):
            data = source.read(path)
            found.update(f"{path}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()


class Figures(Struct):
    """The figures of the agreements below a root, each counted once for what its files contain. What was signed and changed later
    is in git history, and `record.json` names it by its content, so the digest covers it."""

    root: Path
    _firm: str = ""
    _shared: Repository | None = None  # for as long as the firm's own files are the same
    _known: dict[tuple[str, str], tuple[tuple[object, ...], Revenue]] = field(default_factory=dict)

    def look(self) -> None:
        """Look whether the firm's own files have changed: once before the agreements are gone through."""
        source = Folder(self.root)
        digests = (program_here(), *(digest(source, each) for each in _FIRM))
        firm = hashlib.sha256("".join(digests).encode()).hexdigest()
        if firm != self._firm or self._shared is None:
            self._firm, self._shared = firm, Repository(self.root)

    def of(self, client: str, name: str, on: date, since: date | None = None) -> Revenue:
        """The figures of one agreement on a day, with the movements since an earlier one. What cannot be read has its problems in
        them."""
        if self._shared is None:
            self.look()
        assert self._shared is not None  # noqa: S101  # `look` sets it
        self._shared.forget(client)
        try:
            key = (self._firm, digest(self._shared.source, folder_of(client)), on, since)
        except RefusedError as error:
            return Revenue(on, since, problems=list(error.problems))
        known = self._known.get((client, name))
        if known is None or known[0] != key:
            known = self._known[client, name] = key, of_pairs(self._shared, ((client, name),), on, since)
        return known[1]
