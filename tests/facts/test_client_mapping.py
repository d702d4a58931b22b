from decimal import Decimal

import pytest

from contract_assembly.facts.client_mapping import ClientMapping, amount, problems
from contract_assembly.facts.fields import located
from contract_assembly.facts.strict_yaml import load
from tests.helpers.corpus import REPOSITORY

FILES = sorted(
    path for path in (REPOSITORY / "provider/mappings").glob("*.yaml") if "\nkind: clients\n" in path.read_text("utf-8")
)


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1250", "point", "1250"), ("$1,250.00", "point", "1250.00"), ("1,250.5 USD", "point", "1250.5"), ("US$ 80", "point", "80"),
        ("1.250,00 €", "comma", "1250.00"), ("1 250,00", "comma", "1250.00"), ("1’250.00", "point", "1250.00"), ("£1,234,567.89", "point", "1234567.89"),
    ],
)  # fmt: skip
def test_amounts_are_read_with_signs_and_marks_between_thousands(text, decimal, value):
    assert amount(text, decimal) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("=B2*12", "point"), ("-80.00", "point"), ("(80.00)", "point"), ("1.250,00", "point"), ("12,50", "point"), ("1,250", "comma"),
        ("80 a month", "point"), ("", "point"), ("0.00", "point"), ("1,2,3", "point"), ("1.234", "point"),
    ],
)  # fmt: skip
def test_what_could_be_another_amount_is_refused(text, decimal):
    with pytest.raises(ValueError, match=r"amount|fee"):
        amount(text, decimal)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_mapping_that_comes_with_the_program_is_sound(path):
    assert list(problems(located(ClientMapping, load(path.read_text("utf-8"), path.name)))) == []


def test_there_is_a_plain_one_and_one_for_each_system_that_was_looked_up():
    assert {path.stem for path in FILES} == {
        "clients",
        "connectwise-agreements",
        "autotask-contracts",
        "halopsa-contracts",
    }


def test_what_a_mapping_leaves_open_is_listed_at_once():
    text = """kind: clients
name: Ours
dates: ["%d/%m"]
columns: {company: Name, first_day: From, last_day: To, price: Fee}
values: {price: "80", colour: red}
"""
    found = [each.what for each in problems(located(ClientMapping, load(text, "ours.yaml")))]
    assert found == [
        "'%d/%m' does not hold a whole day: year, month and day", "values: price is in columns, too", "values: colour is not known here",
        "place has neither a column nor a value", "renewal has neither a column nor a value", "notice has neither a column nor a value",
    ]  # fmt: skip
