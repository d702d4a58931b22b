"""The words of a field in a template."""

import pytest

from contract_assembly.actions.edit.fields import Field
from contract_assembly.actions.edit.shapes import Shape
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Money
from contract_assembly.web.edit.words import form_at, hint_of, is_day, is_in_digits, money, unchosen


def field(kind, value="", **shape):
    return Field("x", Shape("x", "X", kind, **shape), "X", value)


def test_a_kind_of_value_explains_itself():
    assert hint_of(field("money")) == "An amount and its currency, like 62.00 USD."
    assert hint_of(field("text", usual="English")).strip() == "If it is empty: English."
    assert hint_of(field("text")) == ""


@pytest.mark.parametrize(("value", "shown"), [("", True), ("2026-10-01", True), ("2026-02-30", False), ("soon", False)])
def test_a_calendar_shows_only_what_is_a_day(value, shown):
    assert is_day(field("date", value)) is shown
    assert is_day(field("text", value)) is False


def test_the_choice_of_nothing_says_what_then_counts():
    assert unchosen(field("choice", is_required=True)) == "Choose one"
    assert unchosen(field("choice", usual="month-end")) == "Usual: With the end of a calendar month"
    assert unchosen(field("choice")) == "Not chosen"


def test_numbers_get_digits_and_amounts_their_currency():
    assert is_in_digits(field("whole-number"))
    assert not is_in_digits(field("money"))
    assert money(Money.parse("1250.00 USD")) == "1,250.00 USD"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("agreements/acme/client.yaml", "/clients/acme/edit?line=7"),
        ("agreements/acme/2026-support/agreement.yaml", "/agreements/acme/2026-support/edit?line=7"),
        ("agreements/acme/2026-support/changes.yaml", ""),
        ("clauses/fees.md", ""),
    ],
)
def test_a_place_leads_to_its_form(path, address):
    assert form_at(Origin(path, 7)) == address
