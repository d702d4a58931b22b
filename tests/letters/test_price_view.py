"""The price in a renewal letter: how much of a rise comes from what."""

from decimal import Decimal

import pytest

from contract_assembly.letters.price_view import shown
from contract_assembly.letters.renewal_letter import KIND
from contract_assembly.repository.inputs import Repository
from tests.helpers.renewal_documents import (
    AGREEMENT,
    FACTS,
    INTENT,
    LETTER,
    NOTICES,
    add,
    change,
    line_of,
    made,
    refused,
    words,
)


def facts_of(root):
    repository = Repository(root)
    inputs, issued = (
        repository.inputs("acme", "2026-support"),
        repository.issued("acme", "2026-support", LETTER, _models()),
    )
    return KIND.content(repository, inputs, issued).facts


def _models():
    from contract_assembly.letters.kinds import MODELS

    return MODELS


def test_a_higher_price_says_how_much_of_it_comes_from_what(root):
    said = words(root)
    assert "**For the same scope, your fee increases by 3%: $87.24 a month.**\nThe agreement allows up to 5%." in said
    assert "That adds $127.72 a month." in said
    assert Decimal("2908.00") + Decimal("87.24") + Decimal("127.72") == Decimal("3122.96")
    assert "Our technicians’ wages" in said
    assert "Two people join your sales office" in said
    assert "7.4%" not in said, "no percentage mixes the increase with what the client adds"
    assert "If you do nothing, your present numbers renew at $2,995.24 a month." in said


@pytest.mark.parametrize("users", [20, 34, 35, 60, 500])
@pytest.mark.parametrize("increase", ["0 %", "2.99 %", "5 %"])
def test_no_percentage_of_the_letter_is_above_the_cap_whatever_the_client_adds(root, users, increase):
    change(root, AGREEMENT, (INTENT, f"renewal:\n  increase: {increase}\n  users: {users}\n"), (NOTICES, ""))
    change(root, FACTS, ("price_notice: yes\n", ""), ("counts: Two", "# Two"))
    price = facts_of(root)["price"].entries
    told = {name: each.value for name, each in price.items() if name in ("old", "new", "same_scope", "added")}
    sign = {"up": 1, "down": -1, "same": 0}[price["added_direction"].value]
    assert told["same_scope"].amount + sign * told["added"].amount == told["new"].amount
    assert price["same_scope_percent"].value.value <= 5


def test_a_price_that_stays_needs_no_table_of_lines(quiet):
    said = words(quiet)
    assert "Your fee stays the same: $2,908.00 a month, $34,896.00 a year, excluding" in said
    assert "Unit price now" not in said
    assert "We are not asking for one." in said
    assert "notice of the new prices" not in said


def test_a_lower_price_says_why(quiet):
    add(quiet, AGREEMENT, "\nrenewal:\n  users: 30\n  ended: []\n")
    said = words(quiet)
    assert "**Our unit prices do not increase,** although the agreement would allow it." in said
    assert "What you no longer need takes $248.00 a month off." in said
    assert "34 now, then 30" in said


def test_a_rise_by_an_index_names_it_its_months_and_its_figures(quiet):
    rows = "month,value,published_on\n" + "".join(
        f"{2026 + (n // 12)}-{n % 12 + 1:02},{100 + n},{2026 + ((n + 1) // 12)}-{(n + 1) % 12 + 1:02}-15\n"
        for n in range(5, 15)
    )
    (quiet / "provider/indices/example-cpi.csv").write_text(rows)
    rule = "  increase_notice: 90 days\n  increase: {rule: index, series: example-cpi, lag: 7}\n"
    change(quiet, AGREEMENT, ("  increase_notice: 90 days\n", rule))
    assert ("index-missing", line_of(quiet, AGREEMENT, "increase: {")) in [each[:2] for each in refused(quiet)]
    earlier = "2026-01,98,2026-02-15\n2026-02,98.5,2026-03-15\n2026-03,100,2026-04-15\n2026-04,100,2026-05-15\n2026-05,100,2026-06-15\n"
    (quiet / "provider/indices/example-cpi.csv").write_text(rows.replace("on\n", f"on\n{earlier}", 1))
    said = words(quiet)
    assert "The index was 100 in March 2026 and 114 in March 2027, an increase of 14%." in said
    assert "The agreement caps our increase at 5%." in said
    assert "provider/indices/example-cpi.csv" in made(quiet).sources


@pytest.mark.parametrize(
    ("exact", "printed"), [("0", "0"), ("7.3920", "7.4"), ("0.04", "0.04"), ("0.0001", "0.01"), ("100", "100")]
)
def test_a_change_is_never_printed_as_none(exact, printed):
    assert shown(Decimal(exact)).value == Decimal(printed)
