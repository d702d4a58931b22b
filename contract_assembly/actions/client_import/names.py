"""Names in a table of clients: the folder of each, one client in two spellings, clients that are there already, and those that
may be one. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from contract_assembly.actions.client_import.rows import ClientRow
from contract_assembly.core.csv_tables import folded
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import joined, shown

_NAMED = 3  # clients of one mail domain that a warning names
_LIKE = 0.88  # how alike two names are before a person is asked to look
_LEGAL = frozenset(
    "the llc inc incorporated ltd limited corp corporation company co plc pllc pc llp lp pty gmbh".split()  # noqa: SIM905
)
# Mail services of the public: an address there says nothing of whose it is.
_ANYONES = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.com".split()  # noqa: SIM905
)


def folder_name(name: str) -> str:
    """The name of a client's folder: small letters and digits, without the legal form."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("&", " and ")
    words = re.findall(r"[a-z0-9]+", re.sub(r"['.]", "", plain))
    return "-".join([each for each in words if each not in _LEGAL] or words)[:60].strip("-")


def doubles(rows: Sequence[ClientRow], known: Mapping[str, str], folders: Iterable[str]) -> Iterator[Problem]:
    """Rows whose client is there in another spelling, or is a client already. `known` are the clients of the repository by the
    folder_name of each name, and `folders` their folders."""
    spelt: dict[str, dict[str, ClientRow]] = {}
    for row in rows:
        spelt.setdefault(folder_name(row.text("company")), {}).setdefault(folded(row.text("company")), row)
    there = {**{each: each for each in folders}, **known}
    for name, spellings in spelt.items():
        if name in there:
            yield from (_there(row, there[name]) for row in spellings.values())
        elif name and len(spellings) > 1:
            yield from (_spelt(row, spellings.values()) for row in spellings.values())


def _there(row: ClientRow, client: str) -> Problem:
    what, hint = (
        f"{row.text('company')} is a client already: {client}",
        "leave the row out, or begin a further agreement of that client with 'build.py new'",
    )
    return Problem("exists-already", what, row.record.origin, hint)


def _spelt(row: ClientRow, spellings: Iterable[ClientRow]) -> Problem:
    others = ", ".join(
        f"{shown(each.text('company'))} in line {each.record.origin.line}" for each in spellings if each is not row
    )
    what = f"{row.text('company')} appears in another spelling: {others}"
    return Problem("import-doubled", what, row.record.origin, "write one name for one client")


def nearly_doubles(rows: Sequence[ClientRow], known: Mapping[str, str]) -> Iterator[Problem]:
    """Warnings about two names that are nearly alike, and about two clients with addresses of one mail domain."""
    first: dict[str, ClientRow] = {}
    for row in rows:
        first.setdefault(folder_name(row.text("company")), row)
    told: set[frozenset[str]] = set()
    for before, after in _neighbours({*first, *known} - {""}):
        shown_in = first.get(after) or first.get(before)
        if shown_in and frozenset((before, after)) not in told and _is_near(before, after):
            told.add(frozenset((before, after)))
            own = folder_name(shown_in.text("company"))
            yield _near(shown_in, f"is nearly {_shown_name(before if own == after else after, first, known)}")
    yield from _of_one_domain(rows)


def _neighbours(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that begin or end alike: a long list is not compared each with each."""
    for key in (lambda name: name, lambda name: name[::-1], lambda name: name.replace("-", "")):
        yield from pairwise(sorted(names, key=key))


def _is_near(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    longer_by_words = "-" in short and long.startswith(f"{short}-")
    return longer_by_words or SequenceMatcher(None, one, other).ratio() >= _LIKE


def _of_one_domain(rows: Sequence[ClientRow]) -> Iterator[Problem]:
    found: dict[str, dict[str, ClientRow]] = {}
    for row in rows:
        domain = row.text("email").rpartition("@")[2].strip().casefold()
        if domain and domain not in _ANYONES:
            found.setdefault(domain, {}).setdefault(folder_name(row.text("company")), row)
    for domain, by_name in found.items():
        row, *others = by_name.values()
        if others:
            named = [f"{shown(each.text('company'))} in line {each.record.origin.line}" for each in others[:_NAMED]]
            named += [f"{len(others) - _NAMED} more"] if len(others) > _NAMED else []
            yield _near(
                row, f"has an address at {domain}, and so {'have' if len(others) > 1 else 'has'} {joined(named)}"
            )


def _near(row: ClientRow, what: str) -> Problem:
    said = f"{row.text('company')} {what}"
    return Problem("import-near", said, row.record.origin, "see that they are two clients", "warning")


def _shown_name(name: str, rows: Mapping[str, ClientRow], known: Mapping[str, str]) -> str:
    if name in rows:
        return f"{shown(rows[name].text('company'))} in line {rows[name].record.origin.line}"
    return f"the client {known[name]}"
