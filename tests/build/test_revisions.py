"""States of an agreement: from history, and why one cannot be had."""

import re

from tests.helpers import two_states
from tests.helpers.changed import put, sample
from tests.helpers.git_repositories import committed, git
from tests.helpers.two_states import ACME, said

before = two_states.before
root = two_states.root


def test_two_revisions_are_compared_whatever_the_folder_holds(tmp_path):
    root = sample(tmp_path)
    put(root, f"{ACME}/agreement.yaml", "users: 34", "users: 40")
    committed(root, "More users")
    put(root, f"{ACME}/agreement.yaml", "users: 40", "users: 50")
    assert "Users: 34 to 40, +6" in said(root, "diff", "acme", "HEAD~1", "HEAD")
    assert "Users: 40 to 50, +10" in said(root, "diff", "acme")
    assert "Users: 50 to" not in said(root, "diff", "acme", "main~1", "main")


def test_last_years_agreement_is_compared_with_this_years(tmp_path):
    root = sample(tmp_path)
    (root / "agreements/acme/2027-support").mkdir()
    text = (
        (root / ACME / "agreement.yaml")
        .read_text("utf-8")
        .replace("first_day: 2026-10-01\n  length", "first_day: 2027-10-01\n  length")
        .partition("\nrenewal:")[0]
    )
    (root / "agreements/acme/2027-support/agreement.yaml").write_text(text, "utf-8")
    told = said(root, "diff", "acme", "--between", "2026-support", "2027-support")
    assert "First day: 1 October 2026 to 1 October 2027, 365 days later" in told
    assert told.startswith(
        f"{ACME} to agreements/acme/2027-support: 2026-support in the working tree to 2027-support in"
    )


def test_without_git_the_cure_is_named(tmp_path):
    root = sample(tmp_path / "a")
    (root / ".git").rename(tmp_path / "elsewhere")
    told = said(root, "diff", "acme", code=1)
    assert "[no-git]" in told
    assert "git init" in told


def test_an_unknown_revision_is_told_with_one_that_is_near(before):
    told = said(before, "diff", "acme", "mian", code=1)
    assert "git knows no commit 'mian' here [unknown-revision]" in told
    assert "did you mean main?" in told


def test_an_agreement_that_is_not_there_yet_is_told_with_its_first_commit(tmp_path):
    root = sample(tmp_path)
    git(root, "mv", "agreements/pecan/2026-support", "agreements/pecan/2027-support")
    first = committed(root, "A new year")
    told = said(root, "diff", "pecan", "HEAD~1", code=1)
    assert "pecan has no agreement 2027-support in HEAD~1" in told
    assert f"it appeared in {first[:10]} of 2026-09-01 (A new year); name that commit or a later one" in told


def test_a_fault_of_an_old_state_is_told_with_its_revision(tmp_path):
    root = sample(tmp_path)
    put(root, f"{ACME}/agreement.yaml", "version: 1", "version: first")
    committed(root, "A fault")
    put(root, f"{ACME}/agreement.yaml", "version: first", "version: 1")
    told = said(root, "diff", "acme", code=1)
    assert re.search(rf"^HEAD \(\w{{10}}\):{ACME}/agreement\.yaml:\d+: error: ", told, re.MULTILINE)


def test_a_shallow_clone_is_told_how_to_get_the_rest(before, tmp_path):
    git(before, "commit", "-q", "--allow-empty", "-m", "Another")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{before}", "clone")
    told = said(tmp_path / "clone", "diff", "acme", "HEAD~1", code=1)
    assert "git fetch --unshallow" in told
