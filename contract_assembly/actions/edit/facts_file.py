"""A file of facts as it is now, ready for a form: its data, the line of each value, and the digest by which a later change of the
file is noticed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import origins
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import GONE_OUT
from contract_assembly.repository.record_file import RECORD, read, recorded

_SCHEMAS = {"support": "agreement", "time-block": "block-agreement"}


class FactsFile(Struct, frozen=True):
    """`client.yaml` or an `agreement.yaml`, which has an `agreement`. `digest` is the SHA-256 of its bytes. `status` is that of
    an agreement, empty for a client: what the record says was sent or signed stays so, whatever the file says now."""

    client: str
    agreement: str
    path: str
    schema: str
    digest: str
    text: str
    data: Mapping[str, Any]
    lines: Mapping[str, int]
    ends_in_crlf: bool
    status: str = ""

    @property
    def name(self) -> str:
        """The file's name in its folder."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """Its folder below the root."""
        return self.path.rpartition("/")[0]

    @property
    def is_frozen(self) -> bool:
        """Whether it states what was sent or signed."""
        return self.status in GONE_OUT

    def as_bytes(self, text: str) -> bytes:
        """A text of this file with its own line endings."""
        return (text.replace("\n", "\r\n") if self.ends_in_crlf else text).encode()


def facts_file(repository: Repository, client: str, agreement: str = "") -> FactsFile:
    """The facts of a client, or of one of its agreements. Raises RefusedError if the file is not there or is not YAML, or if the
    record of the agreement cannot be read, because then it is not known what was signed."""
    repository.check_name("client", client, ALL)
    if agreement:
        repository.check_name("agreement", agreement, folder_of(client))
    path = f"{folder_of(client, agreement)}/{'agreement' if agreement else 'client'}.yaml"
    data, text = repository.read(path), repository.text(path)
    node = strict_yaml.load(text, path)
    found = strict_yaml.plain(node)
    if not isinstance(found, dict):
        what = "keys and values belong in this file"
        raise RefusedError([Problem("ill-typed", what, Origin(path), "see docs/schema for what belongs in it")])
    kind = found.get("kind", "support")
    return FactsFile(
        client=client,
        agreement=agreement,
        path=path,
        schema=_SCHEMAS.get(kind if isinstance(kind, str) else "", "agreement") if agreement else "client",
        digest=digest(data),
        text=text,
        data=found,
        lines={name: each.line for name, each in origins(node).items() if name},
        ends_in_crlf=b"\r\n" in data,
        status=_status(repository, folder_of(client, agreement), found) if agreement else "",
    )


def _status(repository: Repository, folder: str, data: Mapping[str, Any]) -> str:
    stated = data.get("status", "draft")
    known = (read if repository.source.exists(f"{folder}/{RECORD}") else recorded)(repository, folder).of(CONTRACT)
    if str(stated) in GONE_OUT or not known.is_frozen:
        return str(stated)
    return "signed" if known.signed else "sent"


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes."""
    return sha256(data).hexdigest()
