"""Where values of a YAML text are, and texts set in their places."""

import pytest

from contract_assembly.repository.yaml_editor import parts
from contract_assembly.repository.yaml_editor.places import placed, with_texts
from tests.helpers.corpus import REPOSITORY

SAMPLES = sorted(REPOSITORY.glob("agreements/*/*/agreement.yaml"))


def test_a_value_has_the_place_of_its_key_and_an_item_that_of_what_is_behind_its_dash():
    text = "fees:\n  prices:\n    - {line: users, price: 63.00 USD}\n    - line: seats\n"
    tree = placed(text)
    assert (tree.at(("fees", "prices")).line, tree.at(("fees", "prices")).column) == (1, 2)
    assert (tree.at(("fees", "prices", 1)).line, tree.at(("fees", "prices", 1)).column) == (3, 6)
    price = tree.at(("fees", "prices", 0, "price"))
    assert text[price.start : price.end] == "63.00 USD"
    assert [tree.at(("fees", "prices", n)).flows for n in (0, 1)] == [True, False]
    assert [tree.at(path).kind for path in ((), ("fees", "prices"), ("fees", "prices", 1, "line"))] == [
        "mapping",
        "list",
        "text",
    ]


def test_what_is_not_there_is_told_as_a_missing_key():
    tree = placed("a: [1]\n")
    assert [tree.has(path) for path in (("a",), ("a", 0), ("a", 1), ("b",), ("a", 0, "c"))] == [
        True,
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(KeyError):
        tree.at(("a", 1))
    assert placed("").inside == placed("# nothing\n").inside == {}


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: 1\n", "2", "a: 2\n"),
        ("a: 1", "2026-01-02", "a: 2026-01-02"),
        ("a: 'one'   # why\n", "two", "a: 'two'   # why\n"),
        ('a: "one"\n', "two", 'a: "two"\n'),
        ("a: one   # why\n", "three", "a: three # why\n"),
        ("a: one   # why\n", "seventeen", "a: seventeen # why\n"),
        ("a: seven # why\n", "2", "a: 2     # why\n"),
        ("é: ü\na: é  # ü\n", "1", "é: ü\na: 1  # ü\n"),
        ("b: {a: 1}\na: 1\n", "2", "b: {a: 1}\na: 2\n"),
        ("a: one\r\nb: 2\r\n", "two", "a: two\r\nb: 2\r\n"),
    ],
)
def test_a_text_takes_the_place_of_another_and_no_other_byte_changes(before, value, after):
    assert with_texts(before, {("a",): value}) == after


def test_texts_in_braces_are_set_where_they_are():
    text = "a:\n  - {b: 1, c: two, d: 3}   # why\n  - {b: 4}\n"
    assert with_texts(text, {("a", 0, "b"): "10", ("a", 0, "d"): "30", ("a", 1, "b"): "5"}) == (
        "a:\n  - {b: 10, c: two, d: 30} # why\n  - {b: 5}\n"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("b: 1\n", "2"),
        ("a: {b: 1}\n", "2"),
        ("a: [1]\n", "2"),
        ("a: |\n  one\n", "2"),
        ("a: >\n  one\n", "2"),
        ("a: one\n  two\n", "2"),
        ('a: "one\n  two"\n', "2"),
        ("a:\n", "2"),
        ("a: 1\n", "- 2"),
        ("a: 1\n", "b: 2"),
        ("a: 1\n", "2 #3"),
        ("a: 1\n", ""),
        ("a: 1\n", "it's"),
        ("{a: 1, b: '#'} # why\n", "2"),
    ],
)
def test_what_is_in_another_form_is_left_to_the_library(text, value):
    assert with_texts(text, {("a",): value}) is None


def test_a_place_in_what_is_not_there_is_our_fault():
    with pytest.raises(KeyError):
        with_texts("a: 1\n", {("b", "c"): "2"})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parts[-3])
@pytest.mark.parametrize("value", ["7", "12 months of all that there is"])
def test_samples_are_written_as_the_library_writes_them(path, value):
    text = path.read_text("utf-8")
    values = {place: value for place, _ in _texts(placed(text), ()) if with_texts(text, {place: value})}
    assert len(values) > 20
    assert with_texts(text, values) == parts._in_tree(text, values, ())


def _texts(tree, path):
    for key, each in tree.inside.items():
        if each.kind == "text":
            yield (*path, key), each
        else:
            yield from _texts(each, (*path, key))
