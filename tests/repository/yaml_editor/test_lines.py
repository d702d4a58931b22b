"""YAML edited line by line."""

from contract_assembly.repository.yaml_editor import indent_of, is_in_brackets
from tests.helpers.yaml_texts import TEXT, changed


def test_lines_are_put_below_a_key_before_what_was_there():
    assert changed(lines={("id",): ["renews: 2025"], ("fees", "prices"): ["    - {line: a}"]}) == [
        "+ renews: 2025",
        "+     - {line: a}",
    ]


def test_how_far_entries_are_indented_is_read_from_the_file():
    assert indent_of(TEXT, ("fees", "prices")) == 4
    assert indent_of(TEXT, ("fees",)) == 2
    assert indent_of("a:\n- b\n", ("a",)) == 0
    assert indent_of(TEXT, ("nothing", "here")) == 4
    assert not is_in_brackets(TEXT, ("fees", "prices"))
    assert is_in_brackets("a: [b]\n", ("a",))
