import json
import sys

import pytest

from contract_assembly.actions.start_repository import example
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.git_repositories import git


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    path = tmp_path_factory.mktemp("answers") / "answers.yaml"
    path.write_text(example())
    return str(path)


def init(*words):
    return run(REPOSITORY, "init", *map(str, words))


def test_it_makes_a_repository_with_two_commits_and_settings_for_git(answers, tmp_path):
    said = init(tmp_path / "ours", "--answers", answers)
    assert said.code == 0, said.err
    assert git(tmp_path / "ours", "status", "--short") == ""
    assert git(tmp_path / "ours", "log", "--format=%s").splitlines()[0] == "Begin our own repository"
    assert "words" in git(tmp_path / "ours", "config", "diff.contract-words.textconv")
    assert (tmp_path / "ours/.github/workflows/contracts.yml").exists()
    begun = run(
        tmp_path / "ours", "new", "oakridge", "--kind", "support", "--first-day", "2027-01-01", "--place", "US-NY"
    )
    assert begun.code == 0, begun.err
    schema = (tmp_path / "ours/agreements/oakridge/client.yaml").read_text().splitlines()[0].partition("$schema=")[2]
    assert (tmp_path / "ours/agreements/oakridge" / schema).is_file()
    assert json.loads(run(tmp_path / "ours", "library", "--json").out)["newer"] == []


def test_a_dry_run_lists_the_same_and_makes_nothing(answers, tmp_path):
    said = init(tmp_path / "ours", "--answers", answers, "--dry-run")
    assert "would write the library, " in said.out
    assert list(tmp_path.iterdir()) == []


def test_answers_that_are_wrong_make_nothing(answers, tmp_path):
    (tmp_path / "answers.yaml").write_text(example().replace("65.00 USD", "65.00 EUR"))
    said = init(tmp_path / "ours", "--answers", tmp_path / "answers.yaml")
    assert said.code == 1
    assert "prices.business is in EUR" in said.err
    assert not (tmp_path / "ours").exists()


def test_a_folder_that_is_not_empty_is_refused(answers, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    said = init(tmp_path, "--answers", answers)
    assert (said.code, "it holds mine.txt" in said.err) == (1, True)


def test_a_folder_inside_the_program_or_another_repository_is_refused(answers, tmp_path):
    assert "[inside-program]" in init(REPOSITORY / "contracts", "--answers", answers).err
    git(tmp_path, "init", "-q")
    assert "[inside-repository]" in init(tmp_path / "deep/ours", "--answers", answers).err


def test_without_git_it_says_what_to_install(answers, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    said = init(tmp_path / "ours", "--answers", answers)
    assert (said.code, "the program git is not installed" in said.err) == (1, True)
    assert not (tmp_path / "ours").exists()


def test_without_a_terminal_it_asks_for_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    said = init(tmp_path / "ours")
    assert (said.code, "add --answers FILE" in said.err) == (2, True)


def test_the_example_is_printed_as_it_is():
    assert init("--example").out == example()


def test_new_outside_of_any_repository_does_not_write_into_the_samples(tmp_path, monkeypatch):
    from contract_assembly.cli import cli, parameters

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parameters.sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(Exception, match="the program's own samples"):
        cli.main(
            ["new", "oakridge", "--kind", "support", "--first-day", "2027-01-01", "--place", "US-NY"],
            standalone_mode=False,
        )
    assert not (REPOSITORY / "agreements/oakridge").exists()
