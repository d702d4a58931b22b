"""`build.py deviations`."""

import json

from tests.helpers.command_output import rows
from tests.helpers.corpus import REPOSITORY, run


def test_every_form_lists_the_same_departures():
    said = run(REPOSITORY, "deviations", "--client", "pecan")
    found = json.loads(run(REPOSITORY, "deviations", "--client", "pecan", "--json").out)["deviations"]
    assert said.code in {0, 1}
    assert len(rows(REPOSITORY, "deviations", "--client", "pecan")) == len(found) > 0


def test_a_client_that_does_not_exist_is_named_with_the_nearest():
    said = run(REPOSITORY, "deviations", "--client", "pecam")
    assert said.code == 1
    assert "did you mean pecan" in said.err
