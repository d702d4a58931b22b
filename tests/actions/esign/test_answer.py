"""Answers of a service are read with suspicion."""

import pytest

from contract_assembly.actions.esign.answer import Answer
from contract_assembly.core.problems import RefusedError


@pytest.mark.parametrize("value", [7, "envelope_ab-1"])
def test_an_id_is_a_number_or_a_short_text(value):
    assert Answer({"id": value}).id() == str(value)


@pytest.mark.parametrize("value", [None, True, "", "a/../b", "a b", "é", "x" * 101, 1.5, [], "1\n"])
def test_what_is_no_id_never_gets_into_a_path(value):
    with pytest.raises(RefusedError, match=r"the answer has no id \[esign-answer\]"):
        Answer({"id": value}).id()


def test_null_is_an_empty_text_and_another_type_is_refused():
    assert (Answer({"name": None}).text("name"), Answer({}).text("name")) == ("", "")
    for found in ({"name": 1}, [], None, "text"):
        with pytest.raises(RefusedError):
            Answer(found).text("name")


def test_a_list_and_a_status_are_as_documented():
    assert [each.id() for each in Answer({"data": [{"id": 1}, {"id": 2}]}).list("data")] == ["1", "2"]
    with pytest.raises(RefusedError, match="no list data"):
        Answer({"data": {}}).list("data")
    with pytest.raises(RefusedError, match="status in the answer is 'new', which is not documented"):
        Answer({"status": "new"}).one_of("status", {"old": 1})
