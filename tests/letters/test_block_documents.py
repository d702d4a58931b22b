"""Documents about prepaid blocks: statements, promised messages, orders, proposals, and the step to a support contract."""

import email
import json
import re
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from email import policy

import pypdfium2
import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.cli.block import issuing
from contract_assembly.core.problems import RefusedError
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.facts.fees import fee_lines, monthly_total
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.corpus import REPOSITORY, run, state

BLOCK = "agreements/hudson/2026-block"
NOTIFY = ("block", "notify", "--client", "hudson", "--on", "2026-11-23")
STATEMENT = ("block", "statement", "hudson", "--period", "2026-10", "--on", "2026-11-09", "--issue")
DAYS = ("--first-day", "2027-01-01", "--valid-until", "2026-12-18", "--on", "2026-11-23")
CONVERT = ("convert", "hudson", "--plan", "business", "--start", "2027-01-01", "--signed", "2026-12-10")
PAID = "paid: 2026-10-02"


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The sample's library and its block as it stood before any message but October's statement; every clause is approved."""
    root = tmp_path_factory.mktemp("firm") / "root"
    for name in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / BLOCK).mkdir(parents=True)
    for name in ("client.yaml", "2026-block/agreement.yaml", "2026-block/account.yaml", "2026-block/ledger.csv"):
        shutil.copy(REPOSITORY / "agreements/hudson" / name, root / "agreements/hudson" / name)
    account = root / BLOCK / "account.yaml"
    lines = account.read_text().splitlines(keepends=True)
    account.write_text("".join(line for line in lines if "what: low-balance" not in line))
    (root / "provider/approvals.yaml").unlink()
    said = run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01", "--until", "2027-12-31")
    assert said.code == 0, said.err
    return root


@pytest.fixture
def root(before, tmp_path, monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))
    return shutil.copytree(before, tmp_path / "root")


def done(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 0, said.err
    return said.out


def words(root, name):
    """A built document as one line of words, with plain blanks."""
    return " ".join((root / BLOCK / f"{name}.md").read_text("utf-8").replace("\u00a0", " ").split())


def account(root):
    return root / BLOCK / "account.yaml"


def log(root, on, booked, worked="1h", task="More help"):
    return done(
        root, "block", "log", "hudson", worked, "--task", task, "--by", "tom-ekberg", "--on", on, "--booked", booked
    )


def refused(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 1, said.out
    return said.err


# ---- messages


def test_a_plan_of_messages_writes_nothing(root):
    was = state(root)
    assert "low-balance of Block first: to be sent" in done(root, *NOTIFY)
    assert state(root) == was


def test_a_low_balance_letter_states_all_that_the_clause_promises(root):
    done(root, *NOTIFY, "--apply")
    said = words(root, "low-balance-first")
    for promised in (
        "**4.625 hours** left",
        "once 5 hours or less are left",
        "run out around **Wednesday, December 9, 2026**",
        "| The same block | 20 hours at $90.00 | $1,800.00 |",
        "is good until **Wednesday, December 23, 2026**",
        "| A larger block | 40 hours at $87.00 | $3,480.00 |",
        "| Business Care, a support contract | Ongoing care, for a year or longer | $560.00 a month |",
        "with another block, ordered by October 4, 2027, they carry over to it",
        "today that would be $416.25",
        "continue for up to two hours. These hours come out of another block if you order it within 30 days",
        "| Telephones lose calls | 120.0 |",
        "Entry 20 reversed: Correction of our own fault",
        "The backup of the project archive has not been restored",
    ):
        assert promised in said, promised
    assert said.index("The backup of the project archive") < said.index("The router gets no updates")


def test_use_by_task_adds_up_to_what_the_balance_lacks(root):
    done(root, *NOTIFY, "--apply")
    table = words(root, "low-balance-first").split("Use since")[1].split("The latest entries")[0]
    *rows, total = [Decimal(each) for each in re.findall(r"\| \**([\d.,]+)\** \|", table)]
    assert (sum(rows), total) == (Decimal("922.5"), Decimal("922.5"))  # 15.375 of 20 hours


def test_a_message_is_noted_with_the_letter_and_told_once(root):
    was = account(root).read_text()
    done(root, *NOTIFY, "--apply")
    now = account(root).read_text()
    added = "  - {what: low-balance, on: 2026-11-23, block: first}\n"
    assert added in now
    assert now.replace(added, "") == was
    stood = state(root)
    assert done(root, *NOTIFY, "--apply") == f"{BLOCK}: nothing is due\n"
    assert state(root) == stood


def test_a_draft_of_a_message_notes_nothing_and_gives_way_to_the_letter(root):
    was = account(root).read_text()
    done(root, *NOTIFY, "--apply", "--draft")
    assert account(root).read_text() == was
    assert "DRAFT" in words(root, "low-balance-first").upper()
    done(root, *NOTIFY, "--apply")
    assert "await approval" not in words(root, "low-balance-first")
    assert "what: low-balance" in account(root).read_text()


def test_a_message_that_is_not_approved_lands_nowhere(root):
    (root / "provider/approvals.yaml").unlink()
    was = state(root)
    assert "never approved" in refused(root, *NOTIFY, "--apply")
    assert state(root) == was


def test_a_message_says_nothing_that_is_not_so(root):
    done(root, *NOTIFY, "--apply", "--draft")
    facts = root / BLOCK / "documents/low-balance-first.yaml"
    facts.write_text(facts.read_text().replace("what: low-balance", "what: used-up"))
    said = refused(root, "--client", "hudson", "--format", "md")
    assert "on 2026-11-23 4.625 hours were left, so this message is not true [not-so]" in said


def test_what_a_message_must_state_and_cannot_is_told(root):
    (root / "provider/blocks.yaml").unlink()
    text = account(root).read_text()
    account(root).write_text(text[: text.index("# What a support contract would cover")])
    said = refused(root, *NOTIFY, "--apply")
    assert "there is none for sale [no-larger-block]" in said
    assert "the number of users and devices is missing [no-plan-price]" in said


@pytest.mark.parametrize(
    ("day", "what", "says"),
    [
        ("2027-08-05", "expiry-first", "this reminder, and another one 15 days before that day"),
        ("2027-09-17", "expiry-final", "this last reminder"),
    ],
)
def test_both_reminders_state_balance_day_and_what_becomes_of_the_hours(root, day, what, says):
    done(root, "block", "notify", "--client", "hudson", "--on", day, "--apply")
    said = words(root, f"{what}-first")
    assert "**4.625 hours** of your prepaid time expire at the end of **Monday, October 4, 2027**" in said
    assert says in said
    assert "with neither, they stay valid until the end of October 4, 2027 and then expire" in said


def test_a_late_last_reminder_states_the_day_to_which_it_moves_the_end(root):
    done(root, "block", "notify", "--client", "hudson", "--on", "2027-09-25", "--apply")
    assert "expire at the end of **Sunday, October 10, 2027**" in words(root, "expiry-final-first")  # 15 days later


def test_hours_that_are_used_up_are_told_on_that_day(root):
    approved = "overage: [{on: 2026-11-25, by: andre-baptiste, hours: 2}]\n"
    account(root).write_text(account(root).read_text() + approved)
    log(root, "2026-11-24", "2026-11-24", "4h30m")
    log(root, "2026-11-25", "2026-11-25", "30m")
    done(root, "block", "notify", "--client", "hudson", "--on", "2026-11-25", "--apply")
    assert "what: used-up, on: 2026-11-25, block: first" in account(root).read_text()
    said = words(root, "used-up-first")
    assert "Your prepaid hours are used up." in said
    assert "None are left, so your choice does not affect them." in said


def test_a_statement_may_be_made_from_the_day_after_its_month(root):
    november = "the statement for 2026-11 is promised"
    assert november not in done(root, "block", "notify", "--client", "hudson", "--on", "2026-11-30")
    assert november in done(root, "block", "notify", "--client", "hudson", "--on", "2026-12-01")


def test_a_letter_comes_with_its_mail(root, monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("pdf",))
    done(root, *NOTIFY, "--apply")
    found = email.message_from_bytes((root / BLOCK / "low-balance-first.eml").read_bytes(), policy=policy.default)
    assert found["To"].addresses[0].addr_spec == "andre.baptiste@hudson-vine.example"
    assert "You have 4.625 hours left" in " ".join(found.get_body().get_content().split())
    (attached,) = found.iter_attachments()
    assert attached.get_content() == (root / BLOCK / "low-balance-first.pdf").read_bytes()


# ---- statements


def test_a_statement_shows_where_the_hours_went(root):
    done(root, *STATEMENT)
    said = words(root, "statement-2026-10")
    for shown in (
        "you had **11.375 hours** left",
        "| Bought | 1,200.0 | 20.000 |",
        "| Less: used | 517.5 | 8.625 |",
        "| 9 | Oct 20, 2026 | File server does not answer before a deadline (remote, R-1069; Tom Ekberg), factor 1.5 | 40 | 45 | 67.5 |",
        "The total is 8.625 hours.",
        "11.375 hours are valid until Monday, October 4, 2027.",
        "9.2 hours in an average month",
        "The router gets no updates",
        "until **Tuesday, November 24, 2026** if you receive it",
    ):
        assert shown in said, shown


@pytest.mark.parametrize("status", [(), ("--draft",)])
def test_a_statement_keeps_its_bytes_while_the_ledger_grows(root, status):
    done(root, *STATEMENT, *status)
    was = (root / BLOCK / "statement-2026-10.md").read_bytes()
    log(root, "2026-10-30", "2026-11-23")
    done(root, "--client", "hudson", "--format", "md")
    assert (root / BLOCK / "statement-2026-10.md").read_bytes() == was
    entry = json.loads((root / BLOCK / "record.json").read_bytes())["documents"]["statement-2026-10"]
    assert entry["pinned"][f"{BLOCK}/ledger.csv"]["rows"] == 19
    assert f"{BLOCK}/ledger.csv" not in entry["inputs"]


def test_the_next_statement_opens_as_this_one_closed_and_shows_what_came_late(root):
    done(root, *STATEMENT)
    log(root, "2026-10-30", "2026-11-23", task="Forgotten until now")
    done(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-12-10", "--issue")
    said = words(root, "statement-2026-11")
    assert "| At the start of November 1, 2026 | 682.5 | 11.375 |" in said
    assert "Recorded since the last statement" in said
    assert "Forgotten until now" in said
    assert "| At the end of November 30, 2026 | 217.5 | 3.625 |" in said


def test_rows_that_were_changed_under_a_draft_are_found(root):
    done(root, *STATEMENT, "--draft")
    facts = root / BLOCK / "documents/statement-2026-10.yaml"
    facts.write_text(re.sub(r'digest: "\w+"', f'digest: "{"0" * 32}"', facts.read_text()))
    assert "are no longer those that this document was made from [ledger-pin]" in refused(
        root, "--client", "hudson", "--format", "md"
    )


def test_a_statement_that_was_sent_is_not_sent_otherwise(root):
    done(root, *STATEMENT)
    assert done(root, *STATEMENT) == f"{BLOCK}: nothing to do\n"
    said = refused(root, "block", "statement", "hudson", "--period", "2026-10", "--on", "2026-11-10", "--issue")
    assert "[sent-already]" in said


def test_a_statement_of_days_to_come_is_refused(root):
    said = refused(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-11-23", "--issue")
    assert "[period]" in said


def test_the_last_statement_says_what_comes_back(root):
    account(root).write_text(account(root).read_text() + "ended: {on: 2026-11-23, because: provider-ended}\n")
    done(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-12-09", "--issue")
    said = words(root, "statement-2026-11")
    assert "We are refunding the 4.625 hours that were left: $416.25, by Wednesday, December 23, 2026." in said
    assert "| Less: refunded |" in said
    balance = done(root, "block", "balance", "--client", "hudson", "--on", "2026-11-23")
    assert "refund of 416.25 USD, due by 2026-12-23" in balance


def test_the_last_statement_after_a_return_that_leaves_no_money_offers_none(root):
    terms = root / BLOCK / "agreement.yaml"
    terms.write_text(re.sub(r"refund: \S+", "refund: pro-rata", terms.read_text()))
    log(root, "2026-11-23", "2026-11-23", worked="3h")
    account(root).write_text(account(root).read_text() + "ended: {on: 2026-11-24, because: returned}\n")
    assert "refund" not in done(root, "block", "balance", "--client", "hudson", "--on", "2026-11-24")
    done(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-12-09", "--issue")
    said = words(root, "statement-2026-11")
    assert "you returned the 1.625 hours that were left" in said
    assert "no refund is due" in said
    assert "$0.00" not in said


# ---- orders


def test_an_order_states_hours_rate_price_and_both_days(root):
    done(root, "block", "order", "hudson", "--hours", "40", "--first-day", "2026-12-07", "--on", "2026-11-24")
    said = words(root, "order-block-2")
    for stated in (
        "| 40 | $87.00 | $3,480.00 |",
        "This saves $520.00 compared with the list rate",
        "Monday, December 7, 2026",
        "Monday, December 6, 2027",
    ):
        assert stated in said, stated
    assert "4.625 hours are left" in said


def test_the_price_that_the_message_promised_is_kept(root):
    order = ("block", "order", "hudson", "--hours", "20", "--first-day", "2026-12-07", "--rate", "95.00 USD")
    done(root, *NOTIFY, "--apply")
    assert "this size may be ordered at 90.00 USD [same-price]" in refused(root, *order, "--on", "2026-12-01")
    done(root, *order[:-3], "2027-01-11", "--rate", "95.00 USD", "--on", "2027-01-04")  # after the 30 days


# ---- proposals


def propose(root, *plans):
    done(root, "block", "propose", "hudson", *(each for plan in plans for each in ("--plan", plan)), *DAYS)
    return words(root, "proposal-2026-11-23")


def test_a_proposal_shows_the_working(root):
    said = propose(root, "business")
    assert "For a twelfth of a year, that is 8.77 hours at $90.00, or $789.30 a month." in said
    assert Decimal("8.77") * 90 == Decimal("789.30")
    assert (
        "| **Work on equipment that is not a Covered Asset**: printer in the studio does not scan, 0.16 at $80.00; file server does not "
        "answer before a deadline, 0.70 at $100.00; telephones lose calls, 1.24 at $100.00 | 2.10 | $206.80 |"
    ) in said
    assert (
        "| **Work outside business hours**: large files for a client presentation, 0.47 at $80.00 | 0.47 | $37.60 |"
        in said
    )
    assert "costs $804.40, which would buy 8.9 hours of your block at $90.00." in said
    assert "| October 2026 | 517.5 | 8.625 |" in said
    assert "early estimate" in said
    assert "your hours run out around December 9, 2026, before the contract would begin." in said
    assert "Today’s 4.625 hours would be worth $416.25." in said


def test_a_proposal_never_hides_that_hours_are_cheaper(root):
    said = propose(root, "complete")
    assert "what it would add, and what it would cost" in said
    assert "**Complete Care** costs **$259.10 a month more** than hours." in said
    assert "So we are not offering you a saving." in said
    assert "less** than hours" not in said


def test_a_proposal_of_two_plans_has_at_most_four_pages(root):
    said = propose(root, "business", "essential")
    assert "| **Setup of a replacement workstation** (Essential Care): 0.78 at $80.00 | 0.78 | $62.40 |" in said
    repository = Repository(root)
    document = draft(repository, "hudson", "2026-block", "proposal-2026-11-23").document
    pdf = pypdfium2.PdfDocument(FORMATS["pdf"](document, repository.house(), NO_EXTRAS))
    assert 2 < len(pdf) <= 4


def test_a_proposal_compares_the_same_work_and_lets_the_sign_fall(root):
    said = propose(root, "business", "essential")
    assert "| **Total for the same work** | **$804.40** | **$738.80** | **$789.30** |" in said
    assert "**Business Care** costs **$15.10 a month more** than hours." in said
    assert "**Essential Care** costs **$50.50 a month less** than hours." in said
    # the fee alone is 229.30 below the hours: what Business Care leaves out turns the sign
    assert Decimal("789.30") - Decimal("560.00") == Decimal("229.30")


TELEPHONES = "  - {task: Telephones lose calls, plans: [business, essential, complete]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - Advice before buying two displays\n", "", "Advice before buying two displays [unsorted-work]"),
        ("task: Telephones lose calls,", "task: Telephone loses calls,", "has the task Telephone loses calls [unknown-task]"),
        ("  - Update of the router", "  - Update of the rooter", "has the task Update of the rooter [unknown-task]"),
        (TELEPHONES, TELEPHONES.replace("business", "busines"), "unknown plan: busines [unknown-plan]"),
        ("plans: [essential], item", "plans: [business], item", "Setup of a replacement workstation [unknown-exclusion]"),
        ("plans: [essential], item: Setup of a replacement workstation", "plans: [essential], item: Support of unlicensed software",
         "plan essential does not leave out, at a price: Support of unlicensed software [unknown-exclusion]"),
        ("item: Setup of a replacement workstation}", "item: Setup of a replacement workstation, role: Engineer}",
         "Engineer has no rate [unknown-role]"),
        ("inside:\n", "inside:\n  - Telephones lose calls\n", "is outside a plan, and inside every one [doubled-fact]"),
        ("inside:\n", f"{TELEPHONES.replace('[business, essential, complete]', '[complete]')}, item: Projects}}\ninside:\n",
         "Telephones lose calls is here a second time for the same plan [doubled-fact]"),
    ],
)  # fmt: skip
def test_work_that_is_sorted_wrongly_or_not_at_all_stops_a_proposal(root, old, new, said):
    text = account(root).read_text()
    assert text.count(old) == 1
    account(root).write_text(text.replace(old, new))
    found = refused(root, "block", "propose", "hudson", "--plan", "essential", *DAYS)
    assert said in found
    assert f"{BLOCK}/account.yaml:" in found


def test_the_order_of_hours_needs_no_sorted_work(root):
    text = account(root).read_text()
    account(root).write_text(text[: text.index("outside:")])
    assert "Not sorted yet, and taken as covered: Access and documentation" in done(
        root, "block", "compare", "hudson", "--on", "2026-11-23"
    )
    log(root, "2026-11-24", "2026-11-24")


def with_commitment(root, length, term="12 months"):
    """The proposal with a commitment in it, at the price that the rate card gives; sent."""
    propose(root, "business")
    path = root / BLOCK / "documents/proposal-2026-11-23.yaml"
    offered = f"{{plan: business, fee: 543.20 USD, commitment: {length}}}"
    text = path.read_text().replace("{plan: business, fee: 560.00 USD}", offered)
    path.write_text(text.replace("  length: 12 months", f"  length: {term}"))
    return draft(Repository(root), "hudson", "2026-block", "proposal-2026-11-23")


def test_an_offer_with_a_commitment_has_its_discount_and_so_has_the_contract(root):
    with_commitment(root, "12 months")
    done(root, *CONVERT, "--apply")
    agreed = contract(root).agreement.model
    assert (agreed.fees.commitment.months, monthly_total(contract(root)).amount) == (12, Decimal("543.20"))


@pytest.mark.parametrize(
    ("length", "rule"), [("18 months", "unknown-commitment"), ("24 months", "commitment-term"), ("12 months", None)]
)
def test_a_commitment_is_of_the_rate_card_and_no_longer_than_the_term(root, length, rule):
    found = []
    try:
        with_commitment(root, length)
    except RefusedError as error:
        found = [each.rule for each in error.problems]
    assert (rule in found) == (rule is not None)


def test_a_proposal_that_could_give_no_credit_is_refused(root):
    said = refused(
        root, "block", "propose", "hudson", "--plan", "business", "--first-day", "2027-06-01", "--valid-until", "2026-12-18",
        "--on", "2026-11-23",
    )  # fmt: skip
    assert "[offer-days]" in said


# ---- the step to a support contract


def contract(root):
    return Repository(root).inputs("hudson", "2027-support")


def test_the_contract_has_the_figures_of_the_proposal(root):
    said = propose(root, "essential", "business")
    done(root, *CONVERT, "--apply")
    made = contract(root)
    lines = {(line.label, line.quantity, line.amount.amount) for line in fee_lines(made)}
    printed = said.split("| Business Care | Quantity")[1].split("**Total")[0]
    rows = re.findall(r"\| ([^|]+) \| (\d+) \| \$[\d.]+ \| \$([\d.]+) \|", printed)
    assert lines == {(label, int(count), Decimal(amount)) for label, count, amount in rows}
    agreed = made.agreement.model
    assert (agreed.converts, agreed.status, str(agreed.term.first_day)) == ("2026-block", "draft", "2027-01-01")
    assert (agreed.fees.credit.amount.amount, agreed.fees.credit.hours) == (Decimal("416.25"), Decimal("4.625"))
    text = (root / "agreements/hudson/2027-support/agreement.yaml").read_text()
    assert "# Made from the proposal of 2026-11-23" in text


def test_the_contract_keeps_what_both_kinds_state_with_its_comments_and_nothing_of_the_block(root):
    path = root / BLOCK / "agreement.yaml"
    own = path.read_text().replace("tax: {", "# Checked with the accountant.\ntax: {")
    path.write_text(own.replace("version: 1\n", "version: 3   # of the block\nopen:\n  - Who signs?\n"))
    propose(root, "business")
    done(root, *CONVERT, "--apply")
    text = (root / "agreements/hudson/2027-support/agreement.yaml").read_text()
    assert own[own.index("# Checked with") :] in text
    assert text.startswith("# yaml-language-server: $schema=../../../docs/schema/agreement.json\n# Made from")
    assert not {"block:", "open:"} & {line.split(" ")[0] for line in text.splitlines()}
    assert contract(root).agreement.model.version == 1


def test_contacts_in_brackets_are_refused_because_nothing_can_be_added_to_them(root):
    path = root / BLOCK / "agreement.yaml"
    head, _, rest = path.read_text().partition("contacts:\n")
    both = "client: {primary: andre-baptiste, approval_limit: 250.00 USD}, provider: {primary: priya-raman}"
    path.write_text(f"{head}contacts: {{{both}}}\n{rest[rest.index('tax:') :]}")
    propose(root, "business")
    assert "[line-form]" in refused(root, *CONVERT, "--apply")


def test_the_credit_is_printed_where_there_is_one_and_only_there(root):
    propose(root, "business")
    done(root, *CONVERT, "--apply")
    clauses = [each.head.id for each in draft(Repository(root), "hudson", "2027-support").clauses]
    assert "fees-credit" in clauses
    path = root / "agreements/hudson/2027-support/agreement.yaml"
    path.write_text(re.sub(r"  credit:.*?as_of: \S+\n", "", path.read_text(), flags=re.DOTALL))
    assert "fees-credit" not in [each.head.id for each in draft(Repository(root), "hudson", "2027-support").clauses]


def test_the_hours_leave_the_balance_on_the_first_day(root):
    propose(root, "business")
    done(root, *CONVERT, "--apply")
    assert "4.625 h left" in done(root, "block", "balance", "--client", "hudson", "--on", "2026-12-31")
    assert "0 h left" in done(root, "block", "balance", "--client", "hudson", "--on", "2027-01-01")


def test_a_plan_of_the_step_writes_nothing_and_a_second_step_changes_nothing(root):
    propose(root, "business")
    was = state(root)
    assert "would write" in done(root, *CONVERT)
    assert state(root) == was
    done(root, *CONVERT, "--apply")
    was = state(root)
    assert done(root, *CONVERT, "--apply").endswith("nothing to do\n")
    assert state(root) == was


def _without_proposal(_root):
    """Nothing was offered."""


def _with_two_sites(root):
    propose(root, "business")
    text = account(root).read_text()
    account(root).write_text(text.replace("  users: 6\n", "  users: 6\n  sites: 2\n"))


def _with_more_users(root):
    propose(root, "business")
    account(root).write_text(account(root).read_text().replace("users: 6", "users: 7"))


def _without_plan(root):
    propose(root, "business")
    (root / "provider/plans/business.yaml").unlink()


def _as_offered(root):
    propose(root, "business")


@pytest.mark.parametrize(
    ("prepare", "change", "rule"),
    [
        (_without_proposal, {}, "no-proposal"),
        (_with_two_sites, {}, "no-places"),
        (_with_more_users, {}, "price-changed"),
        (_without_plan, {}, "price-changed"),
        (_as_offered, {"2026-12-10": "2026-12-19"}, "offer-over"),
        (_as_offered, {"2027-01-01": "2027-03-01"}, "conversion-window"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_with_the_reason(root, prepare, change, rule):
    prepare(root)
    was = state(root)
    assert f"[{rule}]" in refused(root, *(change.get(each, each) for each in CONVERT), "--apply")
    assert state(root) == was


def test_a_half_made_change_of_the_facts_is_refused_before_anything_is_written(root):
    propose(root, "business")
    account(root).write_text(
        account(root).read_text() + "conversion: {signed: 2026-12-01, first_day: 2026-12-15, agreement: other}\n"
    )
    assert "[converted-already]" in refused(root, *CONVERT, "--apply")


def test_an_unknown_plan_names_those_there_are(root):
    said = refused(root, "block", "propose", "hudson", "--plan", "busines", *DAYS)
    assert "business" in said


# ---- after the step


def test_a_converted_block_sends_only_its_last_statement(root):
    propose(root, "business")
    done(root, *CONVERT, "--apply")
    owed = done(root, "block", "notices", "--client", "hudson", "--on", "2027-02-15")
    assert "statement" in owed
    assert not [word for word in ("used-up", "low-balance", "expiry") if word in owed]
    done(root, "block", "notify", "--client", "hudson", "--on", "2027-02-15", "--apply")
    assert "replaced the block on January 1, 2027" in words(root, "statement-2027-01")
    assert not list((root / BLOCK).glob("used-up*"))
    assert done(root, "block", "notices", "--client", "hudson", "--on", "2027-12-01", "--by", "2028-12-01").endswith(
        "is due\n"
    )
    assert "in use" in done(root, "block", "forecast", "--on", "2027-02-15")


def test_a_converted_block_takes_no_order_no_proposal_and_no_work(root):
    propose(root, "business")
    done(root, *CONVERT, "--apply")
    order = ("block", "order", "hudson", "--hours", "20", "--on", "2027-02-01", "--first-day", "2027-02-01")
    assert "the block ends on 2027-01-01" in refused(root, *order)
    late = ("--first-day", "2027-03-01", "--valid-until", "2027-02-20", "--on", "2027-02-01")
    assert "the block ended on 2027-01-01" in refused(root, "block", "propose", "hudson", "--plan", "business", *late)
    work = ("--task", "T", "--by", "tom-ekberg", "--on", "2027-01-04", "--booked", "2027-01-04")
    assert "it belongs to the support contract 2027-support" in refused(root, "block", "log", "hudson", "1h", *work)


def test_what_comes_up_for_a_converted_block_is_its_last_statement(root):
    propose(root, "business")
    done(root, *CONVERT, "--apply")
    due = done(root, "due", "--client", "hudson", "--on", "2027-02-15", "--by", "2028-06-30")
    assert "Statement of hours" in due
    assert not [word for word in ("Remind the client", "expire", "used up") if word in due]


DYING = """
import os, signal, sys
from contract_assembly.repository import store
real, seen = store.locked, []
def step(name):
    seen.extend([name] if name.startswith("land ") else [])
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
store.locked = lambda root, patience=0: real(root, step, patience)
from contract_assembly.cli import main
from contract_assembly.cli.block import issuing
issuing.FORMATS = ("md",)
main()
"""


@pytest.mark.parametrize(
    "command",
    [(*CONVERT, "--apply"), ("block", "notify", "--client", "hudson", "--on", "2026-11-23", "--apply"), STATEMENT],
    ids=["convert", "notify", "statement"],
)
def test_a_command_that_was_killed_while_its_files_landed_is_whole_after_a_second_run(root, tmp_path, command):
    propose(root, "business")
    twin = shutil.copytree(root, tmp_path / "twin")
    done(twin, *command)
    died = subprocess.run([sys.executable, "-c", DYING, "--root", str(root), *command], cwd=REPOSITORY, check=False)
    assert died.returncode == -signal.SIGKILL
    done(root, *command)
    assert state(root) == state(twin)
