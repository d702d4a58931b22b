"""Templates, closed down: they branch, loop and print worded facts, and a fact is never markup."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.clauses.fill import compiled, fill, holds
from contract_assembly.clauses.parse import opened, parse
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.sentinels import TOKEN, without_tokens
from contract_assembly.core.text import refusal
from contract_assembly.core.values import Money
from contract_assembly.document import tree as d
from contract_assembly.facts.template_values import Fact, Record, Series

START = Origin("clauses/x.md", 5)


def fact(value, key="some.fact"):
    return Fact(value, key, Origin("facts.yaml", 7))


def record(key="it", **entries):
    views = {n: v if isinstance(v, Record | Series) else fact(v, f"{key}.{n}") for n, v in entries.items()}
    return Record(views, key, START)


def series(*values, key="names"):
    return Series(
        tuple(v if isinstance(v, Record) else fact(v, f"{key}.{n}") for n, v in enumerate(values)), key, START
    )


def filled(text, **facts):
    views = {n: v if isinstance(v, Record | Series) else fact(v, n) for n, v in facts.items()}
    return fill(compiled(text, START), views, "en-US")


def words(text, **facts):
    """The filled text with each fact put in and the marks of lines gone."""
    done = filled(text, **facts)
    return TOKEN.sub(lambda m: done.values[int(m[2])].text if m[1] == "\ue000" else "", done.text)


def refused(text, **facts):
    with pytest.raises(RefusedError) as caught:
        filled(text, **facts)
    return [(problem.rule, problem.origin.line) for problem in caught.value.problems]


# ---- what a template may do


def test_a_fact_is_printed_by_a_wording():
    assert words("Pay {{ fee | money }} on {{ day | date }}.", fee=Money(Decimal(5), "USD"), day=date(2026, 10, 1)) == (
        "Pay $5.00 on October\u00a01, 2026."
    )


def test_a_text_needs_no_wording():
    assert words("Dear {{ who.name }}", who=record(name="Zoë")) == "Dear Zoë"


def test_a_condition_chooses_words():
    text = "{% if n > 2 and kind == 'support' %}many{% elif n %}few{% else %}none{% endif %}"
    assert [words(text, n=n, kind="support") for n in (3, 1, 0)] == ["many", "few", "none"]


def test_an_own_line_for_a_condition_leaves_no_blank_line():
    assert words("a\n{% if n %}\nb\n{% endif %}\nc", n=1) == "a\nb\nc"


def test_a_loop_walks_a_list_of_facts():
    sites = series(record(name="Oslo"), record(name="Bergen"), key="sites")
    text = "{% for s in sites %}{{ s.name }}{% if not loop.last %}, {% endif %}{% endfor %}"
    assert words(text, sites=sites) == "Oslo, Bergen"


def test_a_list_is_counted_in_a_condition():
    text = "{% if names | size > 1 %}some{% else %}one{% endif %}"
    assert [words(text, names=series(*names)) for names in (["a"], ["a", "b"])] == ["one", "some"]


def test_a_fact_may_be_missing_where_a_template_asks():
    text = "{% if it.name is none %}nameless{% else %}{{ it.name }}{% endif %}"
    assert [words(text, it=record(name=name)) for name in (None, "A")] == ["nameless", "A"]
    assert words("{% if other is defined %}x{% else %}y{% endif %}") == "y"


def test_a_comment_is_not_printed():
    assert words("a<!-- {{ nothing }} -->b") == "ab"


def test_a_condition_of_an_outline_holds_or_not():
    facts = {"names": series("a"), "none": series()}
    assert holds("names", facts, START, "en-US")
    assert not holds("none", facts, START, "en-US")


# ---- what it may not


@pytest.mark.parametrize(
    "text",
    [
        "{% set x = 1 %}",
        "{% macro x() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% call x() %}{% endcall %}",
        "{% filter money %}{% endfilter %}",
        "{% with x = 1 %}{% endwith %}",
        "{% if x() %}y{% endif %}",
        "{{ x() }}",
        "{{ x['y'] }}",
        "{{ x[0] }}",
        "{{ x ~ x }}",
        "{{ x + 1 }}",
        "{{ x | count(x) }}",
        "{{ x | count(one='y') }}",
        "{{ {'a': x} }}",
    ],
)
def test_what_a_clause_may_not_do_is_refused_on_its_line(text):
    assert set(refused(f"first\n{text}", x=1)) == {("template-forbidden", 6)}


@pytest.mark.parametrize("text", ["{% if x %}", "{{ x", "{{ x | mony }}", "{% frobnicate %}", "{% endif %}", "{{ }}"])
def test_broken_syntax_is_refused_with_a_place(text):
    ((rule, line),) = refused(text, x=1)
    assert (rule, line) == ("template-syntax", 5)


@pytest.mark.parametrize("text", ["a {{ fee", "a {{ fee | money", "a {%", "a {% if fee"])
def test_a_tag_left_open_is_told_without_marks_of_ours(text):
    with pytest.raises(RefusedError) as caught:
        filled(text)
    (problem,) = caught.value.problems
    assert "ue001" not in ascii(problem.what)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{{ nobody }}", "unknown-fact"),
        ("{{ it.nam }}", "unknown-fact"),
        ("{{ it.name.x }}", "unknown-fact"),
        ("{{ it.__class__ }}", "unknown-fact"),
        ("{{ it.entries }}", "unknown-fact"),
        ("{{ day.year }}", "unknown-fact"),
        ("{% if nobody == 1 %}x{% endif %}", "unknown-fact"),
        ("{% for x in nobody %}x{% endfor %}", "unknown-fact"),
        ("{{ nobody | money }}", "unknown-fact"),
        ("{{ day }}", "bare-fact"),
        ("{{ it }}", "bare-fact"),
        ("{{ names }}", "bare-fact"),
        ("{{ 1.5 }}", "bare-fact"),
        ("{{ names | size }}", "bare-fact"),
        ("{{ day | money }}", "ill-typed-wording"),
        ("{{ day | count }}", "ill-typed-wording"),
        ("{{ 'x' | possessive }}", "ill-typed-wording"),
        ("{% for x in it %}x{% endfor %}", "template-value"),
        ("{% for x in day %}x{% endfor %}", "template-value"),
        ("{% if day > it.name %}x{% endif %}", "template-value"),
    ],
)
def test_what_cannot_be_filled_is_refused_on_its_line(text, rule):
    facts = {"it": record(name="A"), "day": date(2026, 1, 1), "names": series("a")}
    assert refused(f"first\n\n{text}", **facts) == [(rule, 7)]


def test_an_unknown_fact_is_told_with_the_nearest_name():
    with pytest.raises(RefusedError) as caught:
        filled("{{ it.nam }}", it=record(name="A"))
    assert caught.value.problems[0].what == "unknown fact: it.nam"
    assert caught.value.problems[0].hint == "did you mean name?"


def test_an_unknown_wording_is_told_with_the_nearest_one():
    with pytest.raises(RefusedError) as caught:
        filled("{{ x | mony }}", x=1)
    assert caught.value.problems[0].hint == "did you mean money?"


def test_loops_within_loops_run_out_of_steps():
    names = series(*["a"] * 300)
    text = "{% for a in names %}{% for b in names %}x{% endfor %}{% endfor %}"
    assert [rule for rule, _ in refused(text, names=names)] == ["template-budget"]


def test_loops_that_print_nothing_run_out_of_steps_too():
    names = series(*["a"] * 300)
    text = "{% for a in names %}{% for b in names %}{% if a == 'z' %}x{% endif %}{% endfor %}{% endfor %}"
    assert [rule for rule, _ in refused(text, names=names)] == ["template-budget"]


@pytest.mark.parametrize("text", ["\u202etxt", "a\ue000b", "\ue0010\ue002", "a\x07"])
def test_a_clause_holds_no_characters_that_deceive(text):
    assert refused(f"first\n{text}") == [("clause-characters", 6)]


# ---- facts are sealed


def test_the_same_branches_give_the_same_text_whatever_the_facts_say():
    texts = {filled("Dear {{ name }}{% if name %}!{% endif %}", name=name).text for name in ("A", "*B*", "<C>")}
    assert len(texts) == 1


def test_a_sealed_fact_remembers_its_key_and_place():
    (value,) = filled("{{ it.name }}", it=record(name="A")).values
    assert (value.text, value.key, value.origin) == ("A", "it.name", Origin("facts.yaml", 7))


def test_a_message_shows_a_sealed_fact_as_an_ellipsis():
    assert without_tokens(filled("Dear {{ name }}", name="A").text) == "Dear …"


SHAPES = [
    "Dear {{ x }}, welcome.",
    "{{ x }}",
    "**{{ x }}**",
    "*{{ x }}*",
    "(a) {{ x }}; and\n(b) two.",
    "> {{ x }}",
    "## About {{ x }} {#about}\n\nWords.",
    "| a | b |\n|---|---|\n| {{ x }} | 2 |",
    "Table: {{ x }}\n\n| a | b |\n|---|---|\n| 1 | 2 |",
]


@pytest.mark.parametrize("shape", SHAPES)
@given(text=st.text(min_size=1, max_size=30).filter(lambda text: not refusal(text)))
def test_any_fact_comes_out_of_any_clause_letter_for_letter(shape, text):
    done = filled(shape, x=text)
    parsed = parse(done.text, START)
    assert parsed.problems == ()
    blocks = [d.Paragraph(raw.heading) if not isinstance(raw, d.Block) else raw for raw in parsed.blocks]
    found = [node for block in blocks for node in d.walk(opened(block, done.values)) if isinstance(node, d.Value)]
    assert [value.text for value in found] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "*x*",
        "# x",
        "[a](b)",
        "<b>x</b>",
        "&amp;",
        "`x`",
        "a | b",
        "1. x",
        "(a) x",
        "\\*",
        "> x",
        "{% if %}",
        '"x"',
        "--",
    ],
)
def test_a_fact_is_never_markup(text):
    done = filled("{{ x }}", x=text)
    (block,) = parse(done.text, START).blocks
    (value,) = opened(block, done.values).children
    assert value == d.Value(text, "x", Origin("facts.yaml", 7))
