"""What moved, against the command `revenue --since`."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.revenue import of_pairs
from contract_assembly.billing.revenue_report import movements_csv as csv_of_the_command
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web import templates
from contract_assembly.web.movements import KINDS, movements_csv, movements_page
from contract_assembly.web.page import PageRequest
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY

ON, SINCE = date(2027, 3, 31), date(2026, 9, 30)


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot(REPOSITORY, ON)


@pytest.fixture(scope="module")
def made():
    repository = Repository(REPOSITORY)
    return of_pairs(repository, repository.every_agreement()[0], ON, SINCE)


def asked(snapshot, **query):
    return PageRequest(snapshot, query={"since": str(SINCE), **query}, served=True)


def by_client(movements):
    return tuple(sorted(movements, key=lambda each: each.client))


def html(page):
    return templates.rendered(page, str, on=ON, served=True)


def test_the_movements_are_those_of_the_command(snapshot, made):
    assert {each.why for each in made.movements} == {"new", "price", "ended"}
    assert movements_page(asked(snapshot)).values["shown"].rows == by_client(made.movements)
    listed = movements_csv(asked(snapshot)).data.decode().splitlines()
    assert sorted(listed) == sorted(csv_of_the_command(made).splitlines())


def test_the_sums_lead_from_the_one_day_to_the_other_in_each_currency(snapshot):
    found = movements_page(asked(snapshot)).values["bridges"]
    assert [each.before.currency for each in found] == ["GBP", "USD"]
    for each in found:
        assert each.before.amount + sum(amount.amount for _, amount in each.reasons) == each.after.amount
    assert dict(found[1].reasons)["ended"].amount == Decimal("-495.00")


def test_each_line_has_its_name_and_working(snapshot, made):
    page = html(movements_page(asked(snapshot)))
    for each in made.movements:
        assert each.label in page
        assert each.working in page


@pytest.mark.parametrize("why", KINDS)
def test_a_reason_can_be_looked_at_alone(snapshot, made, why):
    page = movements_page(asked(snapshot, why=why))
    assert page.values["shown"].rows == by_client(each for each in made.movements if each.why == why)


def test_without_a_day_it_is_a_year(snapshot):
    assert movements_page(PageRequest(snapshot)).values["since"] == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("yesterday", "is not a date"),
        ("2027-02-30", "is not a day of the calendar"),
        ("2027-03-31", "is not before 2027-03-31"),
        ("<b>", "is not a date"),
    ],
)
def test_what_is_no_earlier_day_is_told_beside_the_field_and_refused_as_csv(snapshot, text, words):
    page = movements_page(PageRequest(snapshot, query={"since": text}, served=True))
    assert page.status == 422
    assert words in page.values["wrong"]
    assert 'aria-invalid="true"' in html(page)
    assert "<b>" not in html(page)
    with pytest.raises(RefusedError, match=words):
        movements_csv(PageRequest(snapshot, query={"since": text}))


def test_a_folder_that_cannot_be_read_has_its_problems_and_nothing_moved(tmp_path):
    (tmp_path / "agreements" / "acme").mkdir(parents=True)
    (tmp_path / "agreements" / "acme" / "client.yaml").write_text("party: [\n")
    page = movements_page(PageRequest(Snapshot(tmp_path, ON)))
    assert page.values["bridges"] == ()
    assert "Nothing recurs on either day." in html(page)


def test_each_day_to_choose_from_comes_once(tmp_path):
    def days(on):
        return [each for _, each in movements_page(PageRequest(Snapshot(tmp_path, on))).values["days"]]

    assert days(date(2027, 3, 31)) == [date(2027, 2, 28), date(2026, 12, 31), date(2026, 3, 31)]
    assert days(date(2027, 1, 4)) == [date(2026, 12, 31), date(2026, 1, 4)]
