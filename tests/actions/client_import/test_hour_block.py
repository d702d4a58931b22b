"""A block of prepaid hours that is taken over: its ledger begins with the hours that were left, and no use is invented."""

import shutil

import pytest

from contract_assembly.blocks.loader import book_of
from contract_assembly.repository.inputs import Repository
from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, run

CELLS = {
    "company": "Elm Law PLLC", "short": "", "price": "", "renewal": "", "notice": "", "first_day": "2026-03-17", "last_day": "2027-03-01",
    "hours": "20", "hours_left": "7:15", "left_on": "2026-11-15", "rate": "95.00",
}  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The sample firm without its clients, with a block that was taken over and an hour of work since."""
    root = tmp_path_factory.mktemp("firm") / "root"
    for name in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / "clients.csv").write_text(table(CELLS))
    assert run(root, "import", str(root / "clients.csv")).code == 0
    done(
        root,
        "log",
        "elm-law",
        "1h",
        "--task",
        "Printer",
        "--by",
        "tom-ekberg",
        "--on",
        "2026-11-17",
        "--booked",
        "2026-11-17",
    )
    return root


@pytest.fixture
def root(before, tmp_path):
    return shutil.copytree(before, tmp_path / "root")


def done(root, *arguments):
    said = run(root, "block", *arguments)
    assert said.code == 0, said.err
    return said.out


def test_the_ledger_begins_with_what_was_used_until_the_hours_were_counted(root):
    book = book_of(Repository(root), "elm-law", "2026-block")
    first, second = book.ledger.rows
    assert (first.channel, first.worked, str(first.date), first.number) == ("opening", 765, "2026-11-15", 1)
    assert (second.channel, second.worked) == ("remote", 60)
    assert str(book.figures.last_day) == "2027-03-01"
    assert "6.25 h left" in done(root, "balance", "--client", "elm-law", "--on", "2026-11-17")


def test_nothing_is_known_of_a_day_before_the_count(root):
    for command in (("balance", "--client", "elm-law"), ("forecast", "--client", "elm-law"), ("compare", "elm-law")):
        said = run(root, "block", *command, "--on", "2026-11-14")
        assert (said.code, "nothing is known of the hours before 2026-11-15" in said.err) == (1, True), command
    assert "7.25 h left" in done(root, "balance", "--client", "elm-law", "--on", "2026-11-15")


def test_a_count_that_was_wrong_is_put_right_by_command(root):
    said = run(root, "block", "reverse", "elm-law", "1", "--because", "Wrong", "--booked", "2026-11-20")
    assert (said.code, "--left 6h30m" in said.err) == (1, True)
    done(root, "reverse", "elm-law", "1", "--left", "6:30", "--because", "Counted again", "--booked", "2026-11-20")
    assert "5.5 h left" in done(root, "balance", "--client", "elm-law", "--on", "2026-11-20")


def test_no_work_is_entered_for_days_before_the_count(root):
    said = run(root, "block", "log", "elm-law", "1h", "--task", "Old", "--by", "tom-ekberg", "--on", "2026-11-15", "--booked", "2026-11-20")  # fmt: skip
    assert (said.code, "2026-11-15 is before 2026-11-16, the first day of use" in said.err) == (1, True)


def test_the_pace_is_that_of_the_days_since(root):
    assert "2.2 h in an average month (of 2 weeks)" in done(
        root, "balance", "--client", "elm-law", "--on", "2026-11-29"
    )


def test_a_statement_begins_on_the_day_after_the_count(root):
    said = done(root, "statement", "elm-law", "--period", "2026-11", "--on", "2026-12-08")
    assert "2026-11-16 to 2026-11-30" in said
    assert "Opening balance: 7.25 h" in said
    assert "Used: 1 h" in said
    said = run(root, "block", "statement", "elm-law", "--period", "2026-10", "--on", "2026-12-08")
    assert (said.code, "use is recorded since 2026-11-16" in said.err) == (1, True)


def test_nothing_is_due_for_the_time_before_and_no_clause_of_ours_is_given_as_the_reason(root):
    said = run(root, "due", "--client", "elm-law", "--on", "2026-11-20", "--by", "2027-03-31").out
    assert "until 2026-11-30" in said
    assert "until 2026-10-31" not in said
    assert "promised" not in said.casefold()
    assert "other paper" in said


def test_a_late_reminder_does_not_move_the_day_that_was_agreed(root):
    assert "until 2027-03-01" in done(root, "balance", "--client", "elm-law", "--on", "2027-03-01")


def test_the_letter_about_few_hours_claims_no_clause_of_ours(root):
    done(
        root,
        "log",
        "elm-law",
        "2h",
        "--task",
        "Server",
        "--by",
        "tom-ekberg",
        "--on",
        "2026-11-18",
        "--booked",
        "2026-11-18",
    )
    folder = root / "agreements/elm-law/2026-block"
    (folder / "documents").mkdir()
    letter = "document: block-notice\nstatus: draft\ndate: 2026-11-19\nwhat: low-balance\nblock: first\n"
    rows = f"ledger: {{rows: 3, digest: {(folder / 'ledger.csv').read_text().splitlines()[3].rpartition(',')[2]}}}\n"
    (folder / "documents/low.yaml").write_text(letter + rows + "reader: contact\n")
    said = run(root, "--client", "elm-law/2026-block", "--document", "low", "--format", "md")
    assert said.code == 0, said.err
    words = (folder / "low.md").read_text("utf-8")
    assert "You have **4.25 hours** left" in words
    assert "promise" not in words


def test_a_further_block_is_one_of_our_own(root):
    said = run(root, "block", "order", "elm-law", "--hours", "20", "--first-day", "2027-01-01")
    assert (said.code, "[other-paper]" in said.err) == (1, True)


def test_hours_of_which_none_were_used_are_taken_over_too(root):
    (root / "more.csv").write_text(table({**CELLS, "company": "Fir", "hours_left": "20"}))
    assert run(root, "import", str(root / "more.csv")).code == 0
    assert "20 h left" in done(root, "balance", "--client", "fir", "--on", "2026-11-20")
