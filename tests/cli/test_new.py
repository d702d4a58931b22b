"""`build.py new`: how it is called, and what it says. What it writes is tested with its action."""

import json
import shutil

import pytest

from tests.helpers.corpus import REPOSITORY, linked, run

BEGIN = ("new", "oakridge", "--kind", "support", "--first-day", "2027-01-01")


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    """The samples' words and catalogue, and acme; nothing is written here."""
    root = tmp_path_factory.mktemp("firm") / "root"
    for name in ("clauses", "templates", "provider", "agreements/acme"):
        shutil.copytree(REPOSITORY / name, root / name, copy_function=linked)
    return root


@pytest.fixture
def root(firm, tmp_path):
    return shutil.copytree(firm, tmp_path / "root", copy_function=linked)


def test_a_dry_run_lists_the_files_and_writes_none(root):
    said = run(root, *BEGIN, "--place", "US-NY", "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert said.out == "agreements/oakridge: would write client.yaml, 2027-support/agreement.yaml\n"
    assert not (root / "agreements/oakridge").exists()


def test_after_writing_it_says_what_to_do_next(root):
    said = run(root, *BEGIN, "--place", "US-NY")
    wrote, then = said.out.splitlines()
    assert wrote == "agreements/oakridge: wrote client.yaml, 2027-support/agreement.yaml"
    assert then == "then: fill them in; build.py --client oakridge/2027-support; build.py status oakridge/2027-support"


def test_json_names_the_agreement_and_its_files(root):
    found = json.loads(run(root, *BEGIN, "--place", "US-NY", "--json").out)
    assert (found["client"], found["agreement"]) == ("oakridge", "2027-support")
    assert found["wrote"] == [f"agreements/oakridge/{each}" for each in ("client.yaml", "2027-support/agreement.yaml")]


def test_with_like_the_plan_is_that_of_another_agreement(root):
    assert run(root, *BEGIN, "--like", "acme/2026-support").code == 0
    assert "plan: business" in (root / "agreements/oakridge/2027-support/agreement.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        ((), 1, "nothing says where oakridge is [no-place]"),
        (("--place", "Atlantis"), 1, "'Atlantis' is not the name or code of a place [unknown-place]"),
        (("--place", "US-NY", "--like", "acne"), 1, "did you mean acme?"),
        (("--place", "US-NY", "--kind", "lease"), 2, "'lease' is not one of 'support', 'time-block'"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(root, more, code, says):
    said = run(root, *BEGIN, *more)
    assert (said.code, says in said.err) == (code, True), said.err
    assert not (root / "agreements/oakridge").exists()
