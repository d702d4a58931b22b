"""Any number of agreements built into their folders: in order, whole or absent, and none stops another."""

import shutil

import pytest

from contract_assembly.build.builder import build
from contract_assembly.build.one_agreement import BuildOrder
from contract_assembly.core.problems import HeldError
from contract_assembly.repository.store import locked
from contract_assembly.rules import document as rules
from tests.helpers.command_output import broken
from tests.helpers.corpus import AGREEMENT, based, change, state

ACME, ZENITH = ("acme", "2026-support"), ("zenith", "2026-support")
REVIEW = BuildOrder(("md",))
WROTE = ("contract.md", "record.json")


@pytest.fixture
def root(tmp_path):
    """The base with a second client, which has the same contract."""
    root = based(tmp_path / "root")
    shutil.copytree(root / "agreements/acme", root / "agreements/zenith")
    return root


def outcomes(root, *pairs, order=REVIEW, **more):
    found = []
    build(root, pairs or (ACME, ZENITH), order, found.append, **more)
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_the_order_given_whatever_the_number_of_jobs(root, jobs):
    found = outcomes(root, ZENITH, ACME, jobs=jobs)
    assert [(each.folder, each.changed) for each in found] == [
        ("agreements/zenith/2026-support", WROTE),
        (AGREEMENT, WROTE),
    ]


def test_a_second_build_changes_nothing_and_loads_no_writer(root, monkeypatch):
    outcomes(root)
    before = state(root)
    monkeypatch.setattr("contract_assembly.build.pipeline.render", broken(AssertionError("rendered again")))
    assert [each.changed for each in outcomes(root)] == [(), ()]
    assert state(root) == before


def test_what_is_wrong_with_one_agreement_stops_no_other(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    acme, zenith = outcomes(root)
    assert [each.rule for each in acme.problems] == ["ill-typed"]
    assert (acme.failed, zenith.changed) == (True, WROTE)
    assert not (root / AGREEMENT / "record.json").exists()


def test_a_fault_of_the_program_is_in_the_outcome_of_its_agreement_alone(root, monkeypatch):
    def rule(document):
        return broken(ZeroDivisionError("a bug"))(document) if "acme" in document.meta.inputs else ()

    monkeypatch.setitem(rules.RULES, "total", rule)
    acme, zenith = outcomes(root)
    assert "ZeroDivisionError: a bug" in acme.bug
    assert zenith.changed == WROTE


def test_a_dry_run_reports_what_would_change_and_writes_nothing(root):
    before = state(root)
    assert [each.changed for each in outcomes(root, dry_run=True)] == [WROTE, WROTE]
    assert state(root) == before
    assert not (root / ".build").exists()


def test_while_another_command_is_writing_nothing_is_built(root):
    before = state(root)
    with locked(root), pytest.raises(HeldError):
        outcomes(root)
    assert state(root) == before


def test_an_interrupted_build_keeps_what_it_reported_and_nothing_half_written(root, monkeypatch):
    def rule(document):
        return broken(KeyboardInterrupt())(document) if "zenith" in document.meta.inputs else ()

    monkeypatch.setitem(rules.RULES, "total", rule)
    found = []
    with pytest.raises(KeyboardInterrupt):
        build(root, (ACME, ZENITH), REVIEW, found.append)
    assert [each.folder for each in found] == [AGREEMENT]
    assert not list((root / "agreements/zenith").glob("*/contract.md"))
