"""The duties of acme's contract for tests, and one with its fields changed."""

from datetime import date

from contract_assembly.renewals.duties.duty import Duty
from contract_assembly.renewals.duties.of_agreement import duties
from tests.helpers.matters import matter

ON = date(2027, 5, 3)
FOUND = sorted(duties(matter(), ON, date(2027, 12, 31)), key=lambda each: each.last)
DUE = ("due", "--on", "2027-05-03", "--by", "2027-12-31")


def duty(**changes):
    given = {"kind": "review", "key": "1", "client": "acme", "agreement": "2026-support", "last": date(2027, 6, 30), "what": "Business review", "why": "Promised"}  # fmt: skip
    return Duty(**{**given, **changes})
