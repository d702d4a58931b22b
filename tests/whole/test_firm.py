"""The firm that benchmarks are run on: the same for the same seed, varied, and sound."""

from collections import Counter
from datetime import date

from bench.firm import firm
from contract_assembly.build.pipeline import draft
from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties.upcoming import renewals
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "agreements").rglob("*")
        if path.is_file()
    }


def test_a_firm_is_the_same_for_the_same_seed_and_another_for_another(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        firm(30, tmp_path / name, seed)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert files(tmp_path / "a") != files(tmp_path / "c")


def test_a_firm_is_varied_and_all_of_it_can_be_planned_and_built(tmp_path):
    firm(30, tmp_path / "firm", status="draft")
    repository = Repository(tmp_path / "firm")
    pairs = selected(repository)[0]
    found, problems = renewals(repository, pairs, DateRange(date(2026, 11, 23), date(2028, 12, 31)))
    assert (len(pairs), len(found), problems) == (30, 30, ())
    assert {each.decision is None for each in found} == {True, False}
    agreed = [repository.inputs(*pair).agreement.model for pair in pairs]
    assert len(Counter(each.law for each in agreed)) >= 5
    assert len({repository.inputs(*pair).client.model.party.name for pair in pairs}) == 30
    for pair in pairs[:3]:
        assert draft(repository, *pair).document
