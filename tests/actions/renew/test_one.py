"""All files of one renewal, as bytes, of a client of a small firm."""

from datetime import date
from pathlib import Path

import pytest

from contract_assembly.actions.renew.one import Workshop, made
from contract_assembly.renewals.plan import REDLINE
from tests.helpers.firms import ROOT, change, small, tree

ON = date(2026, 4, 1)
FORMATS = ("md",)


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    """A firm in which nothing was built, and a client whose renewal is due."""
    return small(tmp_path_factory.mktemp("firm") / "root", 10)
