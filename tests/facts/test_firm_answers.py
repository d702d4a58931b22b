import pytest

from contract_assembly.facts.firm_answers import Answers, AskedAddress, Employee, Hours, fault


@pytest.mark.parametrize(
    ("model", "name", "text"),
    [
        (Answers, "email", "hello@harbor.example"),
        (Answers, "hourly", "100.00 USD"),
        (Answers, "registration", "DOS ID 1"),
        (Employee, "phone", "+1 518 555 0151"),
        (Hours, "days", "Monday to Friday"),
    ],
)
def test_a_right_answer_has_no_fault(model, name, text):
    assert fault(model, name, text) is None


@pytest.mark.parametrize(
    ("model", "name", "text", "said"),
    [
        (Answers, "email", "hello", "not an email address"),
        (Answers, "hourly", "100", "write it like 1250.00 USD"),
        (Answers, "name", "", "at least 1 character"),
        (Employee, "phone", "0518", "0518"),
        (Hours, "opens", "8 am", "8 am"),
    ],
)
def test_a_wrong_answer_is_a_sentence(model, name, text, said):
    assert said in str(fault(model, name, text))


def test_the_country_of_the_address_is_that_of_the_place():
    asked = AskedAddress(lines=("12 Quay Street",), city="Albany", region="NY", postcode="12207")
    assert asked.in_country("US").country == "US"
