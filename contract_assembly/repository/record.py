"""What `record.json` says of an agreement's folder, read back. Reads through `repository`; judges nothing."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository

RECORD = "record.json"
FROZEN = {"signed", "ended"}
GONE_OUT = {"sent", *FROZEN}
Entry: TypeAlias = Mapping[str, Any]

FORMAT = 2  # of record.json; raised when an older program would misread a newer record

# Of an entry, what is added after the document was made: its files, the pages of its headings, the version that wrote them, and
# who signed. Records of format 1 have `program`, a digest of the source, in place of `version`.
OF_OUTPUTS = {"outputs", "pages", "program", "signed", "version"}
_PARTS = {"inputs": dict, "outputs": dict, "clauses": list, "tree": str, "status": str}


def recorded(repository: Repository, folder: str) -> dict[str, Any]:
    """What the record of a folder says of each document; nothing where there is no record that can be read."""
    try:
        return read(repository, folder)
    except RefusedError:
        return {}


def read(repository: Repository, folder: str) -> dict[str, Any]:
    """What the record says of each document, by name. Raises RefusedError `missing-record`, or `garbled-record` where it is
    not what a build writes."""
    path = f"{folder}/{RECORD}"
    if not repository.source.has(path):
        what = "this agreement has no record: it was never built, or the record was deleted"
        raise RefusedError([Problem("missing-record", what, Origin(path), cure(folder))])
    try:
        found = json.loads(repository.read(path))["documents"]
        if not all(_sound(each) for each in found.values()):
            raise ValueError("a part of it is missing")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        hint = f"{cure(folder)}, or put it back with 'git checkout -- {path}'"
        what = f"the record is not what a build writes ({error})"
        raise RefusedError([Problem("garbled-record", what, Origin(path), hint)]) from None
    return dict(found)


def is_frozen(entry: Entry) -> bool:
    """Whether a document has gone out, by its entry in the record: no build touches it again, and each byte of it is guarded."""
    return "signed" in entry or entry.get("status") in GONE_OUT


def outputs(entry: Entry) -> dict[str, Any]:
    """The files of a document by name, each with the digests of its bytes and of its tree."""
    found: dict[str, Any] = entry.get("outputs", {})
    return found


def pages_of(entry: Entry, tree: str) -> dict[str, int] | None:
    """The pages that an earlier layout of the same tree gave; None where there was none."""
    pages = entry.get("pages") if entry.get("tree") == tree else None
    sound = isinstance(pages, dict) and all(type(each) is int and each > 0 for each in pages.values())
    return pages if sound else None


def of_state(file: str, output: Mapping[str, Any], tree: str, made_from: str) -> bool:
    """Whether a file is of a state. Review text holds the words alone; every other format carries what it was made from, too."""
    return bool(output.get("tree") == tree if file.endswith(".md") else output.get("made_from") == made_from)


def cure(folder: str) -> str:
    """The command that builds the documents of a folder again."""
    _, client, agreement = folder.split("/")
    return f"run: build.py --client {client}/{agreement}"


def _sound(entry: Any) -> bool:
    """Whether an entry has the shape that a build gives it, so that one that was edited by hand is refused."""
    return (
        isinstance(entry, dict)
        and all(isinstance(entry[part], kind) for part, kind in _PARTS.items())
        and all(isinstance(each["sha256"], str) for each in entry["outputs"].values())
        and not any("/" in name or "\\" in name for name in entry["outputs"])
        and all(map(str.isprintable, _names(entry)))
        and all(isinstance(each[part], str) for each in entry["clauses"] for part in ("path", "sha256", "slot"))
        and all(each is None or isinstance(each["sha256"], str) for each in entry["inputs"].values())
    )


def _names(entry: Entry) -> Iterator[str]:
    """Every name and path in an entry: with a control character or a lone surrogate it could not be a file."""
    yield from (*entry["outputs"], *entry["inputs"], *(each["path"] for each in entry["clauses"]))
