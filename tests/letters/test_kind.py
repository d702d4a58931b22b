"""Who writes a document, and who gets it."""

from datetime import date

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.letters.kind import person_of
from tests.helpers.inputs_base import inputs

AT = Origin("agreements/acme/2026-support/documents/letter.yaml", 4)


def issued(**facts):
    said = {"document": "cover-letter", "date": "2026-11-30", **facts}
    return Located(Issued.model_validate(said), {"": AT, "writer": AT, "reader": AT})


def with_left(side, name, until):
    file = getattr(inputs(), side).model
    people = tuple(each.model_copy(update={"until": until}) if each.id == name else each for each in file.people)
    return inputs(**{f"{side}__people": people})


def refused(found, document, role):
    with pytest.raises(RefusedError) as error:
        person_of(found, document, role)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize(("role", "side"), [("writer", "provider"), ("reader", "client")])
def test_without_a_name_it_is_the_point_of_contact(role, side):
    name = getattr(inputs().agreement.model.contacts, side).primary
    wanted = next(each for each in getattr(inputs(), side).model.people if each.id == name)
    found = person_of(inputs(), issued(), role)
    assert str(found.entries["email"].value) == wanted.email
    assert found.entries["email"].key.startswith(f"document.{role}")


@pytest.mark.parametrize(("role", "side"), [("writer", "provider"), ("reader", "client")])
def test_somebody_unknown_is_refused_with_the_nearest(role, side):
    name = getattr(inputs(), side).model.people[0].id
    problem = refused(inputs(), issued(**{role: f"{name}x"}), role)
    assert (problem.rule, problem.origin) == ("unknown-person", AT)
    assert problem.what == f"{role}: {name}x is not one of the {side}'s people"
    assert name in problem.hint


def test_somebody_who_has_left_signs_nothing_and_gets_nothing():
    name = inputs().client.model.people[0].id
    left = with_left("client", name, date(2026, 11, 29))
    assert refused(left, issued(reader=name), "reader").rule == "person-left"


def test_on_the_last_day_they_still_do():
    name = inputs().client.model.people[0].id
    assert person_of(with_left("client", name, date(2026, 11, 30)), issued(reader=name), "reader")
