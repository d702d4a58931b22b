"""Open reviews over all agreements, as rows: clauses without approval, rules of law, facts by name; and the text of a
file with new approvals. Writes nothing."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.build.deviations import preferred
from contract_assembly.clauses.approval import FEW, Approval, Approvals, ApprovalStatus
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.paths import is_clients
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.formatters import describe
from contract_assembly.facts.template_values import leaves
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.yaml_editor import PROVIDER_DEPTH, schema_line

APPROVALS = "approvals.yaml"
_HEAD = (
    schema_line("approvals", PROVIDER_DEPTH)
    + "# Approvals of clauses: by the digest of the file, for which laws and kinds, until when. `build.py approve` adds lines.\n"
)


class OpenClause(Struct, frozen=True):
    """A clause that some agreements use without a current approval, or whose approval ends soon: its id or, if it was
    negotiated for one of them, its path."""

    clause: str
    state: str
    until: date | None
    agreements: tuple[str, ...]


def open_clauses(
    repository: Repository, pairs: Iterable[tuple[str, str]], on: date | None, *, signed: bool = True
) -> tuple[tuple[OpenClause, ...], tuple[Problem, ...]]:
    """What is open or, on a given day, overdue in these agreements; and why some could not be examined. Without
    `signed`, agreements that are signed or ended are left out: their words are no longer open."""
    rows: dict[tuple[str, str, date | None], list[str]] = {}
    problems: list[Problem] = []
    for client, agreement in pairs:
        try:
            if not signed and repository.agreed(client, agreement).model.status in {"signed", "ended"}:
                continue
            found = assemble_and_assess(repository, client, agreement)
            for clause, each in zip(found.assembled.clauses, found.approvals, strict=True):
                if (state := _state(each, on)) != "approved":
                    until = each.nearest.until if each.nearest else None
                    name = clause.body_at.path if clause.is_negotiated else each.clause
                    rows.setdefault((name, state, until), []).append(f"{client}/{agreement}")
        except RefusedError as error:
            problems.extend(error.problems)
    return tuple(OpenClause(*key, tuple(found)) for key, found in sorted(rows.items(), key=str)), tuple(problems)


def listed(rows: Sequence[OpenClause]) -> Iterator[str]:
    """What is open, in lines: few clauses one by one, and many in the same state together; then one sentence with the command
    that follows the review."""
    groups: dict[tuple[str, date | None], list[OpenClause]] = {}
    for row in rows:
        groups.setdefault((row.state, row.until), []).append(row)
    for (state, until), group in groups.items():
        what = f"{state}, until {until}" if until else state
        if len(group) <= FEW:
            yield from (f"{row.clause}: {what} ({', '.join(row.agreements)})" for row in group)
            continue
        names = sorted({each for row in group for each in row.agreements})
        yield f"{len(group)} clauses: {what} ({', '.join(names)})"
        yield from textwrap.wrap(
            ", ".join(row.clause for row in group), 96, initial_indent="    ", subsequent_indent="    "
        )
    if rows:
        clauses = sorted({row.clause for row in rows})
        own = [each for each in clauses if is_clients(each)]
        library = [each for each in clauses if each not in own]
        named = [" ".join(library) if len(library) <= FEW else "--all", " ".join(own)]
        what = "1 clause is" if len(clauses) == 1 else f"{len(clauses)} clauses are"
        after = "and ".join(f"build.py approve {each} --by NAME --on DATE --reason WHY " for each in named if each)
        yield f"{what} open. After the review: {after.rstrip()}"
    else:
        yield "nothing is open"


def _state(found: ApprovalStatus, on: date | None) -> str:
    if found.state == "approved" and on and found.nearest and found.nearest.until < on:
        return "overdue"
    return found.state


class Consent(Struct, frozen=True):
    """An approval: from one day until another, both inclusive. No laws or kinds means all that the clause is for."""

    by: str
    on: date
    until: date
    laws: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    reason: str = ""


def to_approve(repository: Repository, consent: Consent) -> tuple[str, ...]:
    """The clauses of the library that have no approval as wide and as long as this one, by id."""
    known = repository.approvals().by_clause
    wanted = (_approval(repository, each, consent) for each in repository.library())
    return tuple(
        sorted(each.clause for each in wanted if not any(_covers(one, each) for one in known.get(each.clause, ())))
    )


def _covers(known: Approval, wanted: Approval) -> bool:
    """Whether an approval of the same text leaves nothing to another one."""
    wide = set(known.laws) >= set(wanted.laws) and set(known.kinds) >= set(wanted.kinds)
    return wide and known.digest == wanted.digest and known.on <= wanted.on and known.until >= wanted.until


def approved(repository: Repository, names: Iterable[str], consent: Consent) -> bytes:
    """`provider/approvals.yaml` with an approval of each clause in its current state, or of the whole library if none
    is named.

    An approval that already exists, equal in every part, is not added again. A name is the id of a clause, or the path
    of its file. Raises RefusedError for an unknown clause, and for an approval that the file cannot hold."""
    path = f"provider/{APPROVALS}"
    clauses = _named(repository, tuple(dict.fromkeys(names)))
    known = repository.approvals().approvals
    wanted = [_approval(repository, each, consent) for each in clauses]
    before = repository.text(path) if known else _HEAD
    lines = [_line(each) for each in wanted if each not in known]  # so that an interrupted command can be run again
    text = yaml_editor.append(before, path, "approvals", *lines) if lines else before
    located(Approvals, strict_yaml.load(text, path))  # refuses whatever the model refuses
    return text.encode()


def _line(approval: Approval) -> dict[str, str | tuple[str, ...]]:
    return {
        "clause": approval.clause,
        "digest": approval.digest,
        "laws": approval.laws,
        "kinds": approval.kinds,
        "by": approval.by,
        "on": approval.on.isoformat(),
        "until": approval.until.isoformat(),
        **({"reason": approval.reason} if approval.reason else {}),
        **({"instead_of": approval.instead_of} if approval.instead_of else {}),
    }


def _named(repository: Repository, names: tuple[str, ...]) -> list[Clause]:
    """The library's clauses by id; negotiated ones also by path or, if the id is unique, by id."""
    library = {clause.head.id: clause for clause in repository.library()}
    if not names:
        return [library[name] for name in sorted(library)]
    own = () if set(names) <= set(library) else _negotiated(repository)
    found = {name: _called(name, library, own) for name in names}
    if wrong := [problem for _, problem in found.values() if problem]:
        raise RefusedError(wrong)
    return [clause for clause, _ in found.values() if clause]


def _called(name: str, library: Mapping[str, Clause], own: tuple[Clause, ...]) -> tuple[Clause | None, Problem | None]:
    if name in library:
        return library[name], None
    fitting = [clause for clause in (*library.values(), *own) if name in {clause.head.id, clause.body_at.path}]
    if len(fitting) == 1:
        return fitting[0], None
    if fitting:
        hint = f"name one by its path: {' or '.join(clause.body_at.path for clause in fitting)}"
        return None, Problem("unknown-clause", f"{len(fitting)} agreements have a clause {name}", None, hint)
    known = {*library, *(clause.head.id for clause in own)}
    return None, Problem("unknown-clause", f"there is no clause {name}", None, did_you_mean(name, known))


def _negotiated(repository: Repository) -> tuple[Clause, ...]:
    pairs, _ = repository.every_agreement()
    found = (clause for client, each in pairs for clause in repository.library(client, each))
    return tuple({each.body_at.path: each for each in found if each.is_negotiated}.values())


def _approval(repository: Repository, clause: Clause, consent: Consent) -> Approval:
    """Not validated here, because the complete file is read afterwards."""
    digest = repository.approvable(clause.body_at.path)
    laws, kinds = consent.laws or clause.head.laws, consent.kinds or clause.head.kinds
    return Approval.model_construct(
        clause=clause.head.id,
        digest=digest,
        laws=laws,
        kinds=kinds,
        by=consent.by,
        on=consent.on,
        until=consent.until,
        reason=consent.reason or None,
        instead_of=_shadowed(repository, clause),
    )


def _shadowed(repository: Repository, clause: Clause) -> str | None:
    """The digest of the preferred clause that a negotiated one replaces."""
    if not clause.is_negotiated:
        return None
    _, client, agreement, *_ = clause.body_at.path.split("/")
    best = preferred(repository, clause.head.slot, client, agreement)
    return repository.approvable(best.body_at.path) if best else None


def facts_of(repository: Repository, client: str, agreement: str) -> Iterator[tuple[str, str, str]]:
    """Every fact that a clause of this agreement can name: its key, its kind and its origin."""
    for leaf in leaves(assemble_and_assess(repository, client, agreement).about.facts):
        yield leaf.key, describe(leaf), str(leaf.origin)


def rules_of_law(repository: Repository, client: str, agreement: str) -> Iterator[dict[str, Any]]:
    """Every rule of law that applies to an agreement, and its state."""
    for each in assemble_and_assess(repository, client, agreement).about.law:
        rule = each.rule
        yield {
            "rule": rule.id,
            "title": rule.title,
            "state": each.state,
            "severity": rule.severity,
            "requires": rule.requires,
            "window": [day.isoformat() for day in each.window] if each.window else None,
            "channels": list(rule.channels),
            "consequence": rule.consequence,
            "authority": rule.authority,
            "verified_by": rule.verified_by,
            "where": str(each.origin),
        }
