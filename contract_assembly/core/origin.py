"""Where something was written: the floor that every other module may stand on. Imports nothing of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in an input file: path relative to the root, with forward slashes; line counted from 1."""

    path: str
    line: int = 1

    def __repr__(self) -> str:  # short and quick: a tree has thousands, and the key of a tree is made of them
        return f"@{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
