"""`build.py git-setup`."""

import json
import os
import subprocess
import sys

import pytest

from contract_assembly.cli import git_setup
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.git_repositories import git

TEXTCONV = "diff.contract-words.textconv"


@pytest.fixture
def clone(tmp_path):
    git(tmp_path, "init", "-q")
    return tmp_path


def settings(clone):
    return dict(line.split("=", 1) for line in git(clone, "config", "--local", "--list").splitlines())


def test_it_names_each_setting_that_it_makes_and_a_dry_run_makes_none(clone):
    before = settings(clone)
    dry = run(clone, "git-setup", "--dry-run")
    assert (dry.code, settings(clone)) == (0, before)
    real = run(clone, "git-setup")
    assert real.out == dry.out.replace("would set ", "set ")
    assert settings(clone)[TEXTCONV.lower()].endswith("build.py words")
    assert f"set {TEXTCONV} = " in real.out


def test_a_second_run_makes_the_same_settings_and_remove_takes_all_of_them_away(clone):
    before = settings(clone)
    run(clone, "git-setup")
    made = settings(clone)
    run(clone, "git-setup")
    assert settings(clone) == made != before
    assert run(clone, "git-setup", "--remove", "--dry-run").out.startswith("would remove ")
    assert run(clone, "git-setup", "--remove").code == 0
    assert settings(clone) == before
    assert run(clone, "git-setup", "--remove").out == "nothing to do\n"


def test_json_has_the_settings_and_what_git_does_not_heed(clone):
    found = json.loads(run(clone, "git-setup", "--json").out)
    assert any(each.startswith(f"{TEXTCONV} = ") for each in found["set"])
    assert not found["dry_run"]
    assert found["problems"]  # there is no .gitattributes here, so git heeds none of them
    removed = json.loads(run(clone, "git-setup", "--remove", "--json").out)
    assert removed["removed"]
    assert removed["problems"] == []


def test_git_starts_the_program_of_a_checkout_or_the_installed_package(monkeypatch):
    assert git_setup.program() == (sys.executable, str(REPOSITORY / "build.py"))
    monkeypatch.setattr(git_setup, "samples", lambda: None)
    assert git_setup.program() == git_setup.PROGRAM


def test_the_installed_package_loads_no_module_from_the_repository(tmp_path):
    (tmp_path / "contract_assembly").mkdir()
    (tmp_path / "contract_assembly/__init__.py").write_text("raise SystemExit('planted')")
    command = [*git_setup.PROGRAM, "--version"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "planted" not in done.stderr
    assert done.stdout.strip()
