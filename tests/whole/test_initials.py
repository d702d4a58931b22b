"""Initials at the foot of each page: by the provider's file, unless an agreement says otherwise; never in a letter."""

import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import based


@pytest.mark.parametrize(
    ("provider", "agreement", "asked"),
    [("", "", False), ("yes", "", True), ("yes", "no", False), ("", "yes", True), ("no", "yes", True)],
)
def test_an_agreement_may_depart_from_the_provider(tmp_path, provider, agreement, asked):
    root = based(tmp_path / "root")
    for name, says in (
        ("provider/provider.yaml", provider),
        ("agreements/acme/2026-support/agreement.yaml", agreement),
    ):
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(f"initials: {says}\n" if says else "")
    assert bool(draft(Repository(root), "acme", "2026-support").document.meta.initials) is asked
