"""Matters for tests of renewals: the sample agreements, signed, with facts changed as in `inputs_base`."""

from dataclasses import replace
from functools import cache

from contract_assembly.renewals.context import BlockContext, RenewalContext
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import ROOT, _changed_files

# What a sample means for its renewal, and the notices of it, are not what these tests are about.
_AS_SIGNED = {"agreement__status": "signed", "agreement__renewal": None, "agreement__notices": ()}


@cache
def _read(client, name):
    return Portfolio(Repository(ROOT)).context(client, name)


def matter(client="acme", name="2026-support", *, more=None, **changes) -> RenewalContext:
    """A sample as a signed agreement, with facts changed: `agreement__term__first_day=…`; `more` are fields of the matter."""
    found = _read(client, name)
    inputs = _changed_files(found.inputs, {**_AS_SIGNED, **changes})
    return replace(found, inputs=inputs, **(more or {}))


def block_matter(**changes) -> BlockContext:
    """The sample block with facts changed."""
    found = _read("hudson", "2026-block")
    return replace(found, inputs=_changed_files(found.inputs, changes))
