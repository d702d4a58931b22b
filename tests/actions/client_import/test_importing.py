import shutil
import time

import pytest
from msgspec.structs import asdict

from contract_assembly.actions.client_import.importing import MOST_ROWS
from contract_assembly.actions.client_import.support_contract import SIGNED_PDF
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import recorded
from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, based, run

CONTRACT = "agreements/elm-street/2026-support"


@pytest.fixture
def root(tmp_path):
    """The small firm, with the mapping of the plain table."""
    root = based(tmp_path / "root")
    shutil.rmtree(root / "clauses/law")
    shutil.copytree(REPOSITORY / "clauses/law", root / "clauses/law")
    shutil.copytree(REPOSITORY / "templates/start", root / "templates/start")
    (root / "provider/mappings").mkdir()
    shutil.copy(REPOSITORY / "provider/mappings/clients.yaml", root / "provider/mappings")
    return root


def bring(root, text, *more):
    (root / "clients.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(root, "import", str(root / "clients.csv"), *more)


def said(found):
    """Line and message of each problem."""
    lines = [
        each.partition("clients.csv:")[2]
        for each in found.err.splitlines()
        if "clients.csv:" in each and "hint:" not in each
    ]
    return [(int(each.partition(":")[0]), each.partition(": ")[2]) for each in lines]


def test_a_client_is_taken_over_with_its_contract_on_other_paper(root):
    found = bring(root, table())
    assert (found.code, found.out) == (0, "agreements: wrote elm-street; rows: 1, new clients: 1\n"), found.err
    inputs = Repository(root).inputs("elm-street", "2026-support")
    agreed = inputs.agreement.model
    assert (agreed.origin, agreed.status, str(agreed.term.last_day)) == ("elsewhere", "signed", "2027-03-31")
    assert [str(each.price.amount) for each in agreed.fees.prices] == ["1480.00"]
    assert inputs.client.model.party.name == "Elm Street Clinic, PLLC"
    assert inputs.plan.model.services == ()


def test_the_signed_pdf_is_filed_and_guarded(root):
    (root / "elm.pdf").write_bytes(b"%PDF-1.7 as signed %%EOF")
    assert bring(root, table({"file": "elm.pdf"})).code == 0
    assert run(root, "check", "--client", "elm-street").code == 0
    assert list(recorded(Repository(root), CONTRACT).of("contract").signed.files) == [SIGNED_PDF]
    (root / CONTRACT / SIGNED_PDF).write_bytes(b"%PDF-1.7 another %%EOF")
    assert "[signed-changed]" in run(root, "check", "--client", "elm-street").err


def test_a_build_leaves_the_contract_alone(root):
    bring(root, table())
    assert "signed or ended, so it stays as it is" in "".join(
        map(str, asdict(run(root, "--client", "elm-street", "--format", "md")).values())
    )


def test_what_the_table_does_not_say_is_open(root):
    assert bring(root, table({"street": "", "phone": ""})).code == 0
    assert (
        Repository(root).agreed("elm-street", "2026-support").model.open[0]
        == "Not in the table that it was taken over from: street and telephone"
    )


def test_all_that_is_wrong_is_listed_at_once_with_line_and_column_and_only_sound_clients_are_written(root):
    found = bring(root, table(
        {"company": "Oak LLC", "short": "", "first_day": "2027-04-01", "last_day": "2026-03-31"},
        {"company": "Fir LLC", "short": "", "price": "=B2*12", "users": "22.5"},
        {"company": "Ash LLC", "short": "", "place": "Quebec", "notice": "soon", "plan": "gold"},
        {"company": "Yew LLC", "short": "", "renewal": "perhaps", "file": "missing.pdf", "first_day": "4/1/2026"},
        {},
    ))  # fmt: skip
    assert found.code == 1
    assert [line for line, _ in said(found)] == [2, 3, 3, 4, 4, 4, 5, 5, 5]
    assert "error: column Last day: it ends on 2026-03-31, before it begins on 2027-04-01 [import-cell]" in found.err
    assert "error: column Fee a month: '=B2*12' is a formula" in found.err
    assert sorted(each.name for each in (root / "agreements").iterdir()) == ["acme", "elm-street"]


def test_a_client_with_one_wrong_contract_is_not_taken_over_at_all(root):
    later = {"contract": "ES-8", "first_day": "2027-04-01", "last_day": "2026-03-31"}
    assert bring(root, table({}, later)).code == 1
    assert not (root / "agreements/elm-street").exists()
    later["last_day"] = "2028-03-31"
    assert bring(root, table({}, later)).code == 0
    assert Repository(root).agreements("elm-street") == ("2026-support", "2027-support")


def test_doubles_in_another_spelling_and_clients_that_exist_are_refused_and_near_ones_shown(root):
    found = bring(root, table(
        {"company": "Oak Dental LLC", "short": ""}, {"company": "Oak Dental, Inc.", "short": ""}, {"company": "Acme", "short": ""},
        {"company": "Birchwood Partners", "short": ""}, {"company": "Birchwood Partner", "short": ""},
    ))  # fmt: skip
    rules = [what.rpartition("[")[2].rstrip("]") for _, what in said(found)]
    assert rules == ["import-doubled", "import-doubled", "exists-already", "import-near"]
    assert "nearly 'Birchwood Partner'" in found.err


def test_days_that_can_be_read_in_two_ways_are_refused_with_their_rows(root):
    path = root / "provider/mappings/clients.yaml"
    path.write_text(
        path.read_text("utf-8").replace("name: Table", 'dates: [iso, "%d/%m/%Y", "%m/%d/%Y"]\nname: Table'), "utf-8"
    )
    found = bring(
        root,
        table(
            {"first_day": "04/03/2026", "last_day": "2027-03-31"},
            {"company": "Oak", "short": "", "last_day": "31/03/2027"},
        ),
    )
    assert [line for line, _ in said(found)] == [2]
    assert "'04/03/2026' can be read in two ways" in found.err
    assert (root / "agreements/oak").exists()


def test_blank_rows_titles_and_totals_are_passed_over(root):
    head, row = table().splitlines()
    total = "Total" + "," * head.count(",")
    blank = "," * head.count(",")
    found = bring(root, f"Our clients{blank}\n{blank}\n{head}\n{row}\n{blank}\n{total}\n")
    assert (found.code, said(found)) == (
        0,
        [(6, "warning: this row names no client, so it is passed over as a row of sums [import-sums]")],
    )


def test_a_row_that_names_no_client_is_refused(root):
    assert said(bring(root, table({"company": "", "short": ""})))[0] == (
        2,
        "error: column Company: company is blank [import-cell]",
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"", "import-head"),
        ("Company,Company\nA,B\n", "import-head"),
        (table().encode("utf-16"), "import-encoding"),
        (table({"city": "Orl\u00e9ans"}).encode("cp1252"), "import-encoding"),
        (table().splitlines()[0], "import-empty"),
        (table() + "one,cell\n", "import-cells"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(root, text, rule):
    found = bring(root, text)
    assert (found.code, f"[{rule}]" in found.err) == (1, True), found.err


def test_a_hundred_thousand_rows_are_refused(root):
    head, row = table().splitlines()
    found = bring(root, "\n".join([head, *[row] * 100_000]))
    assert f"the table has 100,000 rows, over {MOST_ROWS:,} [import-rows]" in found.err


def test_a_name_is_never_markup_or_a_path(root):
    name = "../etc <b>&</b> *'Elm'* #1: yes"
    assert bring(root, table({"company": name, "short": ""})).code == 0
    assert Repository(root).inputs("etc-b-and-b-elm-1-yes", "2026-support").client.model.party.name == name


@pytest.mark.slow
def test_two_hundred_clients_are_taken_over_in_a_few_seconds(root):
    rows = [
        {"company": f"Client {n:03d} {chr(97 + n % 26) * 3} LLC", "short": "", "contract": f"C-{n}"} for n in range(200)
    ]
    began = time.process_time()
    found = bring(root, table(*rows))
    assert found.out.endswith("; rows: 200, new clients: 200\n"), found.err
    assert time.process_time() - began < 20
