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
