"""The list of differences: written for a spreadsheet, ticked, and read back."""

from datetime import date

import pytest

from contract_assembly.billing.count_comparison import compared
from contract_assembly.billing.count_proposal import READ, as_csv, is_proposal, read
from contract_assembly.billing.counts import Counts
from contract_assembly.core.problems import RefusedError
from tests.helpers.running import running

ON, DAY = date(2027, 1, 1), date(2026, 12, 14)


def written(*takes):
    export = Counts(1, 1, {}, {"acme": {"users": 36, "server": 0}}, ("users", "server"))
    found = compared(running(), export, on=ON, compared_on=DAY, source="=Export")
    head, *rows = as_csv([found], "=Export").splitlines(keepends=True)
    takes = (*takes, *[""] * (len(rows) - len(takes)))
    return (head + "".join(take + row for take, row in zip(takes, rows, strict=True))).encode()


def test_a_list_has_its_money_and_nothing_that_a_spreadsheet_rewrites_or_runs():
    text = written().decode()
    assert text.startswith("\ufefftake,client,agreement,what,agreed,counted,first_day,source,")
    assert ",acme,2026-support,users,34,36,from 2027-01-01,'=Export,2,2438.00,2562.00,124.00,0.00,USD,\r\n" in text
    assert ",server,3,0,from 2027-01-01,'=Export,-3,2438.00,2108.00,-330.00,0.00,USD,\r\n" in text


@pytest.mark.parametrize(("take", "count"), [("", 0), ("no", 0), ("yes", 1), ("X", 1), ("TRUE", 1), ("1", 1)])
def test_a_line_counts_where_it_is_ticked(take, count):
    found = read(written(take), "p.csv")
    assert [(each.client, each.what, each.agreed, each.counted, each.on) for each in found] == [
        ("acme", "users", 34, 36, ON)
    ] * count


def test_a_list_is_known_by_its_head():
    assert is_proposal(written(), "p.csv")
    assert is_proposal(written().decode("utf-8-sig").replace(",", ";").encode(), "p.csv")
    assert is_proposal((",".join(READ) + "\n").encode(), "p.csv")
    assert not is_proposal((",".join(READ[1:]) + "\n").encode(), "p.csv")
    assert not is_proposal(b"Site,Type\nAcme,Server\n", "p.csv")
    assert not is_proposal(b"", "p.csv")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "perhaps", "take: 'perhaps' is neither yes nor no"),
        ("yes,acme", "yes,", "the name is empty"),
        ("users,34", "wings,34", "what: 'wings' is not something that is counted"),
        ("34,36", "34,3.6", "'3.6' is not a whole number"),
        ("from 2027-01-01", "01/01/2027", "'01/01/2027' is not a date"),
        (",USD,\r\nyes", "\r\nyes", "13 cells where the header row has 15"),
        ("server,3,0", "users,34,36", "is ticked at p.csv:2 already"),
    ],
)
def test_a_line_that_was_edited_otherwise_is_a_problem_with_its_line(old, new, says):
    text = written("yes" if old else "", "yes").decode()
    text = text.replace(old, new, 1) if old else text.replace("\n,acme", f"\n{new},acme", 1)
    with pytest.raises(RefusedError) as refused:
        read(text.encode(), "p.csv")
    assert any(says in each.what and each.origin.line in {2, 3} for each in refused.value.problems)
