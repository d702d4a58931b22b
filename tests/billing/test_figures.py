"""Figures for a program that goes on running: counted again only where their files have changed."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing import figures
from contract_assembly.billing.figures import Figures, digest
from contract_assembly.billing.revenue import of_pairs
from contract_assembly.billing.revenue_lines import by_currency
from contract_assembly.repository.source import Folder
from tests.helpers.corpus import AGREEMENT, based

DAY = date(2026, 11, 1)
PAIR = "acme", "2026-support"


@pytest.fixture
def counted(monkeypatch):
    """The pairs that were counted, one entry each time."""
    found = []

    def counting(repository, pairs, *days):
        found.extend(pairs)
        return of_pairs(repository, pairs, *days)

    monkeypatch.setattr(figures, "of_pairs", counting)
    return found


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    changed(root, "status: draft", "status: signed")
    return root


def changed(root, old, new, path=f"{AGREEMENT}/agreement.yaml"):
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def monthly(found, on=DAY):
    return by_currency(found.of(*PAIR, on).lines)


def test_figures_of_files_that_are_as_they_were_are_not_counted_again(root, counted):
    found = Figures(root)
    assert monthly(found) == monthly(found) == {"USD": Decimal("2438.00")}
    assert counted == [PAIR]


def test_a_changed_fact_of_the_client_is_counted_at_once(root, counted):
    found = Figures(root)
    monthly(found)
    changed(root, "users: 34", "users: 35")
    assert monthly(found) == {"USD": Decimal("2500.00")}
    assert counted == [PAIR] * 2


def test_a_changed_price_of_the_firm_is_counted_with_the_next_look(root, counted):
    found, plan = Figures(root), next((root / "provider/plans").glob("*.yaml"))
    before = monthly(found)
    changed(root, "label: ", "label: New ", plan.relative_to(root))
    assert monthly(found) == before
    assert counted == [PAIR]
    found.look()
    assert found.of(*PAIR, DAY).lines[0].label.startswith("New ")
    assert counted == [PAIR] * 2


def test_another_day_is_another_figure(root, counted):
    found = Figures(root)
    assert monthly(found, date(2026, 9, 30)) == {}
    assert monthly(found) == {"USD": Decimal("2438.00")}
    assert counted == [PAIR] * 2


def test_a_client_that_cannot_be_read_has_its_problems(root):
    found = Figures(root)
    changed(root, "users: 34", "users: many")
    assert [each.rule for each in found.of(*PAIR, DAY).problems] == ["ill-typed"]
    assert [each.rule for each in found.of("nobody", "2026-support", DAY).problems] == ["missing-file"]


def test_built_documents_are_no_part_of_the_digest(root):
    before = digest(Folder(root), "agreements/acme")
    (root / AGREEMENT / "contract.pdf").write_bytes(b"%PDF")
    assert digest(Folder(root), "agreements/acme") == before
    (root / AGREEMENT / "usage.yaml").write_text("usage: []\n")
    assert digest(Folder(root), "agreements/acme") != before
