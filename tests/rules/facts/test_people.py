"""What can be wrong with the people of an agreement."""

from datetime import date

import pytest

from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Step
from contract_assembly.rules.facts import problems
from tests.helpers.inputs_base import inputs

ROBERT, LENA = inputs().client.model.people
DANA, PRIYA = inputs().provider.model.people


def told(**changes):
    return [each.rule for each in problems(inputs(**changes))]


def changed(person, **facts):
    return person.model_copy(update=facts)


def ladder(*times):
    return tuple(Step(provider="dana", client="robert", after=Duration.parse(time)) for time in times)


def test_four_people_with_an_address_each_are_sound():
    assert told() == []


@pytest.mark.parametrize(
    ("name", "rules"), [("robert", []), ("lena", ["same-contact"]), ("nobody", ["unknown-person"])]
)
def test_a_deputy_is_another_person(name, rules):
    assert told(agreement__contacts__client__deputy=name) == rules


def test_a_side_of_one_person_may_have_no_deputy_or_name_its_contact():
    alone = {
        "client__people": (LENA,),
        "agreement__signatories__client": "lena",
        "agreement__contacts__escalation": (Step(provider="dana", client="lena", after=Duration(1, "hour")),),
    }
    for deputy in (None, "lena"):
        assert told(agreement__contacts__client__deputy=deputy, **alone) == []


def test_a_missing_deputy_is_a_warning_where_there_are_other_people():
    (found,) = problems(inputs(agreement__contacts__provider__deputy=None))
    assert (found.rule, found.level) == ("no-deputy", "warning")
    assert found.hint == "add deputy: dana; without one the contract promises no deputy"


@pytest.mark.parametrize(("email", "rules"), [("LENA@acme.example", ["shared-email"]), ("desk@acme.example", [])])
def test_contacts_have_an_address_each(email, rules):
    assert told(client__people=(changed(ROBERT, email=email), LENA)) == rules


def test_people_who_are_not_contacts_may_share_an_address():
    other = changed(LENA, id="other")
    assert told(client__people=(ROBERT, LENA, other)) == []


@pytest.mark.parametrize(("email", "rules"), [("Dana@northlight.example", ["both-sides"]), ("dana@acme.example", [])])
def test_no_person_is_on_both_sides(email, rules):
    assert told(client__people=(changed(ROBERT, email=email), LENA)) == rules


def test_a_person_on_both_sides_is_reported_at_the_clients_line():
    (found,) = problems(inputs(client__people=(ROBERT, changed(LENA, email=PRIYA.email))))
    assert found.origin == inputs().client.at("people.1.email")


@pytest.mark.parametrize(
    ("until", "rules"), [(date(2026, 9, 30), ["person-left"]), (date(2026, 10, 1), []), (None, [])]
)
def test_a_contact_is_still_there_on_the_first_day(until, rules):
    assert told(client__people=(ROBERT, changed(LENA, until=until))) == rules


@pytest.mark.parametrize(
    ("times", "rules"),
    [
        (("1 business hour", "2 business hours"), []),
        (("1 business hour", "1 business hour"), []),
        (("10 business hours", "1 business day"), []),
        (("2 business hours", "1 business hour"), ["escalation-order"]),
        (("1 business day", "9 business hours"), ["escalation-order"]),
    ],
)
def test_the_ladder_never_steps_back_in_time(times, rules):
    assert told(agreement__contacts__escalation=ladder(*times)) == rules


def test_a_step_back_is_told_at_the_step_that_comes_too_soon():
    (found,) = problems(inputs(agreement__contacts__escalation=ladder("1 hour", "2 hours", "1 hour")))
    assert "step 3 is reached sooner than step 2" in found.what
    assert found.origin == inputs().agreement.at("contacts.escalation.2.after")
