"""What the pages say is true: the tour of the README runs, schemas are current, links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contract_assembly.actions.json_schema import SCHEMAS, schema_of

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(page: str) -> list[tuple[str, str]]:
    """The commands of every console block, each with the output that is shown below it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A repository like a fresh clone, with the environment that runs this test as its .venv."""
    root = tmp_path_factory.mktemp("clone") / "contracts"
    ignored = shutil.ignore_patterns(".git", ".venv*", ".build", "__pycache__", ".*_cache", ".hypothesis", ".coverage*")
    shutil.copytree(ROOT, root, ignore=ignored)
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (root / ".venv/bin/python").chmod(0o755)
    git = ["git", "-c", "user.name=A Reader", "-c", "user.email=reader@client.example", "-C", str(root)]
    for step in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "As cloned"]):
        subprocess.run([*git, *step], check=True, capture_output=True)
    return root


def test_the_tour_of_the_readme_runs_as_shown(clone):
    shown = commands((ROOT / "README.md").read_text("utf-8"))
    assert len(shown) >= 6
    env = {name: value for name, value in os.environ.items() if name != "CONTRACTS_ROOT"}
    subprocess.run(
        [".venv/bin/python", "build.py", "--client", "acme"], cwd=clone, check=True, capture_output=True, env=env
    )
    for command, output in shown:
        done = subprocess.run(["bash", "-c", command], cwd=clone, capture_output=True, text=True, env=env, check=False)
        assert done.stderr + done.stdout == output, command


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_for_editors_are_current(name):
    path = ROOT / "docs" / "schema" / f"{name}.json"
    assert path.read_text("utf-8") == schema_of(name), f"run: build.py schema {name} > docs/schema/{name}.json"


def test_every_yaml_file_names_its_schema():
    for path in [
        *ROOT.glob("provider/**/*.yaml"),
        *ROOT.glob("agreements/**/*.yaml"),
        *ROOT.glob("clauses/law/*.yaml"),
    ]:
        first = path.read_text("utf-8").splitlines()[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, f"{path}: the first line names no schema"
        assert (path.parent / match[1]).resolve().is_file(), path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_exist(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target
