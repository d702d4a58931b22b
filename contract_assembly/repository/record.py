"""The record of what was built in an agreement's folder, as frozen data. `record_file` reads and writes it as `record.json`."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.document.engines import Engine
from contract_assembly.repository.file_cache import Digests

FROZEN = {"signed", "ended"}
GONE_OUT = {"sent", *FROZEN}


class UsedClause(NamedTuple):
    """A clause of a document: its slot, and the digests of its file."""

    id: str
    slot: str
    path: str
    sha256: str
    git: str


class Output(NamedTuple):
    """A file that a build wrote: its digest, the key of its tree, and the digest of all its inputs."""

    sha256: str
    tree: str
    made_from: str = ""

    def is_of_state(self, file: str, tree: str, made_from: str) -> bool:
        """Whether the file belongs to a state. Review text contains only the words; every other format also embeds its
        inputs."""
        return self.tree == tree if file.endswith(".md") else self.made_from == made_from


class Judged(NamedTuple):
    """What else determined the choice of clauses and the document's status: `unapproved` counts the clauses that are
    not approved; `history` is true if commits were inputs, too; `place` is the client's."""

    kind: str
    law: str
    day: date
    final: bool
    unapproved: int
    history: bool = False
    place: str = ""


class PinnedRows(NamedTuple):
    """The rows of a ledger from which a document was made: how many, and the digest of the last of them."""

    rows: int
    digest: str


class PinnedEvents(NamedTuple):
    """The events of an account, as known on a day, from which a document was made."""

    known_by: date
    sha256: str


Pinned: TypeAlias = Mapping[str, PinnedRows | PinnedEvents]


class Countersigned(NamedTuple):
    """The signed copy that was returned: "scan" or "electronic"; who read a scan against what was sent; and the certificate of
    completion that an e-sign service gave with it."""

    file: str
    sha256: str
    kind: str
    looked_at_by: str = ""
    certificate: str = ""
    certificate_sha256: str = ""


class Signed(NamedTuple):
    """A signature: its day, and the SHA-256 of each file that was signed."""

    on: date
    files: Mapping[str, str]
    countersigned: Countersigned | None = None


class DocumentRecord(Struct, frozen=True):
    """The inputs and outputs of one document. Everything is empty for a document that was never built.

    An input that was looked for and did not exist has no digests: the document changes when it is added. `pages` are
    those of the headings in its PDF, for a DOCX that is built without one. `engine` laid the PDF out; empty means WeasyPrint,
    which made every PDF before there was another. `other` holds parts in a form that a build
    does not write."""

    status: str = ""
    reference: str = ""
    tree: str = ""
    house: str = ""
    engine: str = ""
    judged: Judged | None = None
    clauses: tuple[UsedClause, ...] = ()
    inputs: Mapping[str, Digests | None] = field(default_factory=dict)
    pinned: Pinned = field(default_factory=dict)
    outputs: Mapping[str, Output] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    signed: Signed | None = None
    version: str = ""
    other: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_frozen(self) -> bool:
        """Whether the document was sent or signed, so that no build changes it and `check` compares every byte."""
        return self.signed is not None or self.status in GONE_OUT

    @property
    def is_final(self) -> bool:
        """Whether it was built as the final version."""
        return self.judged is not None and self.judged.final

    @property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of each file that a build wrote."""
        return {name: each.sha256 for name, each in self.outputs.items()}

    @property
    def ingredients(self) -> "DocumentRecord":
        """Only the inputs of the document, as they are embedded in its files."""
        return replace(self, outputs={}, pages={}, signed=None, version="", other=without_program(self.other))

    def pages_of(self, tree: str, engine: str) -> Mapping[str, int] | None:
        """The pages from an earlier layout of the same tree by the same engine; None if there was none."""
        return self.pages if self.pages and (self.tree, self.engine) == (tree, engine) else None

    @property
    def laid_out_by(self) -> Engine:
        """The engine that laid the PDF out."""
        return "typst" if self.engine == "typst" else "weasyprint"


NEVER_BUILT = DocumentRecord()


class BuildRecord(Struct, frozen=True):
    """The documents of an agreement's folder by name; `folder` is "agreements/acme/2026-support"."""

    folder: str
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)

    def of(self, name: str) -> DocumentRecord:
        """The record of one document; empty if it was never built."""
        return self.documents.get(name, NEVER_BUILT)

    def with_document(self, name: str, document: DocumentRecord) -> "BuildRecord":
        """The record with one document replaced."""
        return replace(self, documents={**self.documents, name: document})


def without_program(other: Mapping[str, Any]) -> Mapping[str, Any]:
    """Records of format 1 have `program`, a digest of the source, in place of the version."""
    return {name: each for name, each in other.items() if name != "program"}
