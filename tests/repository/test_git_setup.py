"""Real git with our settings: diffs in words, and merges of facts whose documents are built anew."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from contract_assembly.writers.textconv import words
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run, state
from tests.helpers.git_repositories import begun, committed, git

FACTS = f"{AGREEMENT}/agreement.yaml"
BUILD = ("--all", "--format", "md", "--format", "docx")


def built(root):
    said = run(root, *BUILD)
    assert said.code == 0, said.err


@pytest.fixture(params=["root", "a firm's own root/with spaces"])
def root(tmp_path, request):
    """A repository with its documents built and committed, and git told of them; its path may hold spaces."""
    root = tmp_path / request.param
    root.parent.mkdir(exist_ok=True)
    based(root)
    shutil.copy(REPOSITORY / ".gitattributes", root)
    built(root)
    (root / ".gitignore").write_text(".build/\n")
    begun(root)
    assert run(root, "git-setup").code == 0
    return root


def edit(root, old, new):
    path = root / FACTS
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))


def two_branches(root):
    """Both change acme's facts, on different lines, and build."""
    lines = (root / FACTS).read_text()
    assert "version: 1\n" in lines
    title = next(line for line in lines.splitlines() if line.startswith("title:"))
    git(root, "checkout", "-q", "-b", "feature")
    edit(root, "version: 1\n", "version: 2\n")
    built(root)
    committed(root, "Version 2")
    git(root, "checkout", "-q", "main")
    edit(root, title, f"{title.rstrip(chr(34))} Anew{chr(34) if title.endswith(chr(34)) else ''}")
    built(root)
    committed(root, "A new title")


def test_two_branches_merge_where_their_facts_do_and_the_next_build_writes_what_they_say(root):
    two_branches(root)
    git(root, "merge", "--no-edit", "feature")
    assert git(root, "status", "--short") == ""
    assert "Anew" in (root / FACTS).read_text()
    assert "version: 2" in (root / FACTS).read_text()
    said = run(root, "check")
    assert said.code == 1
    assert "[stale]" in said.err
    built(root)
    git(root, "commit", "-q", "--all", "--amend", "--no-edit")
    assert len(git(root, "log", "-1", "--format=%P").split()) == 2
    assert run(root, "check").code == 0
    merged = state(root / "agreements")
    shutil.rmtree(root / ".build")
    for path in [*root.glob(f"{AGREEMENT}/contract.*"), root / AGREEMENT / "record.json"]:
        path.unlink()
    built(root)
    assert state(root / "agreements") == merged


def test_a_conflict_in_the_facts_is_told_by_every_command_with_its_line(root):
    git(root, "checkout", "-q", "-b", "feature")
    edit(root, "version: 1\n", "version: 2\n")
    committed(root, "Two")
    git(root, "checkout", "-q", "main")
    edit(root, "version: 1\n", "version: 3\n")
    committed(root, "Three")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "--no-edit", "feature")
    line = (root / FACTS).read_text().splitlines().index("<<<<<<< HEAD") + 1
    for command in (BUILD, ("check",), ("facts", "acme/2026-support"), ("laws", "acme/2026-support")):
        said = run(root, *command)
        assert said.code == 1
        assert f"{FACTS}:{line}: error:" in said.err
        assert "[merge-conflict]" in said.err


def test_diff_and_log_show_words_of_a_word_file(root):
    edit(root, "version: 1\n", "version: 2\n")
    built(root)
    shown = git(root, "diff", "--", f"{AGREEMENT}/contract.docx")
    assert "\n+" in shown
    assert "Binary" not in shown
    committed(root, "Version 2")
    for _ in range(2):  # the second time from the words that git kept
        assert shown.split("@@", 1)[1] in git(root, "log", "-p", "-1", "--", f"{AGREEMENT}/contract.docx")
    inside = root / "agreements"
    assert "\n+" in git(inside, "diff", "HEAD~1", "--", "acme/2026-support/contract.docx")


def test_it_works_in_a_work_tree_of_its_own(root, tmp_path):
    other = tmp_path / "another tree"
    git(root, "worktree", "add", "-q", str(other), "HEAD")
    edit(other, "version: 1\n", "version: 2\n")
    built(other)
    assert "\n+" in git(other, "diff", "--", f"{AGREEMENT}/contract.docx")
    assert run(other, "check").code == 0


def test_it_is_taken_out_again_without_a_trace(root):
    assert run(root, "git-setup", "--remove").code == 0
    assert "contract" not in git(root, "config", "--local", "--list")
    assert run(root, "git-setup", "--remove").out == "nothing to do\n"


def test_twice_is_as_once(root):
    once = git(root, "config", "--local", "--list")
    assert run(root, "git-setup").code == 0
    assert git(root, "config", "--local", "--list") == once


def test_a_folder_without_attributes_is_told(root):
    git(root, "rm", "-q", ".gitattributes")
    assert "[no-gitattributes]" in run(root, "git-setup").err


def test_a_folder_without_history_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    said = run(based(tmp_path / "root"), "git-setup")
    assert said.code == 1
    assert "[no-git]" in said.err


def test_check_needs_no_branch_and_no_older_commits(root, tmp_path):
    git(root, "checkout", "-q", "--detach")
    assert run(root, "check").code == 0
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert run(tmp_path / "shallow", "check").code == 0


def test_a_checkout_with_line_endings_of_windows_is_content(root, tmp_path):
    (root / ".gitattributes").unlink()
    committed(root, "Without attributes")
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "-q", str(root), "windows")
    assert b"\r\n" in (tmp_path / "windows" / FACTS).read_bytes()
    assert run(tmp_path / "windows", "check").code == 0


def package(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", data)
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"PK\x03\x04 and then nothing",
        package(other="<a/>"),
        package(word__document="<a"),
        package(word__document='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        b"%PDF-1.7 and then nothing",
    ],
)
def test_what_is_no_document_is_shown_as_a_line_that_says_so(data):
    shown = words(data, "some.docx")
    assert shown.startswith("[no words of some.docx: ")
    assert shown.count("\n") == 1


def test_words_of_word_and_pdf_are_those_of_the_review_text():
    folder = REPOSITORY / "agreements/acme/2026-support"
    for name in ("contract.docx", "contract.pdf"):
        shown = words((folder / name).read_bytes(), name)
        assert "Northlight IT Services LLC" in shown
        assert len(shown.split()) > 9_000


def test_a_file_that_is_not_there_is_a_line_too(root):
    assert run(root, "words", str(root / "none.docx")).out.startswith("[no words of none.docx: ")


# ---- hooks and workflows


def tool(name, *words_, folder=REPOSITORY):
    around = {**os.environ, "PRE_COMMIT_HOME": str(Path(tempfile.gettempdir()) / "contract-assembly-pre-commit")}
    return subprocess.run(
        [str(Path(sys.executable).parent / name), *words_],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=around,
    )


def test_the_hook_and_the_workflows_are_sound_by_tools_that_are_not_ours():
    for asked in (
        ("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", "docs/ci/github.yml"),
        ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "docs/ci/gitlab.yml"),
        ("zizmor", "--offline", "--no-progress", "docs/ci/github.yml"),
    ):
        said = tool(*asked, folder=REPOSITORY)
        assert said.returncode == 0, said.stdout + said.stderr


HOOKS = """default_install_hook_types: [pre-commit, pre-merge-commit]
repos:
  - repo: local
    hooks:
      - id: contract-check
        name: contracts
        language: system
        entry: '"{python}" "{build}" --root . check'
        always_run: true
        pass_filenames: false
        stages: [pre-commit, pre-merge-commit]
"""


def test_pre_commit_stops_a_stale_commit_and_a_stale_merge(root):
    (root / ".pre-commit-config.yaml").write_text(HOOKS.format(python=sys.executable, build=REPOSITORY / "build.py"))
    committed(root, "Hooks")
    two_branches(root)
    said = tool("pre-commit", "install", folder=root)
    assert said.returncode == 0, said.stdout + said.stderr
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(root, "merge", "--no-edit", "feature")
    assert "[stale]" in stopped.value.stdout + stopped.value.stderr
    built(root)
    git(root, "add", "agreements")
    git(root, "commit", "-q", "--no-edit")
    assert len(git(root, "log", "-1", "--format=%P").split()) == 2
    edit(root, "version: 2\n", "version: 4\n")
    git(root, "add", "-A")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "commit", "-q", "-m", "Stale")


def test_only_what_is_not_set_yet_is_set(root):
    assert run(root, "git-setup").out == "nothing to do\n"
    git(root, "config", "--add", "merge.contract-built.driver", "false")
    assert run(root, "git-setup").out == "set merge.contract-built.driver = true\n"
    assert git(root, "config", "--get-all", "merge.contract-built.driver").strip() == "true"
