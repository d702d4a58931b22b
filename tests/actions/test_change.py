"""`build.py change`, with a contract that was really signed: the effect, the entry and the letter, and what is refused."""

import json
import shutil
from decimal import Decimal

import pytest

from tests.helpers.corpus import AGREEMENT, REPOSITORY, run, state
from tests.helpers.firms import changeable

ASKED = ("--asked", "2027-01-12", "--asked-by", "lena")
TWO_MORE = ("change", "acme", "users=36", "--on", "2027-01-17", *ASKED)
DRAFT = (
    "change-2027-01-17.docx, change-2027-01-17.eml, change-2027-01-17.md, change-2027-01-17.pdf, changes.yaml, "
    "documents/change-2027-01-17.yaml, record.json"
)
LETTER = f"{AGREEMENT}/change-2027-01-17.md"


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    return changeable(tmp_path_factory.mktemp("signed") / "root")


@pytest.fixture
def root(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")


def words(root, path=LETTER):
    return (root / path).read_text().replace("\u00a0", " ")


def test_the_effect_is_shown_and_nothing_is_written(root):
    said = run(root, *TWO_MORE, "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"{AGREEMENT} from Sunday 2027-01-17",
        "  users             34 to 36",
        "  monthly fee       2,438.00 USD to 2,562.00 USD (+124.00)",
        "  until 2027-01-31  60.00 USD: User support",
        "                    36 in place of 34: +124.00 a month, for 15/31 days; invoice 2027-01-17, due 2027-02-16",
        "  by request        users down to 27: the fee stays at 1,950.40 USD or above",
        "                    a removal asked for on the same day begins on 2027-02-11 (30 days)",
        f"{AGREEMENT}: would write {DRAFT}",
    ]
    assert not (root / AGREEMENT / "changes.yaml").exists()


def test_the_entry_and_the_letter_land_together(root):
    said = run(root, *TWO_MORE)
    assert (said.code, said.err) == (0, "")
    assert "changes.yaml, documents/change-2027-01-17.yaml, record.json" in said.out
    assert "{on: 2027-01-17, what: users, from: 34, to: 36, asked: 2027-01-12, asked_by: lena}" in words(
        root, f"{AGREEMENT}/changes.yaml"
    )
    letter = words(root)
    assert "| Users | 34 | 36 |" in letter
    assert "from $2,438.00 to $2,562.00 a month" in letter
    assert "an invoice for $60.00, payable within 30 days after you receive it" in letter
    assert "This is the monthly difference for 15 of the month’s 31 days." in letter


def test_run_again_it_writes_nothing(root):
    run(root, *TWO_MORE)
    before = (root / AGREEMENT / "changes.yaml").read_bytes()
    said = run(root, *TWO_MORE)
    assert (said.code, said.out.splitlines()[-1]) == (0, f"{AGREEMENT}: nothing to do")
    assert (root / AGREEMENT / "changes.yaml").read_bytes() == before


def test_run_again_after_only_the_entry_was_written_it_writes_the_letter(root):
    run(root, *TWO_MORE)
    for path in (*(root / AGREEMENT).glob("change-*"), root / AGREEMENT / "documents/change-2027-01-17.yaml"):
        path.unlink()
    shutil.copy(root / AGREEMENT / "record.json", root / "record")  # the record is rebuilt with the letter
    assert run(root, *TWO_MORE).code == 0
    assert "| Users | 34 | 36 |" in words(root)


def test_two_counts_change_in_one_letter(root):
    run(root, "change", "acme/2026-support", "users=36", "server=4", "--on", "2027-02-01", *ASKED)
    letter = words(root, f"{AGREEMENT}/change-2027-02-01.md")
    assert "| Servers | 3 | 4 |" in letter
    assert "The next invoice that covers February 1, 2027 shows the new amount." in letter


def test_a_removal_says_when_and_what_is_credited(root):
    run(root, "change", "acme", "users=32", "--on", "2027-02-15", *ASKED)
    letter = words(root, f"{AGREEMENT}/change-2027-02-15.md")
    assert "Your fee goes down by $124.00" in letter
    assert "Under your agreement, a removal takes effect 30 days after your request" in letter
    assert "We are crediting $62.00 for the period from February 15, 2027 to February 28, 2027" in letter


@pytest.mark.parametrize(
    ("users", "on", "says", "amount"),
    [
        (
            36,
            "2027-01-17",
            "from February 1, 2027 to February 28, 2027. We will send you an invoice for the difference of $124.00.",
            "124.00",
        ),
        (
            32,
            "2027-02-15",
            "from March 1, 2027 to March 31, 2027. The difference is $124.00, which we will also deduct",
            "-124.00",
        ),
        (
            36,
            "2027-02-01",
            "from February 1, 2027 to March 31, 2027. We will send you an invoice for the difference of $248.00.",
            "248.00",
        ),
    ],
)
def test_the_letter_and_the_command_say_what_is_invoiced_for_months_that_went_out_before_the_change(
    root, users, on, says, amount
):
    last = "2027-02-28" if on < "2027-02-01" else "2027-03-31"
    hand_over = ("invoices", "--from", "2027-01-01", "--to", last, "--issue", "--json", "--on")
    assert run(root, *hand_over, "2027-01-04").code == 0
    said = json.loads(run(root, "change", "acme", f"users={users}", "--on", on, *ASKED, "--json").out)
    letter = words(root, f"{AGREEMENT}/change-{on}.md")
    assert said["already_invoiced"]["amount"] == amount
    assert f"You have already been invoiced for the period {says}" in " ".join(letter.split())
    assert "shows the new amount" not in letter
    invoices = json.loads(run(root, *hand_over, "2027-04-02").out)["invoices"]
    lines = [line for each in invoices for line in each["lines"] if line["correction"]]
    assert sum(Decimal(line["amount"]) for line in lines) == Decimal(amount)


def test_an_entry_is_taken_back_by_a_further_one(root):
    run(root, *TWO_MORE)
    said = run(root, *TWO_MORE, "--reverse", "--because", "It was 35")
    assert (said.code, said.err) == (0, "")
    text = words(root, f"{AGREEMENT}/changes.yaml")
    assert "from: 34, to: 36" in text
    assert "from: 36, to: 34" in text
    assert "reverses: yes" in text
    assert "We have canceled the change that was entered for Sunday, January 17, 2027." in words(root)
    again = run(root, "change", "acme", "users=35", "--on", "2027-01-17", "--asked", "2027-01-14", "--asked-by", "lena")
    assert (again.code, again.err) == (0, "")
    assert "| Users | 34 | 35 |" in words(root)
    assert "Thank you for your request of January 14, 2027" in words(root)
    assert "date: 2027-01-14" in words(root, f"{AGREEMENT}/documents/change-2027-01-17.yaml")


@pytest.mark.parametrize(
    ("values", "on", "rule", "hint"),
    [
        ("users=20", "2027-03-01", "below-floor", "by a request, not below 27; fewer need an amendment"),
        ("users=33", "2027-02-01", "change-too-early", "write on: 2027-02-11, or later"),
        ("price:users=60.00 USD", "2027-02-01", "needs-amendment", "build.py amend"),
        ("users=36", "2026-09-01", "change-before-term", "agreement.yaml"),
        ("line:printers=ended", "2027-02-01", "unknown-subject", "users"),
    ],
)
def test_what_a_request_cannot_change_is_refused_with_the_way_that_can(root, values, on, rule, hint):
    said = run(root, "change", "acme", values, "--on", on, *ASKED)
    assert said.code == 1
    assert f"[{rule}]" in said.err
    assert hint in said.err
    assert not (root / AGREEMENT / "changes.yaml").exists()


def test_floor_and_notice_are_those_of_the_agreement(root):
    words = (REPOSITORY / "clauses/services/changes.md").read_text()
    head, _, _ = words.partition("requires:")
    rest = "requires: []\nconflicts: []\nsurvives: false\npurpose: Lets counts change.\n---\nCounts may change.\n"
    (root / "clauses/changes.md").write_text(head + rest)
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text() + "parameters: {changes: {floor: 98 %, removal: 60 days}}\n")
    said = run(root, "change", "acme", "users=33", "--on", "2027-02-15", *ASKED)
    assert "a removal takes effect 60 days after the request" in said.err
    assert "below 2389.24, 98 % of the first day's [below-floor]" in said.err


def test_an_earlier_entry_that_no_longer_fits_is_named_with_its_line(root):
    run(root, "change", "acme", "users=36", "--on", "2027-03-01", *ASKED)
    said = run(root, "change", "acme", "users=35", "--on", "2027-02-01", *ASKED)
    assert said.code == 1
    assert f"{AGREEMENT}/changes.yaml:4: error: from: 34, but on 2027-03-01 it is 35 [change-from]" in said.err


def test_what_is_not_signed_is_changed_in_its_facts(root):
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text().replace("status: signed", "status: draft"))
    (root / AGREEMENT / "record.json").unlink()
    said = run(root, *TWO_MORE)
    assert said.code == 1
    assert "[not-signed]" in said.err


def test_json_has_the_figures(root):
    found = json.loads(run(root, *TWO_MORE, "--dry-run", "--json").out)
    assert found["monthly"] == {"before": "2438.00", "after": "2562.00"}
    assert [(each["amount"], each["due"]) for each in found["rest"]] == [("60.00", "2027-02-16")]
    assert found["changes"] == [{"what": "users", "name": None, "from": "34", "to": "36"}]


def test_a_further_change_leaves_no_draft_letter_stale(root):
    assert run(root, *TWO_MORE).code == 0
    later = ("change", "acme", "users=37", "--on", "2027-02-17", "--asked", "2027-02-12", "--asked-by", "lena")
    said = run(root, *later)
    assert (said.code, said.err) == (0, "")
    assert run(root, "check").err == ""


def test_what_is_handed_over_later_leaves_the_draft_letter_as_it_is(root):
    assert run(root, *TWO_MORE).code == 0
    before = state(root)
    for month in ("2027-01-01", "2027-02-01"):
        assert run(root, "invoices", "--from", month, "--to", month, "--issue", "--on", "2027-01-20").code == 0
        assert run(root, "check").err == ""
    assert run(root, "--client", "acme").code == 0
    assert {name: each for name, each in state(root).items() if "invoiced.csv" not in name} == before


def test_a_stale_draft_letter_names_the_file_that_made_it_so(root):
    assert run(root, *TWO_MORE).code == 0
    assert (
        run(root, "invoices", "--from", "2027-02-01", "--to", "2027-02-01", "--issue", "--on", "2027-01-20").code == 0
    )
    plan = root / "provider/provider.yaml"
    plan.write_text(plan.read_text() + "# a remark\n")
    said = run(root, "check").err
    assert "change-2027-01-17 is out of date: provider/provider.yaml changed [stale]" in said
