"""Problems with the lines of the files that they are about, for a page that shows them instead of a document."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.repository.inputs import Repository

AROUND = 2  # lines above and below
LONGEST = 200  # characters of a line that are shown


class SourceLine(Struct, frozen=True):
    """A line of a file; `is_wrong` marks the one that the problem is about."""

    number: int
    text: str
    is_wrong: bool


class LocatedProblem(Struct, frozen=True):
    """A problem with the lines around its place; without any if it has none, or the file cannot be read as text."""

    problem: Problem
    lines: tuple[SourceLine, ...]


def located(repository: Repository, problems: Iterable[Problem]) -> tuple[LocatedProblem, ...]:
    """The problems in order, each once."""
    return tuple(LocatedProblem(each, tuple(_lines(repository, each))) for each in in_order(problems))


def _lines(repository: Repository, problem: Problem) -> Iterator[SourceLine]:
    if problem.origin is None or not repository.source.has(problem.origin.path):
        return
    try:
        text = repository.source.read(problem.origin.path).decode("utf-8", "replace").splitlines()
    except RefusedError:
        return
    line = problem.origin.line
    for number in range(max(line - AROUND, 1), min(line + AROUND, len(text)) + 1):
        yield SourceLine(number, text[number - 1][:LONGEST], number == line)
