"""Long lists a page at a time, with the addresses of the pages before and after. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from contract_assembly.web.page import PageRequest

ROWS = 200  # on a page


class Paged(Struct, frozen=True):
    """The rows of one page out of `count`; `address` is that of the list, and `query` what else was chosen."""

    rows: tuple[Any, ...]
    count: int
    page: int
    pages: int
    path: str
    query: Mapping[str, str]

    def at(self, page: int) -> str:
        """The address of another page of the list."""
        return address(self.path, {**self.query, "page": str(page) if page > 1 else ""})


def paged(rows: Iterable[Any], asked: PageRequest, path: str, query: Mapping[str, str]) -> Paged:
    """The page of a list that the query names. Without a server there is one page, with every row."""
    every = tuple(rows)
    size = ROWS if asked.served else max(len(every), 1)
    pages = max(-(-len(every) // size), 1)
    text = asked.query.get("page", "")
    page = min(max(int(text), 1), pages) if text.isdecimal() and text.isascii() and len(text) < 9 else 1
    return Paged(
        rows=every[(page - 1) * size : page * size], count=len(every), page=page, pages=pages, path=path, query=query
    )


def address(path: str, query: Mapping[str, str]) -> str:
    """An address with those parts of a query that have a value."""
    text = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{text}" if text else path
