"""What comes up for the firm itself."""

from datetime import date

import pytest

from contract_assembly.clauses.approval import Approval, Approvals
from contract_assembly.facts.fields import Located
from contract_assembly.renewals.duties.of_firm import firm_duties
from tests.helpers.matters import matter


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(("names", "shown"), [("abc", "a, b, c"), ("abcd", "a, b, c …"), ("a", "a")])
def test_up_to_three_clauses_whose_approval_ends_are_named(names, shown):
    given = {"digest": "a" * 64, "laws": ("*",), "kinds": ("support",), "by": "A", "on": d("2026-09-01")}
    listed = [Approval.model_construct(clause=name, until=d("2027-08-31"), **given) for name in names]
    found = firm_duties(Approvals.model_construct(approvals=tuple(listed)), {})
    count = f"{len(names)} clause{'' if len(names) == 1 else 's'}"
    assert [each.what for each in found if each.kind == "approval"] == [f"Approval ends of {count}: {shown}"]


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
