"""Revenue as text, as tables and as data."""

from datetime import date

from contract_assembly.billing import revenue, revenue_report
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.running import change, running

OCTOBER, MARCH = date(2026, 10, 15), date(2027, 3, 31)


def test_every_figure_is_explained():
    found = revenue.Revenue(MARCH, date(2026, 12, 31))
    revenue._of_contract(found, running(signed_on=date(2026, 9, 21)))
    text = revenue_report.as_text(found, None, explain=True)
    assert ": 34 x 62.00 = 2108.00\n" in text
    assert "acme/2026-support: 14,628.00 USD, bound until 2027-09-30" in text  # six months of 2,438.00
    assert "at stake: 2,438.00 USD a month, 29,256.00 a year" in text
    assert "acme/2026-support: recurring 14,628.00" in text  # October to March
    data = revenue_report.as_data(found, None, explain=True)
    assert data["recurring_share"] == [{"currency": "USD", "percent": "100.0"}]
    assert data["contracted"][0]["until"] == "2027-09-30"


def test_without_recurring_fees_the_movements_say_so():
    text = revenue_report.as_text(revenue.Revenue(MARCH, date(2026, 12, 31)), None, explain=False)
    assert "Since 2026-12-31\n  nothing recurs on either day" in text


def test_the_text_names_the_day_and_the_table_its_columns():
    said = run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "hudson")
    assert (said.code, said.out.splitlines()[0]) == (0, "Recurring on 2027-03-31: 0 clients")
    assert "USD block 1,800.00; 0.0 % of sales recurs" in said.out
    table = run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "hudson", "--csv")
    assert table.out == "\ufeffclient,agreement,plan,line,label,quantity,unit_price,monthly,yearly,currency,source\r\n"


def test_movements_and_renewals_are_tables_of_their_own():
    found = revenue.Revenue(MARCH, date(2026, 12, 31))
    revenue._of_contract(found, running(change("2027-01-17", "users", 34, 36)))
    rows = revenue_report.movements_csv(found).splitlines()
    assert rows[1:] == ["more,acme,2026-support,users,124.00,USD,34 to 36"]
    rows = revenue_report.renewals_csv(found).splitlines()
    assert rows[0] == "\ufefflast_day,decide_by,client,agreement,monthly,yearly,currency"
    assert rows[1:] == ["2027-09-30,2027-07-30,acme,2026-support,2562.00,30744.00,USD"]


def told(*entries, on=MARCH, by=None, explain=False):
    found = revenue.Revenue(on, date(2026, 12, 31))
    revenue._of_contract(found, running(*entries))
    return found, revenue_report.as_text(found, by, explain=explain).split("\n\n")


def test_movements_stand_between_the_month_before_and_the_month_after():
    entries = change("2027-01-17", "users", 34, 36), change("2027-03-01", "server", 3, 4)
    assert told(*entries)[1][1].splitlines() == [
        "Since 2026-12-31",
        "  USD       2,438.00 a month before",
        "             +234.00 larger counts, new lines",
        "  USD       2,672.00 a month on 2027-03-31",
    ]
    assert told(*entries, explain=True)[1][1].splitlines()[3:5] == [
        "             +124.00 acme/2026-support users: 34 to 36",
        "             +110.00 acme/2026-support servers: 3 to 4",
    ]


def test_a_contract_that_began_comes_from_nothing_and_one_that_ended_goes_to_it():
    def since(before, on, contract):
        found = revenue.Revenue(on, before)
        revenue._of_contract(found, contract)
        text = revenue_report.as_text(found, None, explain=False)
        return [row.split(maxsplit=2) for row in text.partition("Since")[2].splitlines()[1:4]]

    began = since(date(2026, 9, 30), MARCH, running())
    assert began[0][:2] == ["USD", "0"]
    assert (began[1][0], began[2][1]) == ("+2,438.00", "2,438.00")
    ended = since(MARCH, date(2027, 10, 31), running(last=date(2027, 9, 30)))
    assert (ended[0][1], ended[1][0]) == ("2,438.00", "-2,438.00")
    assert ended[2][:2] == ["USD", "0"]


def test_one_client_is_not_called_clients_and_a_group_is_a_client_or_a_month():
    found, parts = told(by="client")
    assert parts[0].startswith("Recurring on 2027-03-31: 1 client\n")
    assert parts[1] == "By client\n  acme                     USD       2,438.00 a month"
    found.months = {MARCH: revenue.fees_of(found.lines)}
    assert list(revenue_report.grouped(found, "month")) == [("2027-03-31", "USD", *revenue.fees_of(found.lines)["USD"])]


def test_a_year_at_stake_is_twelve_months():
    found, parts = told()
    assert "2,438.00 USD a month, 29,256.00 a year; can be declined until 2027-07-30" in "\n".join(parts)
    (renewal,) = revenue_report.as_data(found, None, explain=False)["renewals"]
    assert (renewal["monthly"], renewal["yearly"]) == ("2438.00", "29256.00")
    assert "Contracted for the 12 months after that day\n  USD      14,628.00" in parts
