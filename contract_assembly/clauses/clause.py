"""Clause files: the model of their front matter, and reading them. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, get_args

from msgspec import Struct
from pydantic import Field

from contract_assembly.clauses.clause_duty import ClauseDuty, duty_problems, without_duties
from contract_assembly.clauses.parameter import Param, ill_declared
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import is_clients
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.fields import (
    LawPattern,
    Located,
    Model,
    SlugFact,
    TextFact,
    TruthFact,
    read_as,
)
from contract_assembly.facts.playbook import Reader

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
Rung = Literal["preferred", "acceptable", "last-resort"]
RUNGS: tuple[Rung, ...] = get_args(Rung)  # from what the firm prefers down to the last that it accepts


class Yield(Model):
    """When to yield to a fallback, in a sentence or two, and who must see it before it is offered."""

    when: TextFact
    to: tuple[Reader, ...]


class Head(Model):
    """A clause file's front matter. `by` says whether `laws` are those that an agreement chooses, those of the client's place, or
    either: a statute about renewals may protect a client whatever law was chosen. `after` is for a negotiated clause alone: the
    slot that it comes directly after, for a point on which the outline has no slot, or one that was moved. `duties` are those
    that its words make; a negotiated clause without the entry makes those of the clause that it replaces."""

    id: SlugFact
    title: TextFact
    slot: SlugFact
    after: SlugFact | None = None
    kinds: tuple[Kind, ...]
    laws: tuple[LawPattern, ...]
    by: Literal["law", "place", "either"] = "law"
    rung: Rung
    yields: Yield | None = Field(default=None, alias="yield")
    purpose: TextFact
    params: dict[str, Param] = Field(default={})
    requires: tuple[SlugFact, ...] = ()
    conflicts: tuple[SlugFact, ...] = ()
    survives: TruthFact = False
    retired: TruthFact = False
    duties: tuple[ClauseDuty, ...] | None = None


class Clause(Struct, frozen=True):
    """A clause file, read: its head with lines, and its body, whose first line is `body_at`."""

    located: Located[Head]
    body: str
    body_at: Origin

    @property
    def head(self) -> Head:
        """The front matter."""
        return self.located.model

    @property
    def is_negotiated(self) -> bool:
        """Whether it belongs to one agreement, where it replaces the library's clause of its slot."""
        return is_clients(self.body_at.path)


@lru_cache(maxsize=4096)  # a renewal or a comparison reads several states, in which most clauses are the same
def read_clause(text: str, path: str) -> Clause:
    """Read a clause file. Raises RefusedError with every problem of its front matter."""
    if not (front := _FRONT.match(text)):
        hint = "begin with a line ---, the keys (id, title, slot …), and another line ---"
        raise RefusedError([Problem("front-matter", "the clause has no front matter", Origin(path), hint)])
    head = read_as(Head, front[1], path, first_line=2)
    name = path.rpartition("/")[2].removesuffix(".md")
    if head.model.id != name:
        hint = f"write id: {name}, or rename the file"
        raise RefusedError(
            [Problem("clause-id", f"the id {head.model.id} is not the name of the file", head.at("id"), hint)]
        )
    negotiated = _ill_yield(head, negotiated=is_clients(path))
    if found := (
        *ill_declared(head.model.params, head.at),
        *negotiated,
        *_ill_place(head, path),
        *_ill_duties(head, text),
    ):
        raise RefusedError(found)
    body, body_at = text[front.end() :], Origin(path, text.count("\n", 0, front.end()) + 1)
    if not body.strip():
        raise RefusedError([Problem("no-words", "the clause has no words", body_at, "write it, or remove the file")])
    return Clause(head, body, body_at)


def _ill_yield(head: Located[Head], *, negotiated: bool) -> Iterator[Problem]:
    """A fallback of the library says when to yield to it and who must see it; a preferred clause yields nothing. What was
    negotiated for one client has been yielded already, so it need not say."""
    model = head.model
    if model.rung == "preferred" and model.yields:
        what, hint = "a preferred clause yields nothing", "remove yield:, or write rung: acceptable or last-resort"
        yield Problem("yield", what, head.at("yield"), hint)
    elif model.rung != "preferred" and not model.yields and not negotiated:
        what = f"{model.id} is {model.rung}, but does not say when to yield to it"
        yield Problem(
            "yield", what, head.at("rung"), f"add yield: {{when: A sentence., to: [{', '.join(get_args(Reader)[:1])}]}}"
        )
    elif model.yields and not model.yields.to:
        what = f"{model.id} does not say who must see it before it is offered"
        yield Problem("yield", what, head.at("yield"), f"name some of these below to: {', '.join(get_args(Reader))}")


def _ill_duties(head: Located[Head], text: str) -> Iterator[Problem]:
    """An approval is of the file without its duties, so nothing else may hide among them."""
    yield from duty_problems(head.model.duties or (), head.at)
    rest = _FRONT.match(without_duties(text))
    if rest is None or (head.model.duties is None and rest[0] == text[: rest.end()]):
        return
    left = read_as(Head, rest[1], head.at().path).model
    if left != head.model.model_copy(update={"duties": None}):
        hint = "begin a line with duties: and indent everything that belongs to it"
        yield Problem(
            "duty", "the duties cannot be told apart from the rest of the front matter", head.at("duties"), hint
        )


def _ill_place(head: Located[Head], path: str) -> Iterator[Problem]:
    """The library's clauses are where the outline has their slots."""
    if head.model.after and not is_clients(path):
        what = f"{head.model.id} is a clause of the library, and its place is in the outline"
        yield Problem("own-place", what, head.at("after"), "remove after:, and name the slot in the outline")
