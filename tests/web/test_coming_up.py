"""What comes up, against the command `due`."""

from datetime import date, timedelta

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties.upcoming import upcoming
from contract_assembly.repository.inputs import Repository
from contract_assembly.web import templates
from contract_assembly.web.coming_up import client_due_page, due_page
from contract_assembly.web.page import PageRequest
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot(REPOSITORY, ON)


@pytest.mark.parametrize(("days", "ahead"), [("30", 30), ("90", 90), ("", 90), ("1000000", 90), ("x", 90)])
def test_the_duties_and_their_order_are_those_of_the_command(snapshot, days, ahead):
    repository = Repository(REPOSITORY)
    expected = upcoming(repository, repository.every_agreement()[0], DateRange(ON, ON + timedelta(days=ahead)))
    page = due_page(PageRequest(snapshot, query={"days": days}))
    assert [each.duty for each in page.values["shown"].rows] == list(expected.duties)
    assert [each.left for each in page.values["shown"].rows] == [(each.last - ON).days for each in expected.duties]


def test_the_page_of_a_client_has_the_year_with_the_steps_of_each_date(snapshot):
    page = client_due_page(PageRequest(snapshot, {"client": "cedar"}))
    html = templates.rendered(page, str, on=ON)
    (decision,) = [each for each in page.values["shown"].rows if each.duty.last == date(2027, 7, 30)][:1]
    assert decision.duty.way is not None
    for step in decision.duty.way.steps:
        assert step.source in html


def test_a_client_that_is_not_there_is_refused_with_the_nearest_name(snapshot):
    with pytest.raises(RefusedError) as error:
        client_due_page(PageRequest(snapshot, {"client": "ceder"}))
    assert error.value.problems[0].hint == "did you mean cedar?"
    with pytest.raises(RefusedError, match="cannot be the name"):
        client_due_page(PageRequest(snapshot, {"client": "../acme"}))
