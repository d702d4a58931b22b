"""Forms of the former version: they do the same as the new ones, with one line on standard error."""

import pytest

from tests.cli.test_dry_run import COMMANDS
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run, state

ONE = "acme/2026-support"
BLOCK = "hudson/2026-block"
FORMS = [
    ("--client acme --agreement 2026-support --format md", f"--client {ONE} --format md", "--agreement"),
    ("check --client acme --agreement 2026-support", f"check --client {ONE}", "--agreement"),
    ("check --agreement=2026-support --client=acme", f"check --client {ONE}", "--agreement"),
    ("facts acme 2026-support", f"facts {ONE}", "AGREEMENT"),
    ("laws acme 2026-support --json", f"laws {ONE} --json", "AGREEMENT"),
    ("readability --json acme 2026-support", f"readability {ONE} --json", "AGREEMENT"),
    ("status acme --agreement 2026-support", f"status {ONE}", "--agreement"),
    ("status --agreement 2026-support --document contract acme", f"status {ONE} --document contract", "--agreement"),
    ("facts --client acme", "facts acme", "--client"),
    ("facts --client acme --agreement 2026-support", f"facts {ONE}", "--client"),
    ("diff acme --agreement 2026-support HEAD HEAD", f"diff {ONE} HEAD HEAD", "--agreement"),
    ("due --explain acme --on 2026-10-01", "due --client acme --explain --on 2026-10-01", "CLIENT"),
    ("due --explain=acme --on 2026-10-01", "due --client acme --explain --on 2026-10-01", "CLIENT"),
]
OF_BLOCKS = [
    ("block balance hudson --on 2026-11-24", "block balance --client hudson --on 2026-11-24", "CLIENT"),
    ("block notices hudson --on 2026-11-24 --all", "block notices --client hudson --on 2026-11-24 --all", "CLIENT"),
    ("block forecast --all --on 2026-11-24", "block forecast --on 2026-11-24", "--all"),
    ("block forecast hudson --on 2026-11-24", "block forecast --client hudson --on 2026-11-24", "CLIENT"),
    ("block notify --all --on 2026-11-24", "block notify --on 2026-11-24", "--all"),
    (
        "block compare hudson --agreement 2026-block --on 2026-11-24",
        f"block compare {BLOCK} --on 2026-11-24",
        "--agreement",
    ),
    (
        "block log hudson 35m --agreement 2026-block --task Router --by tom-ekberg --on 2026-11-24 --booked 2026-11-24 --dry-run",
        f"block log {BLOCK} 35m --task Router --by tom-ekberg --on 2026-11-24 --booked 2026-11-24 --dry-run",
        "--agreement",
    ),
]


def same(root, old, new, word):
    then, now = run(root, *old.split()), run(root, *new.split())
    note, _, rest = then.err.partition("\n")
    assert (then.code, then.out, rest) == (now.code, now.out, now.err)
    assert note.startswith(f"note: `{word}` is ")
    assert note.endswith("; the old form will be removed in the next version")
    assert "note:" not in now.err
    return note


@pytest.mark.parametrize(("old", "new", "word"), FORMS, ids=[old for old, _, _ in FORMS])
def test_an_old_form_does_the_same_and_names_the_new_one(tmp_path, old, new, word):
    root = based(tmp_path / "root")
    run(root, "--client", "acme", "--format", "md")
    note = same(root, old, new, word)
    assert "build.py " in note
    assert ("acme/2026-support" in note) == ("acme/2026-support" in new)


@pytest.mark.parametrize(("old", "new", "word"), OF_BLOCKS, ids=[old for old, _, _ in OF_BLOCKS])
def test_an_old_form_about_hours_does_the_same(old, new, word):
    same(REPOSITORY, old, new, word)


def test_an_import_took_the_file_first_and_the_client_as_an_option(tmp_path):
    root = based(tmp_path / "root")
    old = f"service import {root}/provider/provider.yaml --client acme --agreement 2026-support --mapping toggl"
    new = f"service import acme/2026-support {root}/provider/provider.yaml --mapping toggl"
    note = same(root, old, new, "--client")
    assert ": build.py service import acme/2026-support; " in note


@pytest.mark.parametrize(
    "arguments",
    ["--agreement 2026-support", "check --agreement 2026-support", "facts acme/2026-support 2026-support", "facts acme 2026-support x",
     "--client acme --client zenith --agreement 2026-support", "block forecast hudson --all", "block notify acme --all",
     "status --agreement 2026-support", "facts --client", "check acme"],
)  # fmt: skip
def test_what_was_wrong_use_or_is_unclear_stays_wrong_use(tmp_path, arguments):
    root = based(tmp_path / "root")
    before = state(root)
    said = run(root, *arguments.split())
    assert (said.code, said.out) == (2, "")
    assert "Error: " in said.err
    assert state(root) == before


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_help_shows_an_old_form(tmp_path, name):
    said = run(tmp_path, *name.split(), "--help")
    assert "--agreement" not in said.out
    assert "CLIENT AGREEMENT\n" not in said.out


def test_values_that_look_like_old_options_are_left_alone(tmp_path):
    root = based(tmp_path / "root")
    said = run(root, "status", "acme", "--set", "draft", "--reason", "--agreement")
    assert "note:" not in said.err
    assert (root / AGREEMENT).exists()
