"""The simplest form of YAML: the same facts and lines as the strict reader, or nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import refusal
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import origins
from contract_assembly.facts.simple_yaml import _UNUSUAL, MOST, read
from tests.helpers.changed import ROOT

FILES = sorted(each for folder in ("agreements", "provider", "clauses/law") for each in (ROOT / folder).rglob("*.yaml"))
# What lines are made of, and what lies between them: valid and invalid, simple and not.
DASHES = ("", "- ", "-", "- - ", "-  ")
KEYS = ("", "a: ", "b:", "c: ", "long_name: ", "with-hyphen: ", "a : ", "null: ", "<<: ", '"q": ', "1st: ", "é: ", "a:")
VALUES = (
    "", "x", "34", "34 users", "62.00 USD", "yes", "null", "~", "x: y", "x:y", "x:", "x #y", "x # y", "x  # y", "# y", "#y", "x#y",
    "#", '"x"', '" x"', '"x" # y', '"x" #y', '"x\\n"', '"it\'s"', "'x'", "'it''s'", '""', "[]", "{}", "[x]", "[x, y]", "[x, [y]]",
    "[x,y]", "[x, ]", "[x: y]", "{a: x}", "{a: x, b: y}", "{a: x, a: y}", "{a: [x, y], b: {c: d}}", "{a: {b: {c: {d: e}}}}", "{a: x",
    '{a: "x, y"}', "{a: x} # y", "{a: x} #y", "{a: 1.5 %, b: +1 518}", "{a: -x}", "{a:x}", "{a}", "&x y", "*x", "!x y", "|", ">", "- x",
    "? x", "%x", "@x", "x,y", "x [y]", "x {y}", "x {{y}}", '"{{y}}"', "{a: {b: c}}", "£5", "a – b", "x\u00a0y", "x\ty", "x ", "...",
    "---", "\u2028", "(x)", "/x", ".5", "5 > 4", "x'y", 'x"y', "[x] y",
    "[]", "[ ]", "[] x", "{a: [], b: {}}", "{a: 'x, y'}", "{a: 'it''s'}", "{a: ' x'}", "{a: it's; so = 5 $, £5}", "{a: 'x}", "['x' y]",
    "[x’s – y]", "[*, x]", '["*"]', "{a: x:}", "{a: x:y}", "{a: x #y}", "[null]", "{null: x}", "{a: ;}", "{'a': x}", "[=x]", "[x=]",
)  # fmt: skip
LINE = st.builds(
    lambda indent, dash, key, value: f"{' ' * indent}{dash}{key}{value}",
    st.integers(0, 5), st.sampled_from(DASHES), st.sampled_from(KEYS), st.sampled_from(VALUES),
)  # fmt: skip
OTHERS = st.sampled_from(
    ("", "# a comment", "  # another", "   ", "a:", "b:", "  - x", "- x", "  - a: x", "    b: y", "  c: z")
)
GOOD = st.sampled_from(
    (
        "x",
        "34 users",
        "62.00 USD",
        "yes",
        "x # y",
        '"x, y"',
        "'x'",
        "[x, y]",
        "{a: x, b: [y]}",
        "a – b",
        "x:y",
        "[]",
        "{a: 'x'}",
    )
)


def indented(lines, by):
    return [f"{' ' * by}{each}" for each in lines]


def mapping(inside):
    """Lines of a mapping: a value after a key, or lines below it."""
    entry = st.tuples(GOOD.map(lambda value: [value]) | inside, st.integers(0, 4))
    entries = st.dictionaries(st.sampled_from("abcde"), entry, min_size=1, max_size=3)

    def lines(found):
        for key, (below, by) in found.items():
            yield from [f"{key}: {below[0]}"] if len(below) == 1 else [f"{key}:", *indented(below, by)]

    return entries.map(lambda found: list(lines(found)))


def sequence(inside):
    """Lines of a list, with the first line of each entry after its dash."""
    entries = st.lists(GOOD.map(lambda value: [value]) | inside, min_size=1, max_size=3)
    return entries.map(lambda found: [line for first, *rest in found for line in (f"- {first}", *indented(rest, 2))])


WELL_FORMED = st.recursive(
    st.just(["a: x", "b: y"]), lambda inside: mapping(inside) | mapping(sequence(inside)), max_leaves=6
)
SPOILT = st.builds(  # a line put in, or in the place of another
    lambda lines, at, line, out: [*lines[:at], line, *lines[at + out :]],
    WELL_FORMED, st.integers(0, 6), LINE | OTHERS, st.integers(0, 1),
)  # fmt: skip
TEXT = (WELL_FORMED | SPOILT | st.lists(LINE | OTHERS, max_size=8)).map("\n".join)


def strictly(text, first_line=1, *, template=False):
    """What the strict reader makes of a text; None where it refuses."""
    try:
        node = strict_yaml.load(text, "f.yaml", first_line, template=template)
    except RefusedError:
        return None
    return strict_yaml.plain(node), list(origins(node).items())


def simply(text, first_line=1, *, template=False):
    found = read(text, "f.yaml", first_line, template=template)
    return found and (found.data, list(found.origins.items()))


@given(TEXT | st.text(max_size=40))
@example("a:\n- x\nb: y")
@example("a:\n  b:\n  - x: y\n    z: w\n  c: d\n- e")
@example("a: x\n  b: y")
@example("a: x\n  - y")
@example("- a: x\n  b: y")
@example("a:\n    b: x\n  c: y")
@example("a: {b: {c: d}}")
@example("a: {{b}}")
@example("a: {b: {c: x}}\nd: x}}")
def test_what_it_reads_is_what_the_strict_reader_reads(text):
    found = simply(text)
    assert found is None or found == strictly(text)


@given(TEXT)
@example('title: "{{ name }}"')
@example("title: {{ name }}")
@example("title: of {{ name }}")
@example("titles: [of {{ name }}]")
def test_the_same_goes_for_a_template_that_begins_on_a_later_line(text):
    found = simply(text, 7, template=True)
    assert found is None or found == strictly(text, 7, template=True)


@given(WELL_FORMED.map("\n".join))
def test_what_is_well_formed_and_simple_is_read(text):
    found = simply(text)
    assert found == strictly(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_committed_files_are_read_alike(path):
    text = path.read_text("utf-8")
    found = simply(text)
    assert found is None or found == strictly(text)


def test_nearly_every_file_of_a_client_is_in_the_simplest_form():
    texts = [each.read_text("utf-8") for each in (ROOT / "agreements").rglob("*.yaml")]
    assert sum(read(each, "f.yaml") is not None for each in texts) > len(texts) * 0.9


def test_every_clause_begins_in_the_simplest_form():
    fronts = [each.read_text("utf-8").split("---\n")[1] for each in (ROOT / "clauses").rglob("*.md")]
    assert [front for front in fronts if read(front, "f.md") is None] == []
    assert [front for front in fronts if simply(front, 2) != strictly(front, 2)] == []


def test_a_fact_has_its_path_and_its_line():
    text = "# sample\nfees:\n  lines:\n    - {id: backup, price: 5.00 USD}   # each\n    - id: printer\n"
    found = read(text, "f.yaml")
    assert found.data == {"fees": {"lines": [{"id": "backup", "price": "5.00 USD"}, {"id": "printer"}]}}
    assert found.origins["fees.lines.0.price"] == Origin("f.yaml", 4)
    assert found.origins["fees.lines.1.id"] == Origin("f.yaml", 5)


def test_no_character_that_it_takes_is_refused_in_a_fact():
    taken = [chr(n) for n in range(0x11000) if not _UNUSUAL.search(chr(n)) and chr(n) not in "\n{}"]
    assert [each for each in taken if refusal(each) or (each.isspace() and each != " ")] == []


def test_a_long_text_is_left_to_the_strict_reader():
    assert read("a: x\n" + "# comment\n" * (MOST // 10), "f.yaml") is None
    assert read(f"a: {'x' * 3000}\n", "f.yaml") is None
