"""What comes up for the firm itself, as dated duties. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from contract_assembly.clauses.approval import Approvals
from contract_assembly.core.explained_date import stated
from contract_assembly.core.text import with_count
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Law
from contract_assembly.renewals.duties.duty import Duty


def firm_duties(approvals: Approvals, laws: Mapping[str, Located[Law]]) -> Iterator[Duty]:
    """The firm's own duties: approvals of clauses that end, one duty a day; rules of law to review."""
    by_day: dict[date, list[str]] = {}
    for each in approvals.approvals:
        by_day.setdefault(each.until, []).append(each.clause)
    later = {(each.clause, each.until): each for each in approvals.approvals}
    latest = {clause: max(until for name, until in later if name == clause) for clause, _ in later}
    for day, names in sorted(by_day.items()):
        left = sorted({name for name in names if latest[name] == day})
        if left:
            names_shown = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")  # enough to know which
            what = f"Approval ends of {with_count(len(left), 'clause')}: {names_shown}"
            yield Duty(
                kind="approval",
                key=str(day),
                client="",
                agreement="",
                last=day,
                what=what,
                why="No final version is built with it afterwards",
            )
    for name, law in sorted(laws.items()):
        for n, rule in enumerate(law.model.rules):
            if rule.review_on:
                way = stated("review", rule.review_on, str(law.at(f"rules.{n}.review_on")))
                why = f"Verified by: {rule.verified_by}, {rule.verified_on}"
                yield Duty(
                    kind="law review",
                    key=rule.id,
                    client="",
                    agreement="",
                    last=rule.review_on,
                    what=f"Review of rule {rule.id} of {name}",
                    why=why,
                    way=way,
                )
