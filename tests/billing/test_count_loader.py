"""Exports of counts compared with the contracts of a whole firm: who runs, who has no contract, and who is missing."""

from datetime import date

import pytest

from contract_assembly.billing.count_loader import CountExport, comparison
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import based
from tests.helpers.firms import change

ON, DAY = date(2027, 1, 1), date(2026, 12, 14)
MAPPING = "kind: counts\nname: Totals\ncolumns: {client: Client, counts: {users: Users}}\n"


@pytest.fixture
def root(tmp_path):
    """The base client with a contract that was recorded as signed before records were kept."""
    root = based(tmp_path / "root")
    (root / "provider/mappings").mkdir()
    (root / "provider/mappings/totals.yaml").write_text(MAPPING)
    change(root / "agreements/acme/2026-support/agreement.yaml", ("status: draft", "status: signed"))
    return root


def found(root, text, only=None):
    export = CountExport(f"Client,Users\n{text}".encode(), "t.csv", "totals", only)
    return comparison(Repository(root), export, on=ON, compared_on=DAY)


def another(root, name, *pairs):
    path = root / f"agreements/acme/{name}/agreement.yaml"
    path.parent.mkdir()
    path.write_text((root / "agreements/acme/2026-support/agreement.yaml").read_text())
    change(path, ("id: NL-2026-0042", f"id: {name}"), *pairs)


def test_the_contract_that_runs_on_the_day_is_compared(root):
    another(root, "2028-support", ("first_day: 2026-10-01", "first_day: 2028-10-01"))
    result = found(root, "Acme,36\n")
    assert [(each.running.name, each.differences[0].counted) for each in result.contracts] == [("2026-support", 36)]
    assert (result.without, result.absent, result.problems) == ((), (), ())


def test_a_client_without_a_running_contract_is_named_and_so_is_one_that_the_export_has_not(root):
    change(root / "agreements/acme/2026-support/agreement.yaml", ("first_day: 2026-10-01", "first_day: 2028-10-01"))
    assert found(root, "acme,36\n").without == ("acme",)
    change(root / "agreements/acme/2026-support/agreement.yaml", ("first_day: 2028-10-01", "first_day: 2026-10-01"))
    another(root, "2026-renewed", ("first_day: 2026-10-01", "first_day: 2026-12-01"))
    change(root / "agreements/acme/2026-renewed/agreement.yaml", ("plan: ", "renews: 2026-support\nplan: "))
    (root / "agreements/birch").mkdir()
    text = (root / "agreements/acme/client.yaml").read_text()
    (root / "agreements/birch/client.yaml").write_text(
        text.replace("short: Acme", "short: Birch").replace("Instr", "Str")
    )
    result = found(root, "Birch,3\n")
    assert (result.without, result.absent) == (("birch",), ("acme/2026-renewed",))


def test_two_contracts_on_one_day_need_to_be_told_apart(root):
    another(root, "2026-plant")
    result = found(root, "acme,36\n")
    assert [each.rule for each in result.problems] == ["several-contracts"]
    assert result.contracts == ()
    only = found(root, "acme,36\n", Target("acme", "2026-plant"))
    assert [each.running.name for each in only.contracts] == ["2026-plant"]


def test_a_contract_that_cannot_be_read_is_reported_and_not_called_missing(root):
    change(root / "agreements/acme/2026-support/agreement.yaml", ("plan: basic", "plan: golden"))
    result = found(root, "acme,36\n")
    assert [each.rule for each in result.problems] == ["unknown-plan"]
    assert (result.contracts, result.without) == ((), ())


def test_a_client_that_cannot_be_read_is_reported_with_the_rows_that_name_it(root):
    change(root / "agreements/acme/client.yaml", ("short: Acme", "shorter: Acme"))
    with pytest.raises(RefusedError) as refused:
        found(root, '"Acme Instruments, Inc.",36\n')
    assert {each.origin.path for each in refused.value.problems} == {"agreements/acme/client.yaml", "t.csv"}


@pytest.mark.parametrize(
    ("first", "last", "runs"),
    [
        ("2027-01-01", None, True),
        ("2027-01-02", None, False),
        ("2026-10-01", "2027-01-01", True),
        ("2026-10-01", "2026-12-31", False),
    ],
)
def test_a_contract_runs_from_its_first_day_to_its_last(root, first, last, runs):
    path = root / "agreements/acme/2026-support/agreement.yaml"
    change(path, ("first_day: 2026-10-01", f"first_day: {first}"))
    if last:
        path.write_text(f"{path.read_text()}\nended: {{last_day: {last}, by: client, ground: Section 20.1}}\n")
    result = found(root, "acme,36\n")
    assert ([each.running.name for each in result.contracts], result.without) == (
        (["2026-support"], ()) if runs else ([], ("acme",))
    )


@pytest.mark.parametrize(("first", "absent"), [("2027-01-01", ("acme/2026-support",)), ("2027-01-02", ())])
def test_a_client_is_missing_from_an_export_from_the_first_day_of_its_contract_on(root, first, absent):
    change(root / "agreements/acme/2026-support/agreement.yaml", ("first_day: 2026-10-01", f"first_day: {first}"))
    (root / "agreements/birch").mkdir()
    text = (root / "agreements/acme/client.yaml").read_text()
    (root / "agreements/birch/client.yaml").write_text(
        text.replace("short: Acme", "short: Birch").replace("Instr", "Str")
    )
    assert found(root, "Birch,3\n").absent == absent
