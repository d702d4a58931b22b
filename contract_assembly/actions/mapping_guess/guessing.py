"""Guess a mapping from an export: its kind, its columns, and how its cells are written. Reads nothing but the given bytes."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from contract_assembly.actions.mapping_guess import cells as looks
from contract_assembly.actions.mapping_guess.heads import KINDS, Columns, columns
from contract_assembly.core.csv_tables import HEAD_WITHIN, Encoding, Row, likely, read_rows
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.facts.export_cells import ISO
from contract_assembly.repository.yaml_editor import quoted, schema_line

MOST = 500  # rows that are looked at
_SCHEMAS = {
    "clients": "client-mapping",
    "tickets": "ticket-mapping",
    "time-entries": "time-mapping",
    "counts": "count-mapping",
}
_COMMANDS = {
    "clients": "build.py import FILE --mapping {0}",
    "tickets": "build.py service import CLIENT FILE --mapping {0}",
    "time-entries": "build.py block import CLIENT FILE --mapping {0}",
    "counts": "build.py change --from FILE --mapping {0} --output proposal.csv",
}
_PLAIN = re.compile(r"[A-Za-z][\w ]*")
_OTHERS = "other_clients: pass over    # or refuse: names that are not those of a client here"
_AS_KEY = {"priority": "priorities", "status": "statuses"}


class Guess(Struct, frozen=True):
    """A mapping as text, its kind and columns, what a person has to fill in, and the command that uses it."""

    kind: str
    text: str
    columns: Columns
    missing: tuple[str, ...]
    command: str


def guess(data: bytes, path: str, name: str, kind: str = "") -> Guess:
    """A mapping of this name for an export. Raises RefusedError where the file cannot be read, or of no kind is likely."""
    encoding = _encoding(data)
    rows = read_rows(data, path, None, encoding)
    found = _head(rows, kind)
    if found is None:
        what = "the column headings match no known kind of export"
        hint = f"say which it is: --kind {' or --kind '.join(KINDS)}; or check that the first rows hold the headings"
        raise RefusedError([Problem("guess", what, rows[0].origin if rows else Origin(path), hint)])
    at, of = found
    head = [each.strip() for each in rows[at].cells]
    below = [row.cells for row in rows[at + 1 : at + 1 + MOST] if len(row.cells) == len(head)]
    given = {
        what: [text for cells in below if (text := " ".join(cells[head.index(column)].split()))]
        for what, column in of.named.items()
    }
    missing: list[str] = [f"columns: {each}" for each in of.lacking]
    body = list(_body(of, given, missing))
    text = "\n".join([*_top(name, path, of), *_file(data, encoding), *body, *_unread(of)])
    return Guess(of.kind, f"{text}\n", of, tuple(missing), _COMMANDS[of.kind].format(name))


def _encoding(data: bytes) -> Encoding | None:
    if data.startswith("\ufeff".encode()):
        return "utf-8-bom"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return None


def _head(rows: Sequence[Row], kind: str) -> tuple[int, Columns] | None:
    """The row of the heads, and its columns: of the first rows, the one with most heads that are known."""
    found = [
        (n, made) for n, row in enumerate(rows[:HEAD_WITHIN]) if (made := columns([c.strip() for c in row.cells], kind))
    ]
    return max(found, key=lambda each: (len(each[1].named), -each[0]), default=None)


def _top(name: str, path: str, of: Columns) -> Iterator[str]:
    file = re.split(r"[\\/]", path)[-1]
    yield schema_line(_SCHEMAS[of.kind], 2).rstrip("\n")
    yield f"# Guessed from the headings and first rows of {_comment(file)}. Check every line that has a comment, then delete it."
    yield f"kind: {of.kind}    # {' or '.join(each for each in KINDS if each != of.kind)}, if this is wrong"
    yield f"name: {_value(name.replace('-', ' ').capitalize())}    # how reports call the program"


def _file(data: bytes, encoding: Encoding | None) -> Iterator[str]:
    yield f"separator: {likely(data.decode('utf-8', 'replace'))}"
    yield f"encoding: {encoding or 'utf-8'}"


def _body(of: Columns, given: Mapping[str, Sequence[str]], missing: list[str]) -> Iterator[str]:
    yield from _forms(of, given, missing)
    if of.kind == "clients":
        yield f"decimal: {looks.decimal_mark(given.get('price', given.get('rate', ())))}    # the mark before the cents"
    yield "columns:"
    for what, column in of.named.items():
        like = f"    # like {_comment(given[what][0])}" if given[what] else "    # blank in the first rows"
        yield f"  {what}: {_value(column)}{like}"
    for what in of.lacking:
        yield f"  # {what}: NAME OF ITS COLUMN    # needed, and no heading was recognized"
    yield from _words(of, given, missing)


def _forms(of: Columns, given: Mapping[str, Sequence[str]], missing: list[str]) -> Iterator[str]:
    days = [text for what in ("date", "first_day", "last_day", "signed_on", "left_on") for text in given.get(what, ())]
    moments = [text for what in ("start", "created", "closed", "responded", "resolved") for text in given.get(what, ())]
    for key, values, forms in (("dates", days, looks.day_forms), ("moments", moments, looks.moment_forms)):
        if not values:
            continue
        found = forms(values)
        if len(found) == 1:
            yield f"{key}: [{_form(found[0])}]"
        elif found:
            missing.append(f"{key}: the form, which the first rows leave open")
            yield f"{key}: [{_form(found[0])}]    # or {' or '.join(map(_form, found[1:]))}: these rows can be read either way"
        elif key == "dates" and (mixed := looks.mixed_day_forms(values)):
            yield f"{key}: [{', '.join(map(_form, mixed))}]    # the rows mix these forms"
        else:
            missing.append(f"{key}: the forms: no single one reads every cell")
            like = f"no single form reads every cell, like {_comment(values[0])}"
            yield f"{key}: [iso]    # {like}: write each form, as in strptime"


def _words(of: Columns, given: Mapping[str, Sequence[str]], missing: list[str]) -> Iterator[str]:
    if of.kind == "time-entries":
        unit = looks.unit_of(given.get("worked", ()), of.named.get("worked", ""))
        if unit:
            yield f"unit: {unit}    # of plain numbers in worked"
        if odd := looks.unreadable_durations(given.get("worked", ()), unit):
            missing.append(f"worked: cells like {shown(odd[0])} cannot be read as time worked")
        yield _OTHERS
    if of.kind == "tickets":
        for what, key in _AS_KEY.items():
            choices = "P1 to P4" if what == "priority" else "open, closed or excluded"
            yield f"{key}:    # {choices}"
            for word, meant in looks.meanings(given.get(what, ()), what).items():
                if not meant:
                    missing.append(f"{key}: {word}")
                yield f"  {'' if meant else '# '}{_value(word)}: {meant or f'{choices}?    # not known'}"
        yield _OTHERS
    if of.kind == "counts" and "what" in of.named:
        missing.append("words: what each word counts as")
        yield "words:    # what each counts as: users, workstation, server …; none for nothing"
        for word in dict.fromkeys(given["what"]):
            yield f"  {_value(word)}: none"
        yield "other_words: refuse"


def _unread(of: Columns) -> Iterator[str]:
    if of.unread:
        yield f"# Columns that nothing reads: {_comment(', '.join(of.unread))}"


def _form(form: str) -> str:
    return form if form == ISO else quoted(form)


def _value(text: str) -> str:
    return (
        text
        if _PLAIN.fullmatch(text) and text.casefold() not in {"yes", "no", "true", "false", "null"}
        else quoted(text)
    )


def _comment(text: str) -> str:
    """A text of the file for a comment: one line, and nothing that could end it."""
    plain = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return plain if len(plain) <= 60 else f"{plain[:57]}…"


def still_open(guessed: Guess, path: str) -> tuple[Problem, ...]:
    """What a person has to fill in before the mapping can be used, as warnings."""
    hint = f"then: {guessed.command}"
    return tuple(
        Problem("guess", f"still to be filled in: {each}", Origin(path), hint, "warning") for each in guessed.missing
    )
