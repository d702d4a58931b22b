"""What is open over all agreements, as rows: clauses without approval, rules of law, facts by name. Writes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract_assembly.approval import Approval, Standing, entry
from contract_assembly.clause import Clause
from contract_assembly.facts import leaves
from contract_assembly.pipeline import judged
from contract_assembly.problems import Problem, RefusedError
from contract_assembly.repository import Repository
from contract_assembly.text import did_you_mean
from contract_assembly.wordings import describe

APPROVALS = "approvals.yaml"
_HEAD = """# yaml-language-server: $schema=../docs/schema/approvals.json
# Who stands for which clause: by the digest of its file, for which laws and kinds, until when. `build.py approve` adds lines.
approvals:
"""


@dataclass(frozen=True, slots=True)
class OpenClause:
    """A clause that some agreements use and nobody stands for there, or whose approval ends soon."""

    clause: str
    state: str
    until: date | None
    agreements: tuple[str, ...]


def open_clauses(
    repository: Repository, pairs: Iterable[tuple[str, str]], on: date | None
) -> tuple[tuple[OpenClause, ...], tuple[Problem, ...]]:
    """What is open or, on a given day, overdue, over these agreements; and what kept some from being looked at."""
    rows: dict[tuple[str, str, date | None], list[str]] = {}
    problems: list[Problem] = []
    for client, agreement in pairs:
        try:
            for each in judged(repository, client, agreement).approvals:
                if (state := _state(each, on)) != "approved":
                    until = each.nearest.until if each.nearest else None
                    rows.setdefault((each.clause, state, until), []).append(f"{client}/{agreement}")
        except RefusedError as error:
            problems.extend(error.problems)
    return tuple(OpenClause(*key, tuple(found)) for key, found in sorted(rows.items(), key=str)), tuple(problems)


def _state(found: Standing, on: date | None) -> str:
    if found.state == "approved" and on and found.nearest and found.nearest.until < on:
        return "overdue"
    return found.state


def approved(
    repository: Repository,
    names: Iterable[str],
    by: str,
    on: date,
    until: date,
    laws: tuple[str, ...],
    kinds: tuple[str, ...],
) -> bytes:
    """`provider/approvals.yaml` with an approval of each clause as it stands now. Raises RefusedError for an unknown clause.

    Without laws or kinds, an approval is for all that the clause says it is for."""
    known = {clause.head.id: clause for clause in repository.library()}
    wanted = list(names) or sorted(known)
    if unknown := [name for name in wanted if name not in known]:
        raise RefusedError(
            Problem("unknown-clause", f"there is no clause {name}", None, did_you_mean(name, known)) for name in unknown
        )
    lines = [entry(_approval(repository, known[name], by, on, until, laws, kinds)) for name in wanted]
    before = repository.text(f"provider/{APPROVALS}") if repository.approvals().approvals else _HEAD
    return (before + "".join(lines)).encode()


def _approval(
    repository: Repository,
    clause: Clause,
    by: str,
    on: date,
    until: date,
    laws: tuple[str, ...],
    kinds: tuple[str, ...],
) -> Approval:
    digest = repository.digests(clause.body_at.path).sha256
    return Approval.model_validate(
        {
            "clause": clause.head.id,
            "digest": digest,
            "laws": laws or clause.head.laws,
            "kinds": kinds or clause.head.kinds,
            "by": by,
            "on": on,
            "until": until,
        }
    )


def facts_of(repository: Repository, client: str, agreement: str) -> Iterator[tuple[str, str, str]]:
    """Every fact that a clause of this agreement can name: its key, what kind it is, and where it was written."""
    for leaf in leaves(judged(repository, client, agreement).facts):
        yield leaf.key, describe(leaf), str(leaf.origin)


def rules_of_law(repository: Repository, client: str, agreement: str) -> Iterator[dict[str, Any]]:
    """Every rule of law that applies to an agreement, and how it stands."""
    for each in judged(repository, client, agreement).law:
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
