"""The redline of a renewal: against what was agreed, also after an amendment, and never against other words."""

import re
import shutil
from datetime import date

import pytest
from docx import Document

from contract_assembly.actions.renew.batch import applied, planned
from contract_assembly.core.values import DateRange
from tests.helpers import amending
from tests.helpers.amending import FACTS
from tests.helpers.living import FOLDER, change

DAYS = DateRange(date(2027, 5, 3), date(2027, 8, 31))
REDLINE = "agreements/acme/2027-support/renewal/redline.docx"


once_amended = amending.once_amended


@pytest.fixture
def amended(once_amended, tmp_path):
    root = shutil.copytree(once_amended, tmp_path / "root")
    text = (root / FACTS).read_text("utf-8")
    (root / FACTS).write_text(text.partition("\n# What we mean to offer")[0] + "\n", "utf-8")
    return root


def renewed(root):
    plans, problems = planned(root, [("acme", "2026-support")], DAYS)
    assert problems == ()
    (done,) = applied(root, [each.plan for each in plans], DAYS.first, formats=("md",))
    assert done.changed, done.problems
    return [each for each in done.problems if each.rule == "no-redline"]


def test_after_an_amendment_the_redline_shows_changes_against_the_amended_contract(amended):
    assert renewed(amended) == []
    body = Document(amended / REDLINE).element.body.xml
    struck = "".join(re.findall(r"<w:delText[^>]*>([^<]*)", body))
    assert "2026" in struck
    assert "Warehouse" not in struck  # the amendment added it, the renewal keeps it
    assert "Warehouse" in body


def test_facts_that_changed_after_the_amendment_give_no_redline(amended):
    change(amended / FACTS, "price: 64.00 USD", "price: 65.00 USD")
    (why,) = renewed(amended)
    assert why.what == (
        "no redline: facts, clauses or plans have changed since this was signed, so the words of amendment-1 differ"
    )
    assert not (amended / REDLINE).exists()


def test_an_amendment_that_is_not_signed_gives_no_redline(amended):
    change(amended / FOLDER / "documents/amendment-1.yaml", "status: signed", "status: sent")
    (why,) = renewed(amended)
    assert why.what == "no redline: amendment-1 is sent, so what it changes is not agreed"
