"""Duties in the heads of clauses: what may be written, and what an approval leaves out."""

import pytest

from contract_assembly.clauses.clause import read_clause
from contract_assembly.clauses.clause_duty import without_duties
from contract_assembly.core.problems import RefusedError

HEAD = 'id: counts\ntitle: Counts\nslot: counts\nkinds: [support]\nlaws: ["*"]\nrung: preferred\npurpose: Why.\n'
REVIEW = "{id: review, kind: review, what: Review, every: 3 months}"


def file(duties="", after=""):
    return f"---\n{HEAD}{duties}{after}---\nThe duties: none of these lines is one.\n"


def refused(duties, after=""):
    with pytest.raises(RefusedError) as found:
        read_clause(file(duties, after), "clauses/counts.md")
    return [each.what for each in found.value.problems]


def test_a_clause_states_its_duties():
    (duty,) = read_clause(file(f"duties:\n  - {REVIEW}\n"), "clauses/counts.md").head.duties
    assert (duty.id, duty.kind, duty.every, duty.who) == ("review", "review", "3 months", "provider")


def test_a_single_period_needs_no_list():
    exit_duty = "{id: refund, kind: exit, what: Refund, after: end, within: 30 days}"
    (duty,) = read_clause(file(f"duties: [{exit_duty}]\n"), "clauses/counts.md").head.duties
    assert duty.within == ("30 days",)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("", "it does not say when"),
        (", every: 3 months, after: end", "it says every and after"),
        (", before: end", "it does not say how long before"),
        (", listed: planning, within: 3 days", "a list has the times itself"),
    ],
)
def test_a_duty_has_one_day_or_one_rhythm(when, said):
    one = f"{{id: review, kind: review, what: Review{when}}}"
    assert refused(f"duties: [{one}]\n") == [f"duty review: {said}"]


def test_two_duties_of_one_clause_have_two_ids():
    assert refused(f"duties:\n  - {REVIEW}\n  - {REVIEW}\n") == ["two duties are named review"]


# ---- what is approved


@pytest.mark.parametrize(
    "duties",
    [
        f"duties:\n  - {REVIEW}\n",
        f"duties:\n- {REVIEW}\n",
        f"duties: [{REVIEW}]\n",
        f"duties:\n  # why\n\n  - {REVIEW}\n  - id: list\n    kind: report\n    what: List\n    every: calendar month\n",
    ],
    ids=["indented", "flush", "in one line", "with a comment"],
)
@pytest.mark.parametrize("after", ["", "survives: true\n"])
def test_the_file_without_its_duties_is_the_file_before_they_were_written(duties, after):
    text = file(duties, after)
    read_clause(text, "clauses/counts.md")
    assert without_duties(text) == file("", after)


def test_a_file_without_duties_is_left_as_it_is():
    for text in (file(), "no front matter\nduties:\n", file(after="# duties: none\n")):
        assert without_duties(text) == text


@pytest.mark.parametrize(
    "head",
    [
        'params: {\nduties: {type: integer, default: "3"},\n more: {type: integer, default: "4"}\n}\n',
        f"duties: [{REVIEW}\n]\n",
        f'duties: [{REVIEW}]\npurpose2: "x\nduties:\n y"\n',
    ],
    ids=["a parameter of that name", "a bracket at the margin", "a text that looks like them"],
)
def test_nothing_else_can_hide_among_the_duties(head):
    """Otherwise a parameter could be changed without ending the approval."""
    with pytest.raises(RefusedError):
        read_clause(file(head), "clauses/counts.md")
