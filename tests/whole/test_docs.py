"""What the pages say is true: the tour of the README runs, schemas are current, links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contract_assembly.actions.json_schema import SCHEMAS, schema_of
from tests.helpers.playbook_page import page
from tests.whole.test_layering import MAY_IMPORT

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXTENDING = sorted((ROOT / "docs/extending").glob("*.md"))
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")


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


def run_as_shown(root, page):
    env = {name: value for name, value in os.environ.items() if name != "CONTRACTS_ROOT"}
    shown = commands(page)
    assert shown
    for command, output in shown:
        done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True, env=env, check=False)
        assert done.stderr + done.stdout == output, command
    return len(shown)


def test_the_tour_of_the_readme_runs_as_shown(clone, tmp_path):
    root = shutil.copytree(clone, tmp_path / "contracts", symlinks=True)
    subprocess.run([".venv/bin/python", "build.py", "--client", "acme"], cwd=root, check=True, capture_output=True)
    assert run_as_shown(root, (ROOT / "README.md").read_text("utf-8")) >= 6


@pytest.mark.parametrize("page", EXTENDING, ids=lambda page: page.stem)
def test_what_a_page_on_extending_adds_works_as_shown(clone, page, tmp_path):
    root = shutil.copytree(clone, tmp_path / "contracts", symlinks=True)
    (change,) = re.findall(r"```diff\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    subprocess.run(["git", "apply", "--unidiff-zero", "-"], cwd=root, input=change, text=True, check=True)
    run_as_shown(root, page.read_text("utf-8"))


def test_the_architecture_page_has_the_packages_and_their_imports():
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\w, ]*)\|$", ARCHITECTURE, re.MULTILINE)
    assert {name: " ".join(may.split(", ")).strip() for name, may in rows} == MAY_IMPORT


def test_the_architecture_page_names_files_and_modules_that_exist():
    named = {name for name in re.findall(r"`([\w./-]+/[\w./-]+)`", ARCHITECTURE) if "<" not in name}
    places = (ROOT, ROOT / "contract_assembly", ROOT / "docs")
    missing = {
        name for name in named if not any((place / f"{name}{end}").exists() for place in places for end in ("", ".py"))
    }
    assert missing == {"documents/"} & missing


def test_the_fact_on_the_architecture_page_is_where_it_says():
    place, line, text = re.search(r"`(agreements/[\w/.-]+):(\d+)` says `([^`]+)`", ARCHITECTURE).groups()
    assert text in (ROOT / place).read_text("utf-8").splitlines()[int(line) - 1]
    assert "2,108.00" in (ROOT / place).with_name("contract.md").read_text("utf-8")


def test_the_glossary_has_at_most_forty_entries():
    rows = ARCHITECTURE.partition("## Glossary")[2].splitlines()
    assert 10 < sum(row.startswith("| ") for row in rows) - 2 <= 40


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_for_editors_are_current(name):
    path = ROOT / "docs" / "schema" / f"{name}.json"
    assert path.read_text("utf-8") == schema_of(name), f"run: build.py schema {name} > docs/schema/{name}.json"


def test_the_playbook_page_has_the_points_and_clauses_as_they_are():
    said = (ROOT / "docs/playbook.md").read_text("utf-8")
    assert said == page(), "run: python -m tests.helpers.playbook_page > docs/playbook.md"


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
