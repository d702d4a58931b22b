"""What an edit would do, before it is written."""

import pytest

from contract_assembly.actions.edit.changed import Edit, with_edits
from contract_assembly.actions.edit.facts_file import facts_file
from contract_assembly.actions.edit.preview import preview, problems_now
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, based, change


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def looked(root, *edits, agreement="2026-support"):
    repository = Repository(root)
    file = facts_file(repository, "acme", agreement)
    return preview(repository, file, with_edits(file.text, edits, file.path))


def test_the_fee_the_figures_and_the_lines_are_shown_and_nothing_is_written(root):
    before = (root / AGREEMENT / "agreement.yaml").read_bytes()
    found = looked(root, Edit(("coverage", "users"), "34", "36"))
    (effect,) = found.effects
    assert (str(effect.fee_before.amount), str(effect.fee_after.amount)) == ("2438.00", "2562.00")
    assert "Monthly fee: 2,438.00 USD to 2,562.00 USD, +124.00 USD, +5.1 %" in map(str, effect.difference.facts)
    assert [each for each in found.lines if each[0] in "+-"][2:] == ["-  users: 34", "+  users: 36"]
    assert (found.new, found.may_be_saved, effect.name, effect.status) == ((), True, "acme/2026-support", "draft")
    assert (root / AGREEMENT / "agreement.yaml").read_bytes() == before


def test_an_edit_that_breaks_something_cannot_be_saved(root):
    found = looked(root, Edit(("signatories", "client"), "robert", "nobody"))
    assert not found.may_be_saved
    assert "nobody" in found.new[0].what
    assert found.effects[0].difference is None


def test_a_problem_that_was_there_before_stops_no_edit_and_one_that_goes_is_told(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-  client: robert\n+  client: nobody\n")
    change(root, f"{AGREEMENT}/agreement.yaml\n-plan: basic\n+plan: gone\n")
    assert len(problems_now(Repository(root), facts_file(Repository(root), "acme", "2026-support"))) > 0
    found = looked(root, Edit(("plan",), "gone", "basic"))
    assert [each.rule for each in found.mended] == ["unknown-plan"]
    assert [each.rule for each in found.new] == ["unknown-person"]  # which the other one had hidden
    assert found.may_be_saved


def test_a_clients_facts_reach_each_of_its_agreements(root):
    found = looked(root, Edit(("party", "short"), "Acme", "Acme Co"), agreement="")
    assert [each.name for each in found.effects] == ["acme/2026-support"]
    assert found.may_be_saved


def test_a_signed_agreement_keeps_every_word(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-status: draft\n+status: signed\n")
    found = looked(root, Edit(("party", "short"), "Acme", "Acme Co"), agreement="")
    assert (found.effects, found.frozen) == ((), ("acme/2026-support",))
