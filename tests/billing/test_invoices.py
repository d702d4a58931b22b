"""Invoices: their addresses and days; and `build.py invoices`, from outside, with a contract that was really signed."""

import csv
import io
import json
import shutil
from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.invoices import ChargeQuery, of_account
from contract_assembly.billing.issued import Issued
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run
from tests.helpers.fee_facts import fees
from tests.helpers.git_repositories import begun, committed
from tests.helpers.living import change
from tests.helpers.running import handed_over as rows_until
from tests.helpers.running import running, usd

ISSUED = "agreements/acme/invoiced.csv"
QUARTER = ("--from", "2027-01-01", "--to", "2027-03-31")
TWO_MORE = "{on: 2027-01-17, what: users, from: 34, to: 36, asked: 2027-01-12, asked_by: lena}"
MISSED = """term: 2026-10-01
missed:
  - {on: 2026-11-20, what: Late, effect: Late, changed: Earlier, credit: 87.63 USD, source: Report}
"""
LIKE_UK = "agreements/acme/client.yaml", "provider/provider.yaml"


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    root = based(tmp_path_factory.mktemp("signed") / "root")
    (root / ".gitignore").write_text(".build/\n")
    begun(root)
    for words in (
        ("approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01"),
        ("status", "acme", "--set", "sent"),
        ("status", "acme", "--set", "signed", "--on", "2026-09-21"),
    ):
        assert run(root, *words).code == 0
    committed(root, "Signed")
    return root


@pytest.fixture
def root(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")


def invoices(root, *words, code=0):
    said = run(root, "invoices", *words, "--json")
    assert said.code == code, said
    return json.loads(said.out)


def handed_over(root, *words, on="2026-12-02"):
    found = invoices(root, *words, "--issue", "--on", on)
    return [
        (line["line"], line["days"]["first"], line["amount"]) for each in found["invoices"] for line in each["lines"]
    ]


def changes(root, *entries):
    text = "changes:\n" + "".join(f"  - {each}\n" for each in entries)
    (root / AGREEMENT / "changes.yaml").write_text(text)


def test_each_month_is_an_invoice_with_its_days(root):
    found = invoices(root, *QUARTER)
    assert [(each["invoiced"], each["due"], each["net"]) for each in found["invoices"]] == [
        ("2026-12-02", "2027-01-01", "2438.00"),
        ("2027-01-02", "2027-02-01", "2438.00"),
        ("2027-01-30", "2027-03-01", "2438.00"),
    ]
    assert found["wrote"] == []


def test_the_text_shows_the_working_and_adds_up(root):
    changes(root, TWO_MORE)
    said = run(root, "invoices", "--from", "2027-01-01", "--to", "2027-01-31")
    assert said.code == 0
    assert "34 x 62.00 = 2108.00" in said.out
    assert "36 in place of 34: +124.00 a month, for 15/31 days" in said.out
    assert said.out.splitlines()[-1] == "USD: 2 invoices, 2,498.00 USD net, 2,498.00 USD in all"


def test_the_table_has_a_row_for_each_line(root):
    said = run(root, "invoices", *QUARTER, "--csv")
    rows = list(csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert [(each["line"], each["quantity"], each["unit_price"], each["amount"]) for each in rows[:2]] == [
        ("users", "34", "62.00", "2108.00"),
        ("servers", "3", "110.00", "330.00"),
    ]
    assert len(rows) == 6


def test_a_second_hand_over_adds_nothing(root):
    assert len(handed_over(root, *QUARTER)) == 6
    before = (root / ISSUED).read_bytes()
    assert handed_over(root, *QUARTER) == []
    assert (root / ISSUED).read_bytes() == before


def test_a_later_change_is_handed_over_as_what_is_new(root):
    handed_over(root, *QUARTER)
    before = (root / ISSUED).read_bytes()
    changes(root, TWO_MORE)
    new = handed_over(root, "--from", "2027-04-01", "--to", "2027-04-30", on="2027-03-02")
    assert new[:3] == [
        ("users", "2027-01-17", "60.00"),
        ("users", "2027-02-01", "124.00"),
        ("users", "2027-03-01", "124.00"),
    ]
    assert (root / ISSUED).read_bytes().startswith(before)


def test_an_early_end_gives_back_what_was_paid_for_later_days(root):
    handed_over(root, *QUARTER)
    facts = root / AGREEMENT / "agreement.yaml"
    facts.write_text(facts.read_text() + "ended: {last_day: 2027-03-10, by: client, ground: Section 20.1}\n")
    assert sorted(handed_over(root, *QUARTER, on="2027-03-11")) == [
        ("servers", "2027-03-01", "-223.55"),
        ("users", "2027-03-01", "-1428.00"),
    ]


def test_a_dry_run_writes_nothing(root):
    said = run(root, "invoices", *QUARTER, "--issue", "--on", "2026-12-02", "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert "NL-2026-0042-001" in said.out
    assert not (root / ISSUED).exists()


@pytest.fixture
def exporting(root, monkeypatch):
    """The samples of exports, and a folder for their files."""
    shutil.copytree(REPOSITORY / "provider/exports", root / "provider/exports")
    monkeypatch.chdir(root)
    return root


def test_what_is_handed_over_is_exported_and_a_second_run_exports_nothing(exporting):
    line = ("invoices", *QUARTER, "--issue", "--on", "2026-12-02", "--export", "xero")
    dry = run(exporting, *line, "--dry-run")
    assert dry.out.splitlines()[-1] == f"would write xero-2026-12-02.csv, {ISSUED}"
    assert not (exporting / "xero-2026-12-02.csv").exists()
    said = run(exporting, *line)
    assert (said.code, said.out) == (0, dry.out.replace("would write", "wrote"))
    text = (exporting / "xero-2026-12-02.csv").read_text()
    assert text.count("NL-2026-0042-001") == 2
    assert '"User support, 01/01/2027 to 31/01/2027",34,62.00,,200,Tax Exempt' in text
    assert run(exporting, *line).out.splitlines()[-1] == "nothing to do"


def test_an_invoice_that_a_program_does_not_take_is_not_handed_over(exporting):
    (exporting / AGREEMENT / "service.yaml").write_text(MISSED)
    said = run(exporting, "invoices", *QUARTER, "--issue", "--on", "2026-12-02", "--export", "quickbooks-online")
    assert said.code == 1
    assert f"{AGREEMENT}/service.yaml:" in said.err
    assert "[export-below-zero]" in said.err
    assert not (exporting / ISSUED).exists()
    assert not list(exporting.glob("*.csv"))


def test_an_export_that_is_there_is_not_written_over(exporting):
    (exporting / "mine.csv").write_text("what was not imported yet")
    said = run(
        exporting, "invoices", *QUARTER, "--issue", "--on", "2026-12-02", "--export", "odoo", "--output", "mine.csv"
    )
    assert said.code == 1
    assert "mine.csv:1: error: mine.csv already exists [file-exists]" in said.err
    assert not (exporting / ISSUED).exists()
    assert (exporting / "mine.csv").read_text() == "what was not imported yet"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--export", "xero"), "--export needs --issue"),
        (("--issue", "--output", "x.csv"), "--output needs --export"),
    ],
)
def test_an_export_without_a_hand_over_is_wrong_use(root, words, says):
    said = run(root, "invoices", *QUARTER, *words)
    assert said.code == 2
    assert says in said.err


@pytest.mark.parametrize("words", [("--e-invoice", "out"), ("--dry-run",)])
def test_what_goes_with_a_hand_over_is_wrong_use_without_one(root, words):
    said = run(root, "invoices", *QUARTER, *words)
    assert said.code == 2
    assert f"{words[0]} needs --issue" in said.err


def test_an_e_invoice_that_cannot_be_made_leaves_its_client_to_the_next_run(root, monkeypatch):
    """EN 16931 needs the provider's tax number, which the base client's provider has not."""
    monkeypatch.chdir(root)
    in_the_uk(root)
    (root / "provider/taxes.yaml").write_text(
        "vat: [{country: GB, rate: 20 %, first_day: 2011-01-04, source: A law}]\n"
    )
    said = run(root, "invoices", *QUARTER, "--issue", "--on", "2026-12-02", "--e-invoice", "out")
    assert said.code == 1
    assert "has no tax_id, which an invoice of this kind states [e-invoice]" in said.err
    assert not (root / ISSUED).exists()
    assert not (root / "out").exists()


def test_an_unknown_export_names_the_nearest(exporting):
    said = run(exporting, "invoices", *QUARTER, "--issue", "--export", "zero")
    assert said.code == 1
    assert "did you mean xero?" in said.err


def test_sales_tax_is_an_amount_where_the_firm_sets_its_rates(root):
    with (root / AGREEMENT / "agreement.yaml").open("a") as file:
        file.write("tax: {regime: us-sales}\n")
    rate = "{place: US-NY, natures: [support], rate: 8 %, first_day: 2026-01-01, source: A notice}"
    (root / "provider/taxes.yaml").write_text(f"sales:\n  - {rate}\n")
    (first, *_) = invoices(root, *QUARTER)["invoices"]
    assert (first["tax_treatment"], first["tax_rate"], first["tax"], first["total"]) == (
        "sales-tax",
        "8",
        "195.04",
        "2633.04",
    )
    said = run(root, "invoices", *QUARTER)
    assert "Sales tax 8 % on 2,438.00 (support)" in said.out


def test_a_row_edited_by_hand_is_found_at_its_line_and_nothing_is_handed_over(root):
    handed_over(root, *QUARTER)
    path = root / ISSUED
    path.write_text(path.read_text().replace("330.00", "33.00", 1))
    said = run(root, "invoices", *QUARTER, "--issue", "--on", "2026-12-02")
    assert said.code == 1
    assert f"{ISSUED}:3: error: the digest does not fit" in said.err
    assert "hint: restore the file with 'git checkout'" in said.err


@pytest.mark.parametrize(("kept", "line"), [(-1, 7), (0, 1)], ids=["the last row", "the whole file"])
def test_rows_that_were_committed_and_removed_are_not_invoiced_again(root, kept, line):
    handed_over(root, *QUARTER)
    committed(root, "Hand over")
    path = root / ISSUED
    left = path.read_text().splitlines(keepends=True)[:kept]
    before = "".join(left)
    path.unlink()
    if left:
        path.write_text(before)
    said = run(root, "invoices", *QUARTER, "--issue", "--on", "2026-12-02")
    assert said.code == 1
    assert f"{ISSUED}:{line}: error: this differs from git: a row that was committed" in said.err
    assert (path.read_text() if left else "") == before
    assert f"{ISSUED}:{line}: error: this differs from git" in run(root, "check").err


def test_rows_of_an_agreement_that_is_gone_are_found(root):
    handed_over(root, *QUARTER)
    (root / AGREEMENT).rename(root / "agreements/acme/2026-care")
    found = invoices(root, *QUARTER, code=1)
    assert [(each["rule"], each["line"]) for each in found["problems"]] == [("unknown-agreement", 2)]


def test_an_agreement_that_is_not_signed_is_listed_and_not_handed_over(root):
    change(root / AGREEMENT / "agreement.yaml", "status: signed", "status: sent")
    (root / AGREEMENT / "record.json").unlink()
    assert [each["binds"] for each in invoices(root, *QUARTER)["invoices"]] == [False] * 3
    found = invoices(root, *QUARTER, "--issue", "--on", "2026-12-02")
    assert (found["invoices"], [each["rule"] for each in found["problems"]]) == ([], ["not-signed"])


def test_a_price_list_that_rose_after_the_signature_changes_nothing(root):
    change(root / "provider/plans/basic.yaml", "110.00 USD", "150.00 USD")
    change(root / AGREEMENT / "agreement.yaml", "users: 34", "users: 50")  # meant for an amendment that is not signed
    assert [each["net"] for each in invoices(root, *QUARTER)["invoices"]] == ["2438.00"] * 3


def test_where_git_lacks_what_was_signed_a_warning_says_so(root):
    shutil.rmtree(root / ".git")
    begun(root)  # another history, in which the signed state was never committed
    change(root / "provider/plans/basic.yaml", "110.00 USD", "150.00 USD")
    committed(root, "Prices")
    found = invoices(root, *QUARTER)
    assert [each["net"] for each in found["invoices"]] == ["2438.00"] * 3  # the first commit still has the bytes
    shutil.rmtree(root / ".git")
    begun(root)
    found = invoices(root, *QUARTER)
    assert [each["net"] for each in found["invoices"]] == ["2558.00"] * 3
    assert [(each["rule"], each["level"]) for each in found["problems"]] == [("signed-facts-lost", "warning")]


def test_a_wrong_change_stops_its_client_with_its_line(root):
    changes(root, TWO_MORE.replace("lena", "nobody"))
    said = run(root, "invoices", *QUARTER)
    assert said.code == 1
    assert (
        f"{AGREEMENT}/changes.yaml:2: error: asked_by: nobody is not one of the client's people [unknown-person]"
        in said.err
    )


def in_the_uk(root, client="GB"):
    change(root / AGREEMENT / "agreement.yaml", "billing: monthly", "billing: quarterly")
    path = root / AGREEMENT / "agreement.yaml"
    path.write_text(path.read_text() + "tax: {regime: uk-vat}\n")
    for name, country in zip(LIKE_UK, (client, "GB"), strict=True):
        change(root / name, "country: US", f"country: {country}")
    (root / AGREEMENT / "record.json").unlink()


def test_value_added_tax_is_an_amount_at_the_rate_of_the_day(root):
    in_the_uk(root)
    old, new = (
        "{{country: GB, rate: {} %, first_day: {}, source: A law}}".format(*each)
        for each in ((17.5, "2010-01-01"), (20, "2011-01-04"))
    )
    (root / "provider/taxes.yaml").write_text(f"vat:\n  - {old}\n  - {new}\n")
    found = invoices(root, *QUARTER)["invoices"][0]
    assert (found["net"], found["tax_rate"], found["tax"], found["total"]) == ("7314.00", "20", "1462.80", "8776.80")


def test_across_a_border_the_client_accounts_for_it(root):
    in_the_uk(root, client="IE")
    found = invoices(root, *QUARTER)["invoices"][0]
    assert (found["tax_treatment"], found["tax"], found["total"]) == ("reverse-charge", "0.00", "7314.00")


@pytest.mark.parametrize(
    ("place", "name", "tax"),
    [("CA-ON", "HST", ("gst", "13", "950.82")), ("CA-AB", "GST", ("gst", "5", "365.70")), ("CA-BC", "GST", ("added", None, None))],
)  # fmt: skip
def test_gst_and_hst_are_those_of_the_client_s_province(root, place, name, tax):
    in_the_uk(root)
    change(root / AGREEMENT / "agreement.yaml", "tax: {regime: uk-vat}", "tax: {regime: ca-gst}")
    for path in LIKE_UK:
        change(root / path, "country: GB", "country: CA")
    change(root / LIKE_UK[0], "place: US-NY", f"place: {place}")
    shutil.copy(REPOSITORY / "provider/taxes.yaml", root / "provider/taxes.yaml")
    for law in ("CA", *([place] if (REPOSITORY / f"clauses/law/{place}.yaml").exists() else [])):
        shutil.copy(REPOSITORY / f"clauses/law/{law}.yaml", root / "clauses/law")
    found = invoices(root, *QUARTER)["invoices"][0]
    assert (found["tax_treatment"], found["tax_rate"], found["tax"]) == tax
    assert (f"{name} {tax[1]} %" in run(root, "invoices", *QUARTER).out) == (tax[0] == "gst")


def test_a_rate_that_is_not_known_is_asked_for(root):
    in_the_uk(root)
    found = invoices(root, *QUARTER, code=1)
    assert [each["rule"] for each in found["problems"]] == ["no-tax-rate"]


@pytest.mark.parametrize(
    "words", [("--from", "2027-02-01", "--to", "2027-01-01"), (*QUARTER, "--on", "2027-01-01"), (*QUARTER, "--csv", "--json")]
)  # fmt: skip
def test_wrong_use_is_refused(root, words):
    assert run(root, "invoices", *words).code == 2


# ---- of one account


PLANT = {
    "id": "plant",
    "name": "The plant",
    "address": "75 Emerson Road",
    "lines": ["servers"],
    "purchase_order": "PO 7",
}
STORE = {"id": "store", "name": "The store", "address": "9 Dock Street", "lines": ["readers"]}
READERS = {"id": "readers", "name": "Door readers", "unit": "reader", "quantity": "12", "price": "4.50 USD"}


def listed(found, days, rows=(), on=None):
    account = Issued("agreements/acme/invoiced.csv", tuple(rows))
    return list(of_account(Repository(REPOSITORY), found, account, ChargeQuery(days, on)))


def test_lines_at_a_further_address_are_an_invoice_of_their_own_after_that_to_the_client():
    found = running(**fees(lines=[READERS], invoice_addresses=[PLANT, STORE]))
    january = listed(found, DateRange(date(2027, 1, 1), date(2027, 1, 31)))
    assert [(each.bill_to and each.bill_to.id, each.purchase_order, each.net) for each in january] == [
        (None, "", usd("2108.00")),
        ("plant", "PO 7", usd("330.00")),
        ("store", "", usd("54.00")),
    ]


@pytest.mark.parametrize(("on", "back"), [(date(2027, 3, 9), "-1651.55"), (date(2027, 3, 10), "-4089.55")])
def test_what_was_paid_for_a_later_month_goes_back_from_the_last_day_of_the_contract_on(on, back):
    """March, which has begun, at once; April once no invoice can follow from which it could be deducted."""
    rows = rows_until(running(), date(2027, 4, 30))
    ended = listed(running(last=date(2027, 3, 10)), DateRange(date(2027, 1, 1), date(2027, 4, 30)), rows, on)
    assert sum(each.net.amount for each in ended) == Decimal(back)
