"""An edited file is read again before it is kept."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.repository.yaml_editor.checking import EditError, checked, data_of

AT = Origin("agreement.yaml", 4)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        (" \n", {}),
        ("# only a comment\n", {}),
        ("a: 1   # one\nb: [x, y]\n", {"a": "1", "b": ["x", "y"]}),
    ],
)
def test_the_content_is_dictionaries_lists_and_texts(text, data):
    assert data_of(text) == data


def test_a_text_that_holds_what_is_expected_is_kept_byte_for_byte():
    text = "a: 1   # one\n"
    assert checked(text, {"a": "1"}, AT, "what", "hint") is text


@pytest.mark.parametrize("text", ["a: 2\n", "a: 1\nb: 2\n", "a: [1\n", "a: 1\n a: 1\n"])
def test_any_other_content_or_none_at_all_is_refused_at_the_line_that_was_edited(text):
    with pytest.raises(EditError) as found:
        checked(text, {"a": "1"}, AT, "this list cannot be edited here", "write one entry a line")
    (problem,) = found.value.problems
    assert (problem.rule, problem.origin, problem.what) == ("line-form", AT, "this list cannot be edited here")
    assert problem.hint == "write one entry a line"
