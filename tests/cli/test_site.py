"""The command `site`."""

import json

import pytest

from tests.helpers.corpus import AGREEMENT, based, change, run, state

ON = ("--on", "2026-11-30")


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def test_it_writes_the_pages_and_says_whose_data_they_hold(root, tmp_path):
    before = state(root)
    said = run(root, "site", str(tmp_path / "site"), *ON)
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(" files. They hold clients' data: keep them among your own people\n")
    assert "Acme" in (tmp_path / "site/index.html").read_text("utf-8")
    assert state(root) == before


def test_a_dry_run_writes_nothing_and_counts_the_same(root, tmp_path):
    dry = run(root, "site", str(tmp_path / "site"), *ON, "--dry-run")
    assert not (tmp_path / "site").exists()
    assert run(root, "site", str(tmp_path / "site"), *ON).out == dry.out.replace("would write", "wrote")


def test_a_folder_of_somebody_else_is_refused(root, tmp_path):
    said = run(root, "site", str(tmp_path), *ON, "--json")
    assert said.code == 2 or json.loads(said.out)["problems"][0]["rule"] == "not-empty"
    (tmp_path / "other").mkdir()
    (tmp_path / "other/file").write_text("mine")
    said = run(root, "site", str(tmp_path / "other"), *ON, "--json")
    assert (said.code, json.loads(said.out)["problems"][0]["rule"]) == (1, "not-empty")


@pytest.mark.parametrize("folder", ["agreements/acme", "clauses/site", "provider", "."])
def test_no_page_is_written_among_words_and_facts(root, folder):
    said = run(root, "site", str(root / folder), *ON)
    assert said.code == 2
    assert "../portfolio" in said.err


def test_a_broken_agreement_is_reported_on_the_page_of_its_client(root, tmp_path):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    said = run(root, "site", str(tmp_path / "site"), *ON)
    assert (said.code, said.err.startswith(f"{AGREEMENT}/agreement.yaml:5: error: ")) == (1, True)
    assert f"{AGREEMENT}/agreement.yaml:5" in (tmp_path / "site/index.html").read_text("utf-8")
