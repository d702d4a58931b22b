"""What comes up for the firm itself."""

from datetime import date

from contract_assembly.clauses.approval import Approval, Approvals
from contract_assembly.facts.fields import Located
from contract_assembly.renewals.duties.of_firm import firm_duties
from tests.helpers.matters import matter


def d(text):
    return date.fromisoformat(text)


def test_the_firm_has_duties_of_its_own():
    given = {"digest": "a" * 64, "laws": ("*",), "kinds": ("support",), "by": "A", "on": d("2026-09-01")}
    approvals = Approvals.model_construct(
        approvals=tuple(
            Approval.model_construct(clause=name, until=d(until), **given)
            for name, until in (("a", "2027-08-31"), ("b", "2027-08-31"), ("b", "2028-08-31"))
        )
    )
    law = matter().inputs.law
    rule = law.model.rules[0].model_copy(update={"review_on": d("2027-06-01")})
    laws = {"US-NY": Located(law.model.model_copy(update={"rules": (rule,)}), law.origins)}
    assert [(each.kind, each.what, each.last) for each in firm_duties(approvals, laws)] == [
        ("approval", "Approval ends of 1 clause: a", d("2027-08-31")),
        ("approval", "Approval ends of 1 clause: b", d("2028-08-31")),
        ("law review", "Review of rule AR-NY of US-NY", d("2027-06-01")),
    ]
