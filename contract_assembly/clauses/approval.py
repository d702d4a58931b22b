"""Approvals of clauses: they belong to the firm, not to the clause files. Models, and the status of a clause on a day. Pure.

An approval names a clause by the digest of its file, so a change of one character ends it; only the duties in its head are left
out, because they print nothing. It applies to the laws and kinds it names, from one day to another, and is judged on a day of the
agreement, never on today's date.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct

from contract_assembly.clauses.choice import fit
from contract_assembly.clauses.clause import Clause, Head
from contract_assembly.core.problems import Problem
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.agreement_files import Use
from contract_assembly.facts.fields import DateFact, LawPattern, Model, SlugFact, TextFact

FEW = 5  # clauses in one state that are listed one by one


class Approval(Model):
    """One person's approval of a clause. `digest` is the SHA-256 of the file without its duties; both days are inclusive. For a
    negotiated clause, `instead_of` is the SHA-256 of the preferred clause that it was approved to replace. `reason`
    says why, or what was reviewed."""

    clause: SlugFact
    digest: TextFact
    laws: tuple[LawPattern, ...]
    kinds: tuple[Kind, ...]
    by: TextFact
    on: DateFact
    until: DateFact
    reason: TextFact | None = None
    instead_of: TextFact | None = None


class Approvals(Model):
    """`provider/approvals.yaml`."""

    approvals: tuple[Approval, ...] = ()

    @cached_property
    def by_clause(self) -> Mapping[str, list[Approval]]:
        """The approvals of each clause, by its id."""
        found: dict[str, list[Approval]] = {}
        for each in self.approvals:
            found.setdefault(each.clause, []).append(each)
        return found


State = Literal[
    "approved",
    "never approved",
    "changed since approval",
    "not approved for this use",
    "approved only from a later day",
    "due for review",
]


class ApprovalStatus(Struct, frozen=True):
    """The approval status of a clause for one use, and the approval that comes closest."""

    clause: str
    state: State
    nearest: Approval | None = None


def approval_status(clause: Clause, digest: str, approvals: Iterable[Approval], use: Use, day: date) -> ApprovalStatus:
    """The status of a clause with this digest, for a use on a day.

    A negotiated clause may have the id of the library clause that it replaces. An approval of that clause does not extend to
    this one, so only approvals of this text, or of a negotiated clause, count.
    """
    of_clause = [
        each
        for each in approvals
        if each.clause == clause.head.id and (not clause.is_negotiated or each.instead_of or each.digest == digest)
    ]
    of_text = [each for each in of_clause if each.digest == digest]
    of_use = [each for each in of_text if use.kind in each.kinds and any(fit(_narrowed(clause, each), use))]
    begun = [each for each in of_use if each.on <= day]
    from_best_to_worst: tuple[tuple[State, list[Approval]], ...] = (
        ("approved", [each for each in begun if day <= each.until]),
        ("due for review", begun),
        ("approved only from a later day", of_use),
        ("not approved for this use", of_text),
        ("changed since approval", of_clause),
    )
    for state, found in from_best_to_worst:
        if found:
            return ApprovalStatus(clause.head.id, state, max(found, key=lambda each: each.until))
    return ApprovalStatus(clause.head.id, "never approved")


def _narrowed(clause: Clause, approval: Approval) -> Head:
    """The clause's head with only the laws of an approval: they are compared with what counts for the clause."""
    return clause.head.model_copy(update={"laws": approval.laws})


def problem(found: ApprovalStatus, clause: Clause, day: date) -> Problem | None:
    """The problem that keeps a clause out of a final version; None if it is approved."""
    if found.state == "approved":
        return None
    path = clause.body_at.path  # a negotiated clause may have the id of the one that it replaces
    name = path if clause.is_negotiated else found.clause
    hint = f"have it reviewed, then: build.py approve {name} --by NAME --on DATE"
    what = f"clause {found.clause}: {found.state} (judged on {day.isoformat()})"
    return Problem("approval", what, clause.located.at(), hint)


def approval_problems(found: Iterable[tuple[ApprovalStatus, Clause]], day: date) -> Iterator[Problem]:
    """What keeps these clauses out of a final version. More than a few in the same state have one cause, such as a year that is
    over, and are one problem."""
    alike: dict[State, list[tuple[ApprovalStatus, Problem]]] = {}
    for each, clause in found:
        if wrong := problem(each, clause, day):
            alike.setdefault(each.state, []).append((each, wrong))
    for state, group in alike.items():
        if len(group) <= FEW:
            yield from (wrong for _, wrong in group)
            continue
        names = ", ".join(each.clause for each, _ in group[:FEW])
        what = f"{len(group)} clauses: {state} (judged on {day.isoformat()}): {names} and {len(group) - FEW} more"
        hint = "have them reviewed (build.py approvals lists them), then: build.py approve --all --by NAME --on DATE"
        yield Problem("approval", what, group[0][1].origin, hint)
