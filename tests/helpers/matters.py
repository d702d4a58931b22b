"""Renewal contexts for tests: the sample agreements, signed, with facts changed as in `inputs_base`."""

from datetime import date
from functools import cache

from msgspec.structs import replace

from contract_assembly.renewals.context import BlockContext, RenewalContext
from contract_assembly.renewals.notice_windows import windows
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import ROOT, _changed_files

# The plans and notices that a sample has for its renewal are not what these tests are about.
_AS_SIGNED = {"agreement__status": "signed", "agreement__renewal": None, "agreement__notices": ()}


@cache
def _read(client, name):
    return Portfolio(Repository(ROOT)).context(client, name)


def matter(client="acme", name="2026-support", *, more=None, **changes) -> RenewalContext:
    """A sample as a signed agreement with facts changed: `agreement__term__first_day=…`; `more` are fields of the context."""
    found = _read(client, name)
    inputs = _changed_files(found.inputs, {**_AS_SIGNED, **changes})
    return replace(found, inputs=inputs, **(more or {}))


def block_matter(**changes) -> BlockContext:
    """The sample block with facts changed."""
    found = _read("hudson", "2026-block")
    return replace(found, inputs=_changed_files(found.inputs, changes))


def of_2025(**changes) -> RenewalContext:
    """The worked example: a year from 1 Oct 2025, so that the last day is 30 Sep 2026 and D is Saturday, 1 Aug 2026."""
    return matter(agreement__term__first_day=date(2025, 10, 1), **changes)


def windows_of(subject: RenewalContext, number: int = 0):
    """The windows of notice in the term of this number, by rule."""
    return {each.rule: each for each in windows(subject, subject.term(number))}
