"""Messages quote what people wrote, and cut it: a value of 5,000 characters never floods a terminal."""

import pytest

from tests.helpers.corpus import AGREEMENT, based, run
from tests.helpers.program import PACKAGE, PATHS, read

# These take a digest of the whole text, or are the helper itself.
WHOLE = {"core/text.py", "document/style.py", "repository/record_writer.py"}
MODULES = {each.relative_to(PACKAGE).as_posix(): each for each in PATHS}
LONG = "7" * 5_000


def test_a_message_quotes_a_value_with_the_helper_that_cuts_it():
    found = {name: read(MODULES[name]).quoted for name in MODULES.keys() - WHOLE}
    assert not {name: lines for name, lines in found.items() if lines}, (
        "write {shown(value)} (core/text), not {value!r}"
    )


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_modules_that_may_still_do_so(name):
    assert "!r}" in MODULES[name].read_text("utf-8") or "repr(" in MODULES[name].read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--client", LONG), ("--client", f"acme/{LONG}"), ("--client", "acme/2026-support", "--document", LONG), ("--format", LONG),
        ("--jobs", LONG), (LONG,), (f"--{LONG}",), ("rules", LONG), ("schema", LONG), ("facts", LONG), ("laws", "acme", LONG),
        ("due", "--on", LONG), ("due", "--by", LONG), ("status", "acme", "--document", LONG), ("status", "acme", "--set", LONG),
        ("approve", LONG, "--by", "A", "--on", "2026-09-01"), ("approve", "notes", "--by", "A", "--on", LONG),
        ("approve", "notes", "--by", LONG, "--on", "2026-09-01"), ("new", LONG, "--kind", "support", "--first-day", "2027-01-01"),
        ("new", "x", "--kind", "support", "--first-day", "2027-01-01", "--law", LONG), ("inspect", f"/{LONG}"), ("words", f"/{LONG}"),
        ("diff", "acme", LONG), ("impact", "--base", LONG), ("block", "log", "acme", LONG, "--task", "x", "--by", "y"),
        ("block", "reverse", "acme", LONG, "--because", "x"), ("block", "statement", "acme", "--period", LONG),
        ("block", "order", "acme", "--hours", LONG, "--first-day", "2027-01-01"),
        ("block", "order", "acme", "--hours", "20", "--rate", LONG, "--first-day", "2027-01-01"),
        ("block", LONG), ("index", "import", "/dev/null", "--series", LONG), ("amend", "acme", "--on", LONG),
    ],
    ids=lambda each: " ".join("N" if len(word) > 4_000 else word for word in each),
)  # fmt: skip
def test_a_value_of_5000_characters_on_the_command_line_is_cut(tmp_path, arguments):
    said = run(based(tmp_path / "root"), *arguments)
    assert said.code in {0, 1, 2}
    assert len(said.out + said.err) < 2_500
    assert "fault of the program" not in said.err


@pytest.mark.parametrize("line", ["version", "term.first_day", "coverage.users", "status"])
def test_a_value_of_5000_characters_in_a_file_is_cut(tmp_path, line):
    root = based(tmp_path / "root")
    path = root / AGREEMENT / "agreement.yaml"
    lines = path.read_text("utf-8").splitlines()
    key = line.rpartition(".")[2]
    found = [n for n, each in enumerate(lines) if each.strip().startswith(f"{key}:")]
    assert found, lines
    lines[found[0]] = f"{lines[found[0]].partition(':')[0]}: {LONG}"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    said = run(root, "--client", "acme", "--format", "md")
    assert said.code == 1
    assert len(said.err) < 1_500
