"""`record.json` on disk, in git and inside documents: the only module that knows its keys.

A part of a document's record in a form that a build does not write is kept unchanged, in `DocumentRecord.other`. Only
the program writes this file, so `read` refuses one with a damaged part; a record from elsewhere is read as far as
possible.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, get_args

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.report import to_json
from contract_assembly.core.text import shown
from contract_assembly.document.engines import Engine
from contract_assembly.repository.file_cache import Digests
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import (
    BuildRecord,
    Countersigned,
    DocumentRecord,
    Judged,
    Output,
    PinnedEvents,
    PinnedRows,
    Signed,
    UsedClause,
)

RECORD = "record.json"
FORMAT = 2  # increased when an older program would misread a newer record

_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def recorded(repository: Repository, folder: str) -> BuildRecord:
    """The record of a folder; an empty one if there is none that can be read. Raises RefusedError `newer-record`,
    because this program would overwrite what it does not understand."""
    try:
        return read(repository, folder)
    except RefusedError as error:
        if any(each.rule == "newer-record" for each in error.problems):
            raise
        return BuildRecord(folder)


def read(repository: Repository, folder: str) -> BuildRecord:
    """The record of a folder. Raises RefusedError `missing-record`, `newer-record`, or `garbled-record` if it is not in
    the form that a build writes."""
    path = f"{folder}/{RECORD}"
    if not repository.source.has(path):
        what = "this agreement has no record: it was never built, or the record was deleted"
        raise RefusedError([Problem("missing-record", what, Origin(path), cure(folder))])
    data = repository.read(path)
    try:
        found = json.loads(data)
        if found.get("format", 1) > FORMAT:
            what = f"a newer version of the program wrote this record, in format {found['format']}"
            raise RefusedError([Problem("newer-record", what, Origin(path), "upgrade the program")])
        return BuildRecord(folder, {name: _sound(name, each) for name, each in found["documents"].items()})
    except _DAMAGE as error:
        hint = f"put it back with 'git checkout -- {path}', or, if nothing here was sent or signed, {cure(folder)}"
        what = f"the record is not what a build writes ({_damage(error)})"
        raise RefusedError([Problem("garbled-record", what, Origin(path), hint)]) from None


def cure(folder: str) -> str:
    """The command that rebuilds the documents of a folder."""
    _, client, agreement = folder.split("/")
    return f"run: build.py --client {client}/{agreement}"


def _damage(error: Exception) -> str:
    """What is wrong with a record, without words about Python."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if "int_max_str_digits" in str(error):
        return "a number in it is too long"
    return str(error)


def loaded(data: bytes) -> BuildRecord:
    """As much of a record as can be read, from a commit in any state; an empty one if nothing can be read."""
    try:
        return from_data(json.loads(data))
    except _DAMAGE:
        return BuildRecord("")


def from_data(data: Mapping[str, Any]) -> BuildRecord:
    """As much of a record as has the right form, from JSON of any origin."""
    folder, documents = data.get("folder"), data.get("documents")
    each = documents.items() if isinstance(documents, dict) else ()
    known = {name: _document(entry) for name, entry in each if isinstance(entry, dict)}
    return BuildRecord(folder if isinstance(folder, str) else "", known)


def written(record: BuildRecord) -> bytes:
    """The bytes of `record.json`."""
    return _file(
        record.folder, {name: {**_data(each, _PARTS), **each.other} for name, each in record.documents.items()}
    )


def carried(folder: str, name: str, document: DocumentRecord) -> bytes:
    """The record as it is embedded in a document: only this document, without what was added after it was written."""
    return _file(folder, {name: ingredients_data(document)})


def made_from(folder: str, name: str, document: DocumentRecord) -> str:
    """A digest of all inputs of a document."""
    return hashlib.sha256(carried(folder, name, document)).hexdigest()


def ingredients_data(document: DocumentRecord) -> dict[str, Any]:
    """The inputs of a document as JSON."""
    return _data(document, _PARTS.keys() - _OF_OUTPUTS) | {
        name: each for name, each in document.other.items() if name not in _OF_OUTPUTS
    }


def _file(folder: str, documents: Mapping[str, Any]) -> bytes:
    return f"{to_json({'format': FORMAT, 'folder': folder, 'documents': documents})}\n".encode()


# ---- the parts of a document's record


def _all_text(values: Iterable[Any]) -> str:
    """Raises TypeError if one is not text. They are joined first, because a firm has millions of them."""
    return "".join(values)


def _all_paths(values: Iterable[Any]) -> None:
    """Raises ValueError for a control character or a lone surrogate, with which it could not be a file."""
    if not (joined := _all_text(values)).isprintable():
        raise ValueError(f"{joined!a} is not a path")


def _all_names(values: Iterable[Any]) -> None:
    _all_paths(values := tuple(values))
    if wrong := next((each for each in values if "/" in each or "\\" in each), ""):
        raise ValueError(f"{wrong!a} is not the name of a file")


def _text(value: Any) -> str:
    return _all_text((value,))


def _engine(value: Any) -> str:
    if value not in get_args(Engine):
        raise ValueError(f"{shown(str(value))} is not an engine")
    return str(value)


def _judged(value: Mapping[str, Any]) -> Judged:
    found = Judged(**{**value, "day": date.fromisoformat(value["day"])})
    _all_text((found.kind, found.law, found.place))
    if type(found.final) is not bool or type(found.unapproved) is not int:
        raise TypeError("final must be true or false, and unapproved a number")
    return found


_OF_CLAUSE = itemgetter(*UsedClause._fields)


def _clauses(value: list[Mapping[str, Any]]) -> tuple[UsedClause, ...]:
    texts = [_OF_CLAUSE(each) for each in value]
    _all_text(chain.from_iterable(texts))
    found = tuple(map(UsedClause._make, texts))
    _all_paths(each.path for each in found)
    return found


def _inputs(value: Mapping[str, Any]) -> dict[str, Digests | None]:
    found = {path: Digests(**each) if each is not None else None for path, each in value.items()}
    _all_paths(found)
    for each in found.values():
        _all_text((each.sha256, each.git) if each else ())
    return found


def _pinned(value: Mapping[str, Any]) -> dict[str, PinnedRows | PinnedEvents]:
    return {
        path: PinnedRows(**each)
        if "rows" in each
        else PinnedEvents(date.fromisoformat(each["known_by"]), _text(each["sha256"]))
        for path, each in value.items()
    }


def _outputs(value: Mapping[str, Any]) -> dict[str, Output]:
    found = {name: Output(**each) for name, each in value.items()}
    _all_names(found)
    _all_text(chain.from_iterable(found.values()))
    return found


def _pages(value: Mapping[str, Any]) -> dict[str, int]:
    if not all(type(each) is int and each > 0 for each in value.values()):
        raise ValueError("pages count from 1")
    return dict(value)


def _signed(value: Mapping[str, Any]) -> Signed:
    copy = Countersigned(**value["countersigned"]) if "countersigned" in value else None
    _all_names((*value["files"], *([copy.file] if copy else [])))
    _all_text((*value["files"].values(), *(copy or ())))
    return Signed(date.fromisoformat(value["on"]), dict(value["files"]), copy)


def _tuple_data(value: Any) -> dict[str, Any]:
    """A named tuple as JSON: days in ISO 8601, without fields at their default."""
    default = type(value)._field_defaults
    return {
        name: each.isoformat() if isinstance(each, date) else each
        for name, each in value._asdict().items()
        if name not in default or each != default[name]
    }


def _by_name(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple_data(each) for name, each in value.items()}


def _inputs_data(value: Mapping[str, Digests | None]) -> dict[str, Any]:
    return {path: each and {"sha256": each.sha256, "git": each.git} for path, each in value.items()}


def _signed_data(value: Signed) -> dict[str, Any]:
    copy = value.countersigned
    return _tuple_data(value) | ({"countersigned": _tuple_data(copy)} if copy else {})


class _Part(NamedTuple):
    """A part of a document's record: `read` raises for JSON of another form, and `data` gives the JSON."""

    read: Callable[[Any], Any]
    data: Callable[[Any], Any]
    is_needed: bool = False


_PARTS: Mapping[str, _Part] = {
    "status": _Part(_text, str, is_needed=True),
    "reference": _Part(_text, str),
    "tree": _Part(_text, str, is_needed=True),
    "house": _Part(_text, str),
    "engine": _Part(_engine, str),
    "judged": _Part(_judged, _tuple_data),
    "clauses": _Part(_clauses, lambda value: [each._asdict() for each in value], is_needed=True),
    "inputs": _Part(_inputs, _inputs_data, is_needed=True),
    "pinned": _Part(_pinned, _by_name),
    "outputs": _Part(_outputs, _by_name, is_needed=True),
    "pages": _Part(_pages, dict),
    "signed": _Part(_signed, _signed_data),
    "version": _Part(_text, str),
}

# Parts that are added after the document was written, so they are not in its embedded record.
_OF_OUTPUTS = {"outputs", "pages", "program", "signed", "version"}


def _document(data: Mapping[str, Any]) -> DocumentRecord:
    parts, other = {}, {}
    for name, each in data.items():
        try:
            parts[name] = _PARTS[name].read(each)
        except _DAMAGE:
            other[name] = each
    return DocumentRecord(**parts, other=other)


def _sound(name: str, data: Any) -> DocumentRecord:
    """A document's record in the form that a build writes. Raises ValueError for one that was edited by hand."""
    found = _document(data)
    if wrong := tuple(_wrong(data, found)):
        raise ValueError(f"{name}: {', '.join(wrong)}")
    return found


def _wrong(data: Mapping[str, Any], found: DocumentRecord) -> Iterator[str]:
    for part in _PARTS:
        if part in found.other and part not in _FORGIVEN:
            yield f"{part} is damaged"
        elif _PARTS[part].is_needed and part not in data:
            yield f"{part} is missing"


def _data(document: DocumentRecord, names: Collection[str]) -> dict[str, Any]:
    parts = ((name, _PARTS[name], getattr(document, name)) for name in names)
    return {name: part.data(value) for name, part, value in parts if value or part.is_needed}


_FORGIVEN = {"judged", "pages"}  # a build computes them again
