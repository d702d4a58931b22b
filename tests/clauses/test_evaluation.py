"""The meaning of a template: what Jinja2 itself makes of it, for any template that a clause may contain."""

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.clauses.evaluation import MAX_STEPS, FillError, Run, Undefined, attribute
from contract_assembly.clauses.fill import compiled, fill
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.sentinels import TOKEN
from contract_assembly.facts.template_values import Fact, Record, Series, leaf

AT = Origin("clauses/x.md", 1)
FACTS = {
    "one": "Oslo", "two": "Bergen", "gone": None, "few": 2, "many": 30, "yes": True, "no": False, "empty": (),
    "names": ("Ann", "Ben", "Cy"), "sites": ({"name": "Oslo", "users": 3}, {"name": "Paris", "users": 40}),
}  # fmt: skip
JINJA = jinja2.Environment(  # noqa: S701  # no web page is made here
    undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)
JINJA.filters["size"] = len
JINJA.tests["none"] = lambda value: value is None

texts = st.sampled_from(["a", "B c", "\n", "– ", "1.", ""])
numbers = st.sampled_from(["few", "many", "2", "30", "names | size"])
words = st.sampled_from(["one", "two", "'Oslo'", "'x'"])


def pairs(values, operators):
    return st.tuples(values, st.sampled_from(operators), values).map(" ".join)


def conditions(loop=()):
    plain = st.one_of(
        pairs(numbers, ["==", "!=", "<", "<=", ">", ">="]),
        st.tuples(numbers, st.sampled_from(["<", "<="]), numbers, st.sampled_from([">", "=="]), numbers).map(" ".join),
        pairs(words, ["==", "!="]),
        words.map(lambda each: f"{each} in ['Oslo', 'Bergen']"),
        words.map(lambda each: f"{each} not in ('x', 'y')"),
        st.sampled_from(["yes", "no", "few", "empty", "names", "gone is none", "one is none", "other is defined", "one is defined",
                         "few is gt 1", *loop]),
    )  # fmt: skip
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            inner.map(lambda each: f"not ({each})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
                lambda each: f"({each[0]}) {each[1]} ({each[2]})"
            ),
        ),
        max_leaves=4,
    )


def printed(*names):
    return st.one_of(
        st.sampled_from([f"{{{{ {each} }}}}" for each in ("one", "two", *names)]),
        st.tuples(words, conditions(), words).map(lambda each: f"{{{{ {each[0]} if {each[1]} else {each[2]} }}}}"),
    )


def grown(inner):
    def branch(test, then, *more):
        other, otherwise = more
        return f"{{% if {test} %}}{then}{{% elif {other} %}}{otherwise}{{% else %}}z{{% endif %}}"

    loops = ("loop.first", "loop.last", "loop.index > 1", "not loop.last")
    each_name = st.one_of(
        inner, printed("each"), conditions(loops).map(lambda test: f"{{% if {test} %}}L{{% endif %}}")
    )
    each_site = st.one_of(inner, printed("site.name"), st.just("{% if site.users > 10 %}big{% endif %}"))
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.tuples(conditions(), inner, conditions(), inner).map(lambda each: branch(*each)),
        each_name.map(lambda body: f"{{% for each in names %}}{body}{{% else %}}nobody{{% endfor %}}"),
        each_name.map(lambda body: f"{{% for each in names if each != 'Ben' %}}{body}{{% endfor %}}"),
        each_name.map(lambda body: f"{{% for each in empty %}}{body}{{% else %}}nobody{{% endfor %}}"),
        each_site.map(lambda body: f"{{% for site in sites %}}{body}{{% endfor %}}"),
    )


templates = st.recursive(st.one_of(texts, printed()), grown, max_leaves=8)


def filled(text):
    done = fill(compiled(text, AT), {name: leaf(value, name, AT) for name, value in FACTS.items()}, "en-US")
    return TOKEN.sub(lambda match: done.values[int(match[2])].text if match[1] == "\ue000" else "", done.text)


@given(templates)
def test_a_template_means_what_it_means_to_jinja(text):
    assert filled(text) == JINJA.from_string(text).render(FACTS)


def test_the_names_of_a_loop_are_gone_after_it():
    assert filled("{% for one in names %}{{ one }}{% endfor %}{{ one }}") == "AnnBenCyOslo"
    with pytest.raises(RefusedError, match="each"):
        filled("{% for each in names %}{% endfor %}{{ each }}")


def test_an_inner_loop_has_a_count_of_its_own():
    text = "{% for site in sites %}{% for each in names %}{% if loop.last %}x{% endif %}{% endfor %}{% if loop.first %}y{% endif %}{% endfor %}"
    assert filled(text) == "xyx"


def test_only_the_branch_that_is_taken_is_evaluated():
    assert (
        filled("{% if yes or other %}a{% endif %}{% if no and other %}b{% endif %}{{ one if yes else other }}")
        == "aOslo"
    )


def test_an_error_in_a_loop_has_the_line_of_the_tag_that_it_is_in():
    with pytest.raises(RefusedError) as refused:
        filled("a\n{% for site in sites %}\nb\n{{ site.town }}\n{% endfor %}\n")
    assert [each.origin.line for each in refused.value.problems] == [4]


def test_an_inline_condition_without_else_prints_nothing_but_a_refusal():
    with pytest.raises(RefusedError, match="no else section"):
        filled("{{ one if no }}")


@pytest.mark.parametrize(
    "text", ["{{ one | mony }}", "{% if no %}{{ one | mony }}{% endif %}", "{% if one is odd %}{% endif %}"]
)
def test_a_filter_or_test_that_does_not_exist_is_refused_wherever_it_is(text):
    with pytest.raises(RefusedError, match=r"No (filter|test) named"):
        compiled(text, AT)


def test_of_an_object_of_pythons_own_there_is_nothing_to_see():
    record = Record({"name": Fact("Ann", "it.name", AT)}, "it", AT)
    assert attribute(record, "name").value == "Ann"
    for of, name in (
        (record, "entries"),
        (Series((), "names", AT), "items"),
        ("text", "upper"),
        (Fact(1, "n", AT), "value"),
    ):
        assert isinstance(attribute(of, name), Undefined)


def test_the_budget_is_used_up_by_the_step_after_the_last():
    run = Run("en-US", steps=MAX_STEPS - 1)
    run.step()
    with pytest.raises(FillError):
        run.step()
