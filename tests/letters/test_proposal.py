"""The proposal of a support contract to a client with a prepaid block."""

from decimal import Decimal

import pypdfium2
import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.facts.fees import monthly_total
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers import block_firm
from tests.helpers.block_firm import BLOCK, CONVERT, DAYS, account, contract, done, log, propose, refused

before = block_firm.before
root = block_firm.root


TELEPHONES = "  - {task: Telephones lose calls, plans: [business, essential, complete]"


def with_commitment(root, length, term="12 months"):
    """The proposal with a commitment in it, at the price that the rate card gives; sent."""
    propose(root, "business")
    path = root / BLOCK / "documents/proposal-2026-11-23.yaml"
    offered = f"{{plan: business, fee: 543.20 USD, commitment: {length}}}"
    text = path.read_text().replace("{plan: business, fee: 560.00 USD}", offered)
    path.write_text(text.replace("  length: 12 months", f"  length: {term}"))
    return draft(Repository(root), "hudson", "2026-block", "proposal-2026-11-23")


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


def test_a_proposal_compares_the_same_work_and_lets_the_sign_fall(root):
    said = propose(root, "business", "essential")
    assert "| **Total for the same work** | **$804.40** | **$738.80** | **$789.30** |" in said
    assert "**Business Care** costs **$15.10 a month more** than hours." in said
    assert "**Essential Care** costs **$50.50 a month less** than hours." in said
    # the fee alone is 229.30 below the hours: what Business Care leaves out turns the sign
    assert Decimal("789.30") - Decimal("560.00") == Decimal("229.30")


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


def test_a_proposal_of_two_plans_has_at_most_four_pages(root):
    said = propose(root, "business", "essential")
    assert "| **Setup of a replacement workstation** (Essential Care): 0.78 at $80.00 | 0.78 | $62.40 |" in said
    repository = Repository(root)
    document = draft(repository, "hudson", "2026-block", "proposal-2026-11-23").document
    pdf = pypdfium2.PdfDocument(FORMATS["pdf"](document, repository.house(), NO_EXTRAS))
    assert 2 < len(pdf) <= 4
