"""The commands of prepaid blocks, from outside: what they say, what they write, and how they end."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from contract_assembly.blocks.ledger import HEADER
from contract_assembly.cli import cli
from contract_assembly.cli.block import entering
from tests.helpers.corpus import REPOSITORY, change, laid_out, run

FOLDER = "agreements/acme/2026-block"
LOG = ("block", "log", "acme")
BY = ("--by", "priya", "--on", "2026-10-06", "--booked", "2026-10-06")
GIT = ("git", "-c", "user.name=A Firm", "-c", "user.email=firm@client.example")


@pytest.fixture
def root(tmp_path):
    """The base with a block that was sent, is paid, and may go two hours beyond."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "over.txt").write_text("base-block")
    found = laid_out(case, tmp_path / "root")
    change(found, f"{FOLDER}/agreement.yaml\n-status: draft\n+status: sent\n")
    (found / FOLDER / "account.yaml").write_text("paid: 2026-10-01\n")
    return found


def ledger(root) -> list[str]:
    path = root / FOLDER / "ledger.csv"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def data(root, *arguments):
    said = run(root, "block", *arguments, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def log(root, worked="35m", task="Printer", *more, of="acme"):
    return run(root, "block", "log", of, worked, "--task", task, *BY, *more)


def test_hours_are_entered_and_what_they_come_to_is_said(root):
    said = log(root, "20m", "Printer", "--at", "09:00")
    assert said.code == 0
    assert "worked 20 min, rounded 30 min, factor 1: 0.5 h" in said.out
    assert "Balance: 20 h before, 19.5 h after" in said.out
    head, row = ledger(root)
    assert head == HEADER
    assert row.startswith("1,2026-10-06,09:00,priya,Printer,remote,20,30,1,30,")


def test_a_dry_run_says_the_same_and_writes_nothing(root):
    dry = log(root, "20m", "Printer", "--dry-run")
    assert ledger(root) == []
    assert not (root / ".build").exists()
    wet = log(root, "20m", "Printer")
    assert dry.out.splitlines()[:-1] == wet.out.splitlines()[:-1]


def test_an_entry_as_json_has_its_row_its_blocks_and_both_balances(root):
    found = data(root, "log", "acme", "35m", "--task", "Printer", *BY)
    assert (found["wrote"], found["dry_run"]) == ([f"{FOLDER}/ledger.csv"], False)
    assert (found["before"], found["after"]) == ("1200", "1155")
    assert found["blocks"] == [{"block": "first", "minutes": "45"}]
    assert found["rows"][0]["deducted"] == "45"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--at", "23:50"), "past midnight"),
        (("--asked-by", "nobody", "--at", "19:00"), "nobody is not a contact"),
        (("--task", "=1"), "begins like a formula"),
        (("--on", "2026-10-07"), "after 2026-10-06, the day of booking"),
    ],
)
def test_what_cannot_be_entered_ends_with_1_and_writes_nothing(root, more, words):
    said = log(root, "35m", "Printer", *more)
    assert (said.code, ledger(root)) == (1, [])
    assert words in said.err


@pytest.mark.parametrize(
    "arguments", [("1.5h",), ("35m", "--channel", "phone"), ("35m", "--on", "yesterday"), ("35m", "--at")]
)
def test_wrong_use_ends_with_2(root, arguments):
    assert run(root, *LOG, *arguments, "--task", "Printer", "--by", "priya").code == 2


def test_without_dates_today_counts_where_the_desk_is(root, monkeypatch):
    monkeypatch.setattr(entering, "today", lambda _zone: date(2026, 10, 9))
    run(root, *LOG, "35m", "--task", "Printer", "--by", "priya")
    assert ledger(root)[1].startswith("1,2026-10-09,")
    assert ",2026-10-09," in ledger(root)[1][20:]


def test_a_reversal_takes_a_row_back_and_leaves_it_standing(root):
    log(root)
    said = run(root, "block", "reverse", "acme", "1", "--because", "Our own fault", "--booked", "2026-10-07")
    assert said.code == 0, said.err
    assert len(ledger(root)) == 3
    assert "Balance: 19.25 h before, 20 h after" in said.out
    assert run(root, "block", "reverse", "acme", "1", "--because", "Again", "--booked", "2026-10-07").code == 1


def test_an_import_is_whole_or_absent_and_twice_is_once(root, tmp_path):
    file = tmp_path / "november.csv"
    good = "date;person;task;worked\r\n2026-10-06;priya;Printer;35\r\n2026-10-06;dana;Email;20\r\n"
    file.write_text("\ufeff" + good + "2026-10-06;tom;Email;20\r\n", "utf-8", newline="")
    said = run(root, "block", "import", "acme", str(file), "--booked", "2026-10-06")
    assert (said.code, ledger(root)) == (1, [])
    assert "november.csv:4: error: unknown person: tom is not in provider.yaml" in said.err
    file.write_text(good, "utf-8", newline="")
    assert run(root, "block", "import", "acme", str(file), "--booked", "2026-10-06").code == 0
    once = ledger(root)
    again = run(root, "block", "import", "acme", str(file), "--booked", "2026-10-07")
    assert (again.code, ledger(root)) == (0, once)
    assert "2 rows = 0 entered + 2 in the ledger already" in again.out


def test_a_row_edited_by_hand_stops_every_command_with_its_line(root):
    log(root)
    path = root / FOLDER / "ledger.csv"
    path.write_text(path.read_text().replace(",45,1,45,", ",45,1,15,"))
    for command in (("balance", "--client", "acme"), ("log", "acme", "5m", "--task", "x", *BY), ("forecast",)):
        said = run(root, "block", *command)
        assert said.code == 1
        assert f"{FOLDER}/ledger.csv:2: error: the digest does not fit" in said.err


def committed(root):
    for step in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "As sent")):
        git(root, *step)


def git(root, *words):
    subprocess.run([*GIT, "-C", str(root), *words], check=True, capture_output=True)


def test_git_witnesses_a_ledger_that_was_reckoned_anew(root):
    log(root)
    committed(root)
    assert run(root, "block", "balance", "--client", "acme").code == 0
    (root / FOLDER / "ledger.csv").unlink()
    said = run(root, "block", "balance", "--client", "acme")
    assert (said.code, "this differs from git" in said.err) == (1, True)
    log_again = log(root, "5m")
    assert (log_again.code, ledger(root)) == (1, [])


def test_two_clones_that_both_entered_hours_conflict_and_neither_ledger_is_torn(root):
    shutil.copy(REPOSITORY / ".gitattributes", root)
    log(root)
    committed(root)
    for branch, task in (("theirs", "Email"), ("ours", "Network")):
        git(root, "checkout", "-q", "-b", branch, "HEAD" if branch == "theirs" else "HEAD~1")
        log(root, "20m", task)
        git(root, "commit", "-qam", task)
    merged = subprocess.run([*GIT, "-C", str(root), "merge", "theirs"], capture_output=True, text=True, check=False)
    assert merged.returncode == 1
    assert "CONFLICT" in merged.stdout
    assert [row.split(",")[4] for row in ledger(root)[1:]] == ["Printer", "Network"]
    assert run(root, "block", "balance", "--client", "acme", "--on", "2026-10-06").code == 0


def test_a_half_written_line_that_no_writer_here_left_is_not_cut(root):
    log(root)
    path = root / FOLDER / "ledger.csv"
    whole = path.read_bytes()
    path.write_bytes(whole + b"2,2026-10")
    said = run(root, "block", "balance", "--client", "acme", "--on", "2026-10-06")
    assert (said.code, "ledger.csv:3: warning: the last line is half written" in said.err) == (0, True)
    assert log(root, "5m", "Other").code == 1
    assert path.read_bytes() == whole + b"2,2026-10"


KILLED = """
import os, signal, sys
from pathlib import Path
from contract_assembly.repository.store import append as growing
def half(target, added, step):
    with target.open("ab") as file:
        file.write(added[:25])
    os.kill(os.getpid(), signal.SIGKILL)
growing.grow = half
sys.argv = ["build.py", *sys.argv[1:]]
from contract_assembly.cli import main
main()
"""


def test_what_a_killed_command_left_is_cured_by_the_next_entry_with_a_message(root):
    log(root)
    before = ledger(root)
    arguments = ["--root", str(root), *LOG, "5m", "--task", "Cut", *BY]
    died = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=REPOSITORY, check=False)
    assert died.returncode == -signal.SIGKILL
    assert ledger(root)[:-1] == before
    said = log(root, "5m", "Other")
    assert "the half-written row was taken away" in said.err
    assert (len(ledger(root)), ledger(root)[:2]) == (3, before)
    assert "Other" in ledger(root)[2]


def test_two_who_enter_at_once_both_get_their_row(root):
    keep = {name: value for name, value in os.environ.items() if name != "CONTRACTS_ROOT"}
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), *LOG, "5m", *BY]
    both = [subprocess.Popen([*command, "--task", f"Task {n}"], env=keep, stdout=subprocess.DEVNULL) for n in range(4)]
    assert [each.wait() for each in both] == [0] * 4
    assert sorted(row.split(",")[4] for row in ledger(root)[1:]) == [f"Task {n}" for n in range(4)]
    assert run(root, "block", "balance").code == 0


def test_a_draft_takes_no_hours(root):
    change(root, f"{FOLDER}/agreement.yaml\n-status: sent\n+status: draft\n")
    said = log(root)
    assert (said.code, "acme has no prepaid block" in said.err) == (1, True)


def second_block(root, first_day="2026-10-01", valid="6 months"):
    new = root / "agreements/acme/2026-more"
    new.mkdir()
    text = (root / FOLDER / "agreement.yaml").read_text()
    text = text.replace("valid: 12 months", f"valid: {valid}").replace("NL-2026-B001", "NL-2026-B002")
    (new / "agreement.yaml").write_text(text)
    (new / "account.yaml").write_text("paid: 2026-10-01\n")


def test_of_two_agreements_the_hours_that_expire_first_are_used_first(root):
    second_block(root)
    assert "agreements/acme/2026-more: wrote ledger.csv; 1 row added" in log(root).out
    assert (
        "agreements/acme/2026-block: wrote ledger.csv; 1 row added"
        in log(root, "35m", "Email", of="acme/2026-block").out
    )


def test_of_two_agreements_a_reversal_takes_the_one_that_is_named(root):
    second_block(root)
    log(root)
    of = ("1", "--because", "Ours", "--booked", "2026-10-06")
    said = run(root, "block", "reverse", "acme", *of)
    assert (said.code, "hint: name one: acme/2026-block or acme/2026-more" in said.err) == (1, True)
    assert run(root, "block", "reverse", "acme/2026-more", *of).code == 0


@pytest.mark.parametrize(
    "account",
    [
        "paid: soon\n",
        "paid: 2026-10-01\nmessages:\n  - {what: low-balance, block: third, on: 2026-10-05}\n",
        "paid: 2026-10-01\nmessages:\n  - {what: statement, on: 2026-10-05}\n",
        "paid: 2026-10-01\noverage:\n  - {on: 2026-10-05, by: lena, hours: 3}\n",
        "orders:\n  - {id: first, ordered: 2026-10-05, approved_by: robert, hours: 5, rate: 90.00 USD, first_day: 2026-10-05, last_day: 2027-10-04}\n",
        "orders:\n  - {id: more, ordered: 2026-10-05, approved_by: nobody, hours: 5, rate: 90.00 USD, first_day: 2026-10-05, last_day: 2027-10-04}\n",
        "orders:\n  - {id: more, ordered: 2026-10-05, approved_by: robert, hours: 5, rate: 90.00 EUR, first_day: 2026-10-05, last_day: 2027-10-04}\n",
        "orders:\n  - {id: more, ordered: 2026-10-05, approved_by: robert, hours: 5, rate: 90.00 USD, first_day: 2026-10-05, last_day: 2026-10-04}\n",
    ],
)
def test_what_cannot_be_in_an_account_is_refused_with_its_line(root, account):
    (root / FOLDER / "account.yaml").write_text(account)
    said = run(root, "block", "balance", "--client", "acme")
    assert said.code == 1
    assert f"{FOLDER}/account.yaml:" in said.err


# ---- the views


def test_the_views_answer_in_text_and_in_json(root):
    (root / FOLDER / "account.yaml").write_text("paid: 2026-10-01\nenvironment: {users: 6}\n")
    log(root)
    assert data(root, "balance", "--on", "2026-10-06")["balances"][0]["balance"] == "1155"
    found = data(root, "statement", "acme", "--period", "2026-10")["statement"]
    assert (found["opening"], found["closing"], len(found["entries"])) == ("0", "1155", 1)
    (due,) = data(root, "notices", "--on", "2026-10-06", "--by", "2026-11-30")["blocks"]
    assert [each["what"] for each in due["notices"]] == ["statement"]
    told = data(root, "compare", "acme", "--on", "2026-10-20")["comparison"]
    assert told["plans"][0]["cheaper"] in {"block", "plan", "neither"}
    for command in (
        ("balance",),
        ("statement", "acme", "--period", "2026-10"),
        ("notices", "acme"),
        ("compare", "acme"),
    ):
        assert run(root, "block", *command).code == 0


def test_the_forecast_puts_the_largest_saving_first_and_no_text_becomes_a_formula(root):
    (root / FOLDER / "account.yaml").write_text("paid: 2026-10-01\nenvironment: {users: 1}\n")
    second_block(root)
    for n in range(4):
        run(
            root,
            "block",
            "log",
            "acme/2026-block",
            "5h",
            "--task",
            f"T{n}",
            "--by",
            "priya",
            "--on",
            f"2026-10-0{n + 5}",
            "--booked",
            "2026-10-09",
        )
    rows = data(root, "forecast", "--on", "2026-10-31")["forecast"]
    assert [row["agreement"] for row in rows] == ["2026-block", "2026-more"]
    said = run(root, "block", "forecast", "--csv", "--on", "2026-10-31")
    assert said.out.startswith("\ufeffclient,")
    assert said.out.count("\r\n") == said.out.count("\n") == 3
    table = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["agreement"] for row in table] == ["2026-block", "2026-more"]
    assert float(table[0]["saving_a_month"]) > 0
    assert "2026-block" in run(root, "block", "forecast", "--client", "acme", "--on", "2026-10-31").out


def test_one_block_that_cannot_be_read_does_not_hide_the_others(root):
    second_block(root)
    (root / "agreements/acme/2026-more/account.yaml").write_text("paid: soon\n")
    for command in (("forecast",), ("balance",)):
        said = run(root, "block", *command, "--on", "2026-10-06")
        assert said.code == 1
        assert "2026-block" in said.out
        assert "2026-more/account.yaml" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("forecast", "--client", ""),
        ("forecast", "acme", "--all"),
        ("forecast", "--csv", "--json"),
        ("statement", "acme", "--period", "November"),
        ("statement", "acme"),
    ],
)
def test_views_that_are_asked_wrongly_end_with_2(root, arguments):
    assert run(root, "block", *arguments).code == 2


def test_each_command_has_help_with_an_example(root):
    group = cli.commands["block"]
    for name in group.commands:
        said = run(root, "block", name, "--help").out
        assert "build.py block " + name in said


def test_the_sample_ledger_is_sound_and_runs_low():
    said = run(Path(REPOSITORY), "block", "notices", "--client", "hudson", "--on", "2026-11-20", "--all", "--json")
    (found,) = json.loads(said.out)["blocks"]
    assert [each["what"] for each in found["notices"]] == ["statement", "low-balance"]


ACKNOWLEDGED = """
import os, signal, sys
from contract_assembly.repository.store import Store
append = Store.append
def killed(self, *arguments):
    append(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
Store.append = killed
from contract_assembly.cli import main
main()
"""


def test_a_command_killed_between_its_row_and_its_answer_does_not_enter_it_twice(root):
    arguments = ["--root", str(root), *LOG, "35m", "--task", "Printer", *BY]
    died = subprocess.run([sys.executable, "-c", ACKNOWLEDGED, *arguments], cwd=REPOSITORY, check=False)
    assert died.returncode == -signal.SIGKILL
    once = ledger(root)
    run(root, "check")  # any command in between
    said = log(root)
    assert (said.code, ledger(root)) == (1, once)
    assert "row 1 is this entry already" in said.err
    assert log(root, "35m", "Printer", "--again").code == 0
    assert len(ledger(root)) == len(once) + 1
