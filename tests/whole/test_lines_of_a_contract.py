"""The lines that docs/billing.md shows, with the library's own clauses: the contract prints them, and invoices and revenue follow."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract_assembly.billing.charges import charges
from contract_assembly.billing.invoices import ChargeQuery, of_account
from contract_assembly.billing.loader import Accounts, issued_by
from contract_assembly.billing.revenue_lines import lines_on
from contract_assembly.billing.states import states
from contract_assembly.build.pipeline import draft, render
from contract_assembly.core.text import NBSP
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/billing.md").read_text("utf-8")
FOLDER = "agreements/acme/2026-support"
ADD_ONS = """
add_ons:
  - {id: email-archive, name: Email archive, per: user, price: [2.50 USD], nature: backup}
  - {id: dark-web-watch, name: Dark web watch, per: user, price: [1.50 USD], nature: security}
  - {id: phishing-drills, name: Phishing drills, per: user, price: [2.00 USD], nature: security}
  - {id: secure-start, name: Secure start, includes: [dark-web-watch, phishing-drills], per: user, price: [3.00 USD], nature: security}
"""


def block(start):
    """The block of YAML on the page that begins with a key."""
    return next(each for each in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if each.startswith(start))


@pytest.fixture(scope="module")
def repository():
    facts = (ROOT / FOLDER / "agreement.yaml").read_text("utf-8")
    paid = re.search(r"^  billing: .*?(?=^\S)", facts, re.DOTALL | re.MULTILINE)[0]
    facts = re.sub(r"^fees:\n.*?(?=^\S)", lambda _: f"{block('fees:')}{paid}", facts, flags=re.DOTALL | re.MULTILINE)
    facts = re.sub(r"^status: .*", "status: draft", facts, flags=re.MULTILINE)
    facts = re.sub(r"^(renewal|notices):\n(?:[ #\n].*\n?)*", "", facts, flags=re.MULTILINE)
    facts = facts.replace("length: 12 months", "length: 36 months", 1)
    rates = (ROOT / "provider/rates.yaml").read_text("utf-8") + ADD_ONS
    files = {f"{FOLDER}/agreement.yaml": facts, "provider/rates.yaml": rates, f"{FOLDER}/usage.yaml": block("usage:")}
    return Repository(Edited(Folder(ROOT), {path: text.encode() for path, text in files.items()}))


@pytest.fixture(scope="module")
def contract(repository):
    made = draft(repository, "acme", "2026-support", "contract", final=False)
    return render(repository, made, ("md",))[0]["contract.md"].decode().replace(NBSP, " ")


@pytest.fixture(scope="module")
def running(repository):
    return Accounts(repository).one("acme", "2026-support")


@pytest.mark.parametrize(
    "words",
    [
        "| User support and workstation care, 1 to 20 | Support, not taxed | per user | 20 | 64.00 | 1,280.00 |",
        "| Secure start: Dark web watch and Phishing drills | Security, taxed | per user | 20 | 3.00 | 60.00 |",
        "| Door access system: twelve readers | Support, not taxed | per reader | 12 | 4.50 | 54.00 |",
        "in 3 monthly installments",
        "| Night watch at the plant | 1 | 180.00 | 180.00 | February 15, 2027 | February 14, 2028 |",
        "| **Total a year** |  |  | **100.00** |",
        "| Cabling of the plant | November 1, 2026 | 3 | 1 | 5,200.00 | 5,200.00 |",
        "| User support and workstation care | Graduated | 51 and more | 55.00 | None |",
        "| Off-site storage | GB | 500 | 0.25 |",
        "the Recurring Fee is at least $2,500.00 a month",
        "| Two free months | Door access system | Free | October 1, 2026 | November 30, 2026 |",
        "| 3 | October 1, 2028 | Door access system | To 5.00 |",
        "| October 1, 2026 | November 30, 2026 |",
        "purchase order PO-2026-118",
        "| Acme Assembly LLC | Door access system, Night watch at the plant, and Cabling of the plant |",
        "except as section",
        "one-off fees of $5,200.00, and a setup fee of $1,500.00, once",
    ],
)
def test_the_contract_prints_each_kind_of_line(contract, words):
    assert words in contract


def test_the_printed_fee_of_each_time_is_that_of_the_state(contract, running):
    printed = dict(re.findall(r"^\| (\w+ \d+, \d{4}) \| \w+ \d+, \d{4} \| ([\d,]+\.\d\d) \|$", contract, re.MULTILINE))
    assert len(printed) > 5
    by_day = {
        f"{each.days.first:%B} {each.days.first.day}, {each.days.first.year}": each
        for each in states(running, date(2029, 9, 30))
    }
    for day, amount in printed.items():
        assert amount == f"{by_day[day].monthly.amount:,}"


def test_an_invoice_of_january_says_what_the_page_says(running):
    shown = re.search(r"Network device care +([\d.]+)\n +(11 x .*)\n", PAGE)
    found = [each for each in charges(running, date(2027, 1, 31)) if each.key.line == "network-devices"]
    assert (str(found[-1].amount.amount), found[-1].working) == shown.groups()


def test_lines_at_another_address_are_another_invoice(repository, running):
    asked = ChargeQuery(DateRange(date(2027, 3, 1), date(2027, 3, 31)))
    found = list(of_account(repository, running, issued_by(repository, "acme"), asked))
    assert [(each.purchase_order, each.bill_to and each.bill_to.id) for each in found] == [
        ("PO-2026-118", None),
        ("AA-77", "plant"),
    ]
    assert [each.key.line for each in found[1].charges] == ["door-system", "night-watch"]


def test_use_beyond_what_is_included_is_charged(running):
    (found,) = [each for each in charges(running, date(2026, 12, 31)) if each.key.sort == "overage"]
    assert (str(found.amount.amount), found.working) == ("28.00", "612 used, 500 included: 112 x 0.25")


def test_revenue_has_the_lines_in_force_and_a_twelfth_of_those_by_the_year(running):
    found = {each.line: each for each in lines_on(running, date(2027, 7, 1))}
    state = next(each for each in states(running, date(2027, 7, 1)) if date(2027, 7, 1) in each.days)
    assert sum(each.amount.amount for each in found.values() if each.line != "domain-names") == state.monthly.amount
    assert (str(found["domain-names"].amount.amount), str(found["domain-names"].yearly.amount)) == ("8.33", "100.00")


def test_a_term_is_charged_whole_whatever_day_it_is_asked_for(running):
    ends = replace(running, last=date(2029, 9, 30))
    whole = charges(ends, date(2029, 9, 30))
    assert sum(each.amount.amount for each in whole if each.key.sort == "once") == 5200
    assert sum(each.amount.amount for each in whole if each.key.sort == "setup") == 1500
    assert len({(each.key, each.days.first) for each in whole}) == len(whole)
