"""The step from a prepaid block to a support contract."""

import re
from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.charges import charges
from contract_assembly.billing.loader import Accounts
from contract_assembly.build.pipeline import draft
from contract_assembly.facts.fees import fee_lines
from contract_assembly.repository.inputs import Repository
from tests.helpers import block_firm
from tests.helpers.block_firm import BLOCK, CONVERT, DAYS, account, contract, done, log, propose, refused, words
from tests.helpers.corpus import run, state

before = block_firm.before
root = block_firm.root


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


def test_a_check_right_after_the_step_finds_nothing(root):
    propose(root, "business")
    before = {line for line in run(root, "check", "--client", "hudson").err.splitlines() if "error" in line}
    done(root, *CONVERT, "--apply")
    after = {line for line in run(root, "check", "--client", "hudson").err.splitlines() if "error" in line}
    assert after - before == set()
    assert (root / "agreements/hudson/2027-support/contract.md").exists()


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


def test_work_of_an_earlier_day_that_is_booked_after_the_step_lowers_the_credit_on_the_invoices(root):
    propose(root, "business")
    done(root, *CONVERT, "--apply")

    def credited():
        found = Accounts(Repository(root)).one("hudson", "2027-support")
        return sum(each.amount.amount for each in charges(found, date(2027, 12, 31)) if each.key.sort == "credit")

    assert credited() == Decimal("-416.25")
    log(root, "2026-12-21", "2027-01-05", "1h")
    assert credited() == Decimal("-326.25")  # an hour less, at 90.00
