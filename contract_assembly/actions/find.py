"""Find words in clients, agreements, built documents and clauses, with the place of each line. Reads the text files of a
repository on disk.

A file is read as text and passed over unless it has every word somewhere, so that a search of thousands of agreements takes
seconds; nothing is parsed. The words of a document are those of its review text, which its Word and PDF files share."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from contract_assembly.core.paths import ALL
from contract_assembly.core.text import NBSP
from contract_assembly.repository.text_files import text_files

Group = Literal["clients", "facts", "documents", "clauses", "firm"]
GROUPS: tuple[Group, ...] = ("clients", "facts", "documents", "clauses", "firm")
_CLAUSES, _FIRM = "clauses", "provider"


class FoundLine(Struct, frozen=True):
    """A line with the words: its group, the client and the agreement that it is of ("" where it is of none), and its place."""

    group: Group
    client: str
    agreement: str
    path: str
    line: int
    text: str


def find(root: Path, words: Sequence[str], clients: Sequence[str] = ()) -> list[FoundLine]:
    """Every line with all of these words, each at the beginning of a word and without regard to capitals, in the order of GROUPS
    and of paths. Of a file of facts that has them on different lines, the lines with one of them.

    `clients` narrows the search to some clients, and leaves out the firm's own files."""
    wanted = [" ".join(each.casefold().split()) for each in words]
    patterns = [re.compile(rf"(?<!\w){re.escape(each)}") for each in wanted]
    plain = [[part for part in each.split() if part.isascii()] for each in wanted]  # others are written in several ways
    raw, quick = [part.encode() for parts in plain for part in parts], [next(iter(parts), "") for parts in plain]
    folders = [f"{ALL}/{each}" for each in clients] or [ALL, _CLAUSES, _FIRM]
    found = [
        line
        for folder in folders
        for path, data in text_files(root, folder)
        if _has(data, raw)
        for line in _lines(path, data.decode("utf-8", "replace"), patterns, quick)
    ]
    return sorted(found, key=lambda each: (GROUPS.index(each.group), each.path, each.line))


def _has(data: bytes, parts: Sequence[bytes]) -> bool:
    low = data.lower()
    return all(each in low for each in parts)


def _lines(path: str, text: str, patterns: Sequence[re.Pattern[str]], quick: Sequence[str]) -> Iterator[FoundLine]:
    """The lines of a file that show its words. Only lines with one of the `quick` texts are looked at closely."""
    low = text.casefold().splitlines()
    lines = [
        (n, " ".join(line.replace(NBSP, " ").split()))
        for n, line in enumerate(text.splitlines(), 1)
        if any(each in low[n - 1] for each in quick)
    ]
    having = [(n, line, {each for each in patterns if each.search(line.casefold())}) for n, line in lines]
    shown = [(n, line) for n, line, has in having if len(has) == len(patterns)]
    group, client, agreement = _where(path)
    if (
        not shown
        and group in {"clients", "facts"}
        and len({each for *_, has in having for each in has}) == len(patterns)
    ):
        shown = [(n, line) for n, line, has in having if has]
    for n, line in shown:
        if not line.startswith("<!--"):
            yield FoundLine(group=group, client=client, agreement=agreement, path=path, line=n, text=line)


def _where(path: str) -> tuple[Group, str, str]:
    top, *parts = path.split("/")
    if top != ALL:
        return ("clauses" if top == _CLAUSES else "firm"), "", ""
    client, agreement = parts[0], parts[1] if len(parts) > 2 else ""
    if agreement and parts[2] == _CLAUSES:
        return "clauses", client, agreement
    if not agreement:
        return "clients", client, ""
    return ("documents" if path.endswith(".md") else "facts"), client, agreement
