"""Small forms that are not a file."""

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.web.edit.asked_form import ask, by_word, form_page, sent, together, wrong

SHAPE = together(
    "",
    "",
    ask("on", "First day", "date"),
    ask("count", "Users", "whole-number", needed=False),
    together("who", "Who", ask("name", "Name")),
)


def test_what_is_missing_or_of_another_kind_is_told_at_its_field():
    assert wrong(SHAPE, sent(SHAPE, {})) == {
        "on": ("First day cannot be empty.",),
        "who.name": ("Name cannot be empty.",),
    }
    found = sent(SHAPE, {"on": ("2026-02-30",), "count": ("3x",), "who.name": ("a\u202eb",)})
    told = wrong(SHAPE, found)
    assert list(told) == ["on", "count", "who.name"]
    assert "not a day of the calendar" in told["on"][0]
    assert wrong(SHAPE, sent(SHAPE, {"on": ("2026-02-28",), "who.name": ("Jo",)})) == {}


def test_problems_are_told_at_the_field_that_they_speak_of():
    problems = (
        Problem("unknown-person", "asked_by: jo is not one of the client's people", None, "did you mean joe?"),
        Problem("no-place", "nothing says where acme is", None, "add --place"),
        Problem("other", "something else", Origin("x.yaml")),
    )
    told, others = by_word(problems, {"asked_by": "who", "no-place": "where"}, {"no-place": "Choose it."})
    assert told == {"who": ("jo is not one of the client's people. Did you mean joe?",), "where": ("Choose it.",)}
    assert [each.rule for each in others] == ["other"]


def test_a_page_has_the_form_with_its_faults_in_order():
    page = form_page(
        "change.html", "T", SHAPE, {"on": "x"}, options={}, values={"a": 1}, told={"who.name": ("No.",)}, status=422
    )
    assert [(each.path, what) for each, what in page.values["wrong"]] == [("who.name", "No.")]
    assert (page.status, page.holds, page.values["a"]) == (422, True, 1)
