"""Service Credits for letters."""

from datetime import date

from contract_assembly.core.values import DateRange, Money
from contract_assembly.letters.credit_view import Credits, credit_rows, credits_of, given_by
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY
from tests.helpers.months import miss, month, service


def sample():
    repository = Repository(REPOSITORY)
    inputs = repository.inputs("acme", "2026-support")
    figures = repository.load(type(service().model), "agreements/acme/2026-support/service.yaml")
    return repository, inputs, figures


def test_a_letter_shows_the_credits_that_are_charged():
    repository, inputs, figures = sample()
    found = credits_of(repository, inputs, figures)
    assert [(str(each.days.first), str(each.amount.amount)) for each in found.months] == [("2027-03-01", "145.40")]
    assert (found.sources, found.history) == (("agreements/acme/2026-support/changes.yaml",), False)
    row = credit_rows(figures, found.months, "year.service_credits").items[0]
    assert row.entries["month"].value == date(2027, 3, 1)


def test_without_months_there_are_none():
    repository, inputs, _ = sample()
    assert credits_of(repository, inputs, None) == credits_of(repository, inputs, service()) == Credits()


def test_a_month_belongs_to_the_days_in_which_it_ended():
    repository, inputs, figures = sample()
    found = credits_of(repository, inputs, figures)
    assert len(found.within(DateRange(date(2027, 3, 16), date(2027, 6, 15)))) == 1
    assert found.within(DateRange(date(2026, 12, 16), date(2027, 3, 15))) == ()


def test_credits_by_hand_count_up_to_the_day():
    figures = service(
        month("2027-03-01", P3=(4, 4)), missed=[miss("2027-02-01", "5.00 USD"), miss("2027-05-01", "7.00 USD")]
    )
    assert list(given_by(figures.model, (), date(2027, 4, 30))) == [Money.parse("5.00 USD")]
