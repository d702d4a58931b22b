"""The place where something was written. Imports nothing from this program."""

from msgspec import Struct


class Origin(Struct, frozen=True, order=True):
    """A place in an input file: path relative to the root, with forward slashes; line counted from 1."""

    path: str
    line: int = 1

    def __repr__(self) -> str:  # short and fast: a tree has thousands, and its key is made of them
        return f"@{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
