"""`build.py block balance`, for the sample hudson."""

from tests.helpers.block_commands import data
from tests.helpers.corpus import REPOSITORY, run

HUDSON = ("balance", "--client", "hudson", "--on", "2026-11-23")


def test_it_shows_what_is_left_of_each_block_and_when_it_runs_out():
    said = run(REPOSITORY, "block", *HUDSON)
    assert (said.code, said.err) == (0, "")
    head, block, pace = said.out.splitlines()
    assert head == "agreements/hudson/2026-block on 2026-11-23: 4.625 h left"
    assert block == "  Block first: 20 h until 2027-10-04: 15.375 used, 4.625 left"
    assert "8.8 h in an average month" in pace
    assert "runs out on 2026-12-09" in pace


def test_json_has_the_minutes_that_are_left_and_the_money_that_comes_back():
    (found,) = data(REPOSITORY, *HUDSON)["balances"]
    assert (found["agreement"], found["balance"], found["expiry"]) == (
        "agreements/hudson/2026-block",
        "277.5",
        "2027-10-04",
    )
    (block,) = found["state"]["blocks"]
    assert (block["bought"], block["used"], block["left"]) == ("1200", "922.5", "277.5")
    assert (found["refund"], found["refund_by"]) == ({"amount": "0.00", "currency": "USD"}, None)


def test_before_the_first_entry_the_whole_block_is_left():
    (found,) = data(REPOSITORY, *HUDSON[:-1], "2026-10-04")["balances"]
    assert found["balance"] == "1200"


def test_a_client_without_a_block_has_no_balance():
    said = run(REPOSITORY, "block", "balance", "--client", "acme")
    assert (said.code, said.out) == (0, "there is no prepaid block that was sent or signed\n")
