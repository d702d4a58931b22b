"""Periods that the clauses of one agreement promise."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository


def refused(firm, name="2026-support"):
    with pytest.raises(RefusedError) as found:
        Portfolio(Repository(firm)).context("acme", name)
    return [each.rule for each in found.value.problems]


def test_a_negotiated_clause_counts_with_its_own_periods(firm):
    own = firm / "agreements/acme/2026-support/clauses"
    own.mkdir()
    text = (
        (firm / "clauses/general/notices.md")
        .read_text("utf-8")
        .replace("default: 5 business days", "default: 3 business days")
    )
    (own / "notices-acme.md").write_text(text.replace("id: notices", "id: notices-acme"), "utf-8")
    found = Portfolio(Repository(firm)).context("acme", "2026-support")
    assert found.promises.deliveries["certified-mail"].business_days == 3
    assert found.promises.deliveries["certified-mail"].source.startswith(
        "agreements/acme/2026-support/clauses/notices-acme.md"
    )


def test_a_clause_without_the_periods_is_told(firm):
    own = firm / "agreements/acme/2026-support/clauses"
    own.mkdir()
    head = "---\nid: plain\ntitle: Notices\nslot: notices\nkinds: [support]\nlaws: ['*']\nrung: preferred\npurpose: Plain.\n---\nA notice is in writing.\n"
    (own / "plain.md").write_text(head, "utf-8")
    assert refused(firm) == ["no-period"]
