"""The figures of a large firm from one run of the server to the next, in `.build/`. What is kept of a client is used as long as
none of its files has changed, nor one of the firm's, nor the program."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import DecodeError, Struct, field, to_builtins
from msgspec.json import Decoder

from contract_assembly.core.garbage import not_collected
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.source_digest import program_here
from contract_assembly.repository.fingerprint import fingerprint
from contract_assembly.repository.store.cache import keep, kept
from contract_assembly.web.figures import ClientFigures

NAME = "portfolio.json"
LEAST = 100  # clients: the figures of fewer are computed in a moment
FIRM = ("clauses", "provider")


class CachedFigures(Struct, frozen=True):
    """The figures of a client on a day, and the fingerprint of its files before they were read."""

    files: str
    on: date
    figures: ClientFigures


class KeptFigures(Struct, frozen=True):
    """The file: the digest of the program, the fingerprint of the firm's files, and an entry for each client."""

    program: str
    firm: str
    clients: dict[str, CachedFigures]


_KEPT = Decoder(KeptFigures)


class FigureCache(Struct):
    """The figures that an earlier run worked out, and those of this one."""

    root: Path
    firm: str = ""
    entries: dict[str, CachedFigures] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def opened(cls, root: Path) -> "FigureCache":
        """The cache of a repository; an empty one if there is none, or it is of another program or of other words and prices."""
        found = cls(root, fingerprint(root, *FIRM))
        with suppress(DecodeError, RecursionError), not_collected():
            before = _KEPT.decode(kept(root, NAME))
            if (before.program, before.firm) == (program_here(), found.firm):
                found.entries = before.clients
        return found

    def figures(self, client: str, on: date, work: Callable[[], ClientFigures]) -> ClientFigures:
        """The figures of a client on a day: those that are kept, or else the work's."""
        files, entry = fingerprint(self.root, folder_of(client)), self.entries.get(client)
        if entry is None or (entry.files, entry.on) != (files, on):
            entry = self.entries[client] = CachedFigures(files, on, work())
            self.changed = True
        return entry.figures

    def latest(self, client: str) -> ClientFigures | None:
        """The figures of a client of whatever day, until there are newer ones."""
        entry = self.entries.get(client)
        return entry.figures if entry else None

    def begin_again(self) -> None:
        """Discard everything, because a file of the firm changed."""
        self.firm, self.entries = fingerprint(self.root, *FIRM), {}

    def save(self) -> None:
        """Write what is new for the next run. A disk that cannot be written only makes that one slower."""
        if not self.changed or len(self.entries) < LEAST:
            return
        self.changed = False
        data = to_builtins(KeptFigures(program_here(), self.firm, dict(self.entries)))
        with suppress(RefusedError):
            keep(self.root, NAME, data)
