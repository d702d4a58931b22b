"""The marks of enumerations: put right whatever a condition leaves out, told where they cannot be."""

from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.document import tree as d
from contract_assembly.document.list_marks import punctuated
from tests.helpers.sample_tree import p, v


def listed(*items):
    return d.Items(tuple(d.Item(item if isinstance(item, tuple) else (p(item),)) for item in items))


def texts(items):
    """The words of each item, with those of a list inside it as a list."""
    return [
        [d.plain(child.children) if isinstance(child, d.Paragraph) else texts(child) for child in item.children]
        if len(item.children) > 1
        else d.plain(item.children[0].children)
        for item in items.items
    ]


def done(*items):
    found, problems = punctuated(listed(*items))
    assert problems == []
    return texts(found)


def rules(*items):
    return [problem.rule for problem in punctuated(listed(*items))[1]]


def test_semicolons_a_conjunction_and_a_stop_are_put_where_they_belong():
    assert done("one", "two; and", "three") == ["one;", "two; and", "three."]
    assert done("one;", "two, or", "three.") == ["one;", "two; or", "three."]


def test_the_conjunction_moves_up_when_the_last_item_is_left_out():
    assert done("one; and", "two; and") == ["one; and", "two."]


def test_a_conjunction_before_an_item_left_out_is_not_doubled():
    assert done("one; and", "two; and", "three.") == ["one;", "two; and", "three."]


def test_a_list_that_says_neither_and_nor_or_is_told():
    assert rules("one;", "two.") == ["list-conjunction"]


def test_a_list_that_says_and_and_or_is_told():
    assert rules("one; and", "two; or", "three.") == ["list-conjunction"]


def test_what_is_wrong_with_a_list_is_said():
    both = punctuated(listed("one; and", "two; or", "three."))[1][0].what
    neither = punctuated(listed("one;", "two."))[1][0].what
    assert ("both" in both, "neither" in neither) == (True, True)


def test_a_list_of_one_is_told():
    assert rules("one.") == ["one-item-list"]


def test_a_list_of_sentences_is_left_alone():
    assert done("One is so.", "Two is so.") == ["One is so.", "Two is so."]


def test_a_list_with_one_sentence_among_phrases_is_told():
    assert rules("One is so.", "two;", "three.") == ["list-conjunction"]


def test_a_word_that_ends_in_and_is_no_conjunction():
    assert rules("a brand", "a band") == ["list-conjunction"]
    assert done("a brand; and", "a band") == ["a brand; and", "a band."]


def test_an_item_that_ends_in_a_fact_gets_its_mark_after_the_fact():
    found = done((p("pay ", v("$5")),), "wait; and", (p("sue ", v("$6")),))
    assert found == ["pay $5;", "wait; and", "sue $6."]


def test_a_list_inside_an_item_closes_with_the_mark_of_that_item():
    inner = listed("x; or", "y")
    assert done((p("one, that is:"), inner), "two; and", "three") == [
        ["one, that is:", ["x; or", "y;"]],
        "two; and",
        "three.",
    ]


def test_the_conjunction_of_a_list_is_read_at_the_end_of_the_list_inside_it():
    inner = listed("x; or", "y; and")
    assert done((p("one, that is:"), inner), "two.") == [["one, that is:", ["x; or", "y; and"]], "two."]


def test_a_list_inside_a_list_of_sentences_is_put_right_too():
    inner = listed("x; or", "y.")
    assert done("One is so.", (p("Two is one of these:"), inner)) == [
        "One is so.",
        ["Two is one of these:", ["x; or", "y."]],
    ]
    assert rules("One is so.", (p("Two is one of these:"), listed("x,", "y."))) == ["list-conjunction"]


ITEM = st.builds(
    lambda words, mark: f"{words}{mark}",
    st.sampled_from(["pay the fees", "tell the other party", "wait"]),
    st.sampled_from(["", ";", ",", "; and", ", and", ".", "; or"]),
)


@given(st.lists(ITEM, min_size=2, max_size=6))
def test_a_list_put_right_has_one_conjunction_and_one_stop_or_is_a_list_of_sentences(items):
    found, problems = punctuated(listed(*items))
    ends = texts(found)
    if problems:
        assert ends == items
        return
    assert ends[-1].endswith(".")
    if not all(end.endswith(".") for end in ends[:-1]):
        assert ends[-2].endswith(("; and", "; or"))
        assert sum(end.endswith(("; and", "; or")) for end in ends) == 1
        assert all(end.endswith(";") for end in ends[:-2])


@given(st.lists(ITEM, min_size=2, max_size=6))
def test_putting_right_twice_is_putting_right_once(items):
    found, problems = punctuated(listed(*items))
    assert problems or punctuated(found) == (found, [])
