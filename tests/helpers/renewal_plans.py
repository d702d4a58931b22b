"""Plans of acme's renewal for tests, and what they say."""

from datetime import date
from decimal import Decimal

from contract_assembly.core.values import Percent
from contract_assembly.facts.renewal_terms import Renewal, SentNotice
from contract_assembly.renewals.plan import renewal
from tests.helpers.matters import matter


def d(text):
    return date.fromisoformat(text)


EARLY = d("2027-05-03")
FOUR = Renewal(increase=Percent(Decimal(4)))
NEXT = d("2027-10-01")


def plan(on=EARLY, **changes):
    return renewal(matter(**changes), on)


def rules(found, *levels):
    return {each.rule for each in found.problems if each.level in (levels or ("error",))}


def notice(says, sent, **changes):
    return SentNotice(**{"says": says, "term": NEXT, "sent": d(sent), "by": "in-person", **changes})
