"""The offer of our own agreement to a client whose present one is on other paper, as facts for its letter. Pure."""

from typing import Any

from contract_assembly.letters.renewal_case import RenewalCase
from contract_assembly.renewals.next_scope import next_counts, next_length, next_plan


def our_paper(case: RenewalCase) -> dict[str, Any]:
    """The agreement that we offer: its plan, length and number of users, and its fee, `monthly` and `yearly`, without tax."""
    then, fees = next_counts(case.inputs), case.plan.fees
    assert fees  # noqa: S101  # a renewal without a price is blocked, and a letter of it is refused
    return {
        "plan": next_plan(case.context).name,
        "length": next_length(case.agreed),
        "users": then.get("user", 0),
        "monthly": fees.new,
        "yearly": fees.new * 12,
    }
