"""A change that is asked for, before it is entered in changes.yaml."""

from datetime import date

import pytest

from contract_assembly.billing.new_change import ChangeRequest, proposed, subject, subjects, with_entries
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.changes import Changes
from contract_assembly.facts.fields import located
from tests.helpers.running import PATH, change, running, usd

ON, ASKED = date(2027, 1, 17), date(2027, 1, 12)


def asked(*values, **more):
    return ChangeRequest(
        tuple(subject(each) for each in values), **{"on": ON, "asked": ASKED, "asked_by": "lena", **more}
    )


def refused(found, wanted):
    with pytest.raises(RefusedError) as error:
        proposed(found, wanted)
    return error.value.problems


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("users=36", (("users", ""), "36")),
        ("price:users=60.00 USD", (("price", "users"), "60.00 USD")),
        ("site: Depot = covered", (("site", "Depot"), "covered")),
    ],
)
def test_a_subject_has_a_name_where_there_are_several(text, found):
    assert subject(text) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [("users", "write it like users=36"), ("users=", "write it like users=36"), ("user=3", "did you mean users")],
)
def test_what_is_not_a_change_is_refused_with_a_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        subject(text)


def test_one_thing_has_one_value():
    assert len(subjects(["users=36", "price:users=60.00 USD"])) == 2
    with pytest.raises(ValueError, match="server appears 2 times: give it one value"):
        subjects(["server=4", "users=36", "server=5"])


def test_an_entry_names_the_value_of_the_day_before_and_the_new_one():
    (entry,) = proposed(running(), asked("users=36")).entries
    assert (entry.what, entry.before, entry.to, entry.on, entry.asked, entry.asked_by) == (
        "users",
        "34",
        "36",
        ON,
        ASKED,
        "lena",
    )


def test_what_is_entered_already_is_not_entered_again():
    there = running(change(ON, "users", 34, 36))
    assert proposed(there, asked("users=36")).entries == ()


def test_the_effect_and_the_fewest_that_a_request_allows_come_with_it():
    found = proposed(running(), asked("users=36"))
    assert found.effect.difference == usd("124.00")
    assert [what for what, _ in found.fewest] == ["users"]
    assert found.fewest[0][1] < 34


def test_a_mistake_is_reversed_by_an_entry_the_other_way():
    wrong = running(change(ON, "users", 34, 63))
    (entry,) = proposed(wrong, asked("users=63", reverse=True)).entries
    assert (entry.before, entry.to, entry.reverses) == ("63", "34", True)


def test_there_must_be_something_to_reverse():
    (problem,) = refused(running(), asked("users=63", reverse=True))
    assert problem.rule == "nothing-to-reverse"


def test_an_unknown_line_is_refused_with_the_nearest():
    (problem,) = refused(running(), asked("price:user=60.00 USD"))
    assert problem.rule == "unknown-subject"
    assert "users" in problem.hint


def test_a_new_file_begins_with_its_schema_and_reads_back():
    entries = proposed(running(), asked("users=36")).entries
    text = with_entries("", PATH, entries)
    assert text.startswith("# yaml-language-server: $schema=")
    assert located(Changes, strict_yaml.load(text, PATH)).model.changes == entries


def test_entries_are_added_below_the_others_and_comments_stay():
    first = with_entries("", PATH, proposed(running(), asked("users=36")).entries) + "# asked on the phone\n"
    there = running(change(ON, "users", 34, 36))
    text = with_entries(first, PATH, proposed(there, asked("server=4")).entries)
    assert [each.what for each in located(Changes, strict_yaml.load(text, PATH)).model.changes] == ["users", "server"]
    assert "# asked on the phone" in text


def test_what_is_wrong_with_an_entry_that_is_not_written_yet_has_no_line():
    assert [(each.rule, each.origin) for each in refused(running(), asked("users=36", asked_by="nobody"))] == [
        ("unknown-person", None)
    ]
