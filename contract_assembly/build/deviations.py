"""Where agreements deviate from the firm's preferred wording: a negotiated clause, a lower rung, or a parameter outside
the approved bounds; and who approved each. Reads through `repository`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from contract_assembly.clauses.approval import ApprovalStatus, approval_status
from contract_assembly.clauses.choice import choose
from contract_assembly.clauses.clause import Clause
from contract_assembly.clauses.parameter import PARAM_TYPES, Param
from contract_assembly.compare.words import blocks
from contract_assembly.core.csv_tables import table
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.term_dates import days_in_force
from contract_assembly.letters.bare_contract import bare_contract
from contract_assembly.repository.inputs import Repository

Kind = Literal["negotiated clause", "lower rung", "parameter"]


class Deviation(Struct, frozen=True):
    """One deviation. `size` counts the words removed from and added to the preferred clause; `change` shows them, or
    the parameter with its bounds. `stale` is true if the preferred clause has changed since the approval."""

    client: str
    agreement: str
    status: str
    clause: str
    slot: str
    rung: str
    kind: Kind
    approval: str
    by: str
    until: date | None
    stale: bool
    size: int
    path: str
    line: int
    change: str


def deviations(repository: Repository, client: str, agreement: str) -> tuple[Deviation, ...]:
    """All deviations of one agreement, in the order of its clauses. Raises RefusedError if its contract cannot be
    assembled."""
    return tuple(_found(repository, client, agreement))


def _found(repository: Repository, client: str, agreement: str) -> Iterator[Deviation]:
    inputs = repository.inputs(client, agreement)
    agreed, day = inputs.agreement.model, days_in_force(inputs).first
    approvals = repository.approvals().approvals
    for clause in bare_contract(repository, client, agreement).assembled.clauses:
        head, digest = clause.head, repository.approvable(clause.body_at.path)
        stands = approval_status(clause, digest, approvals, inputs.use, day)
        nearest = stands.nearest if stands.state in {"approved", "due for review"} else None
        for kind, change, size, at, stale_against in _departures(repository, clause, client, agreement):
            yield Deviation(
                client=client,
                agreement=agreement,
                status=agreed.status,
                clause=head.id,
                slot=head.slot,
                rung=head.rung,
                kind=kind,
                approval=stands.state,
                by=nearest.by if nearest else "",
                until=nearest.until if nearest else None,
                stale=bool(nearest and nearest.instead_of and stale_against and nearest.instead_of != stale_against),
                size=size,
                path=at.path,
                line=at.line,
                change=change,
            )


def _departures(
    repository: Repository, clause: Clause, client: str, agreement: str
) -> Iterator[tuple[Kind, str, int, Origin, str]]:
    """Kind, what differs, its size in words, where, and the digest of the preferred clause."""
    facts = repository.inputs(client, agreement).agreement
    kind: Kind | None = "lower rung" if clause.head.rung != "preferred" else None
    kind = "negotiated clause" if clause.is_negotiated else kind
    if kind:
        best = preferred(repository, clause.head.slot, client, agreement)
        before = best.body if best else ""
        digest = repository.approvable(best.body_at.path) if best else ""
        at = clause.body_at if kind == "negotiated clause" else facts.at(f"choose.{clause.head.slot}")
        yield kind, *word_diff(before, clause.body), at, digest
    for name, text in facts.model.parameters.get(clause.head.slot, {}).items():
        param = clause.head.params[name]
        if not _within(text, param):
            change = f"{name}: {text}, approved: {' to '.join(param.approved)}"
            yield "parameter", change, 1, facts.at(f"parameters.{clause.head.slot}.{name}"), ""


def preferred(repository: Repository, slot: str, client: str, agreement: str) -> Clause | None:
    """The library's preferred clause for a slot of an agreement; None if the library has none."""
    inputs = repository.inputs(client, agreement)
    try:
        return choose(slot, repository.library(), inputs.use, None, inputs.agreement.at())
    except RefusedError:
        return None


def outdated(
    repository: Repository, judged: Iterable[tuple[Clause, ApprovalStatus]], client: str, agreement: str
) -> Iterator[Problem]:
    """Negotiated clauses that were approved in place of a preferred clause that has changed since. The concession may
    now be larger or smaller than it was then."""
    for clause, each in judged:
        approval = each.nearest
        if each.state == "approved" and approval and approval.instead_of and clause.is_negotiated:
            best = preferred(repository, clause.head.slot, client, agreement)
            if best and repository.approvable(best.body_at.path) != approval.instead_of:
                path = clause.body_at.path
                what = f"{clause.head.id} was approved in place of the preferred clause, which has changed since"
                cure = f"compare it with {best.body_at.path}, then: build.py approve {path} --by NAME --on DATE"
                yield Problem("stale-deviation", what, clause.located.at(), cure)


def _within(text: str, param: Param) -> bool:
    """Whether a value is within the approved bounds: between two ends if values have an order, otherwise one of a
    list."""
    kind = PARAM_TYPES[param.type]
    if not param.approved:
        return True
    if kind.order is None or len(param.approved) != 2:
        return text in param.approved
    low, value, high = (kind.order(kind.read(each)) for each in (param.approved[0], text, param.approved[1]))
    return low[0] == value[0] == high[0] and low[1] <= value[1] <= high[1]


def word_diff(before: str, after: str) -> tuple[str, int]:
    """The change as [-removed-] and {+added+} words with some context, and the number of words removed and added."""
    old, new = before.split(), after.split()
    pieces: list[str] = []
    size = 0
    for block in blocks(old, new):
        (first, last), (to_first, to_last) = block.old, block.new
        if block.same:
            pieces.append(_shortened(old[first:last], last == len(old), not first))
            continue
        size += last - first + to_last - to_first
        pieces += [f"[-{' '.join(old[first:last])}-]"] if last > first else []
        pieces += [f"{{+{' '.join(new[to_first:to_last])}+}}"] if to_last > to_first else []
    return " ".join(filter(None, pieces)), size


_AROUND = 4


def _shortened(words: Sequence[str], is_last: bool, is_first: bool) -> str:
    head, tail = [] if is_first else words[:_AROUND], [] if is_last else words[-_AROUND:]
    if len(words) <= len(head) + len(tail):
        return " ".join(words)
    return " ".join([*head, "…", *tail])


def problems(found: Iterable[Deviation]) -> Iterator[Problem]:
    """Deviations as `check` reports them: each with its rung, its size and who approved it. A warning if it is not
    approved, or if the preferred clause has changed since. Deviations are never errors."""
    for each in found:
        at = Origin(each.path, each.line)
        stands = f"approved by {each.by} until {each.until}" if each.approval == "approved" else each.approval
        what = f"{each.clause} ({each.rung}) differs from the preferred clause: {each.kind}, {stands}"
        size = f"{each.size} words differ from the preferred clause; " if each.size else ""
        if each.approval == "approved":
            yield Problem("deviation", what, at, f"{size}build.py deviations shows them", "info")
        else:
            cure = f"have it reviewed, then: build.py approve {each.path} --by NAME --on DATE"
            yield Problem("deviation", what, at, f"{size}{cure}", "warning")
        if each.stale:
            what = f"{each.clause} was approved in place of a preferred clause that has changed since"
            yield Problem("stale-deviation", what, at, "compare the two, then approve it again or drop it", "warning")


def as_csv(found: Iterable[Deviation]) -> str:
    """A table for a spreadsheet. No cell can be read as a formula."""
    return table(Deviation.__struct_fields__, (asdict(each).values() for each in found))
