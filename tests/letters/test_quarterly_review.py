"""The quarterly review."""

import pytest

from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.document import check
from contract_assembly.writers.markdown import markdown
from tests.helpers import report_samples
from tests.helpers.corpus import AGREEMENT, REPOSITORY
from tests.helpers.report_samples import built, changed, refused

root = report_samples.root


def test_each_figure_of_a_review_has_its_numbers_and_its_source(root):
    text = built(root, "review")
    assert "| Priority 3 | 1 Business Day | 9,300 of 9,996 | 93.0% | – |" in text
    assert "| Priority 3 | 3 Business Days | 9,995 of 9,996 | 99.9% | – |" in text
    assert "| All | 9,996 | 9 |" in text
    assert "Source: Export." in text


def test_a_row_without_data_is_left_out_and_never_zero(root):
    answers = built(root, "review").partition("**First responses**")[2].partition("**Resolution**")[0]
    assert [line.split(" |")[0] for line in answers.splitlines() if line.startswith("| P") and "%" in line] == [
        "| Priority 3"
    ]
    assert "rated our work" not in built(root, "review")


def test_what_is_below_the_promise_is_said(root):
    assert "Priority 3 responses were below 95% over the quarter." in built(root, "review")
    changed(root, "documents/review.yaml", "quarter: 2", "quarter: 1")
    assert "were below" not in built(root, "review")  # one late answer of five says nothing


def test_a_first_quarter_has_none_before_it_and_its_own_misses(root):
    changed(root, "documents/review.yaml", "quarter: 2", "quarter: 1")
    text = built(root, "review")
    assert "| All | 9 | not known |" in text
    assert "What we changed: Two on duty." in text
    assert "A new firewall" not in text


def test_work_is_told_by_pillar_and_a_quarter_without_misses_says_so(root):
    text = built(root, "review")
    assert "| Maintenance | Rights reviewed | February 2, 2027 | Record 2 |" in text
    assert "| Upgrades | A new firewall | February 1, 2027 | Record 1 |" in text
    assert "We met all our commitments in this quarter, as far as our records show." in text


def test_only_open_risks_and_what_was_declined_are_told(root):
    text = built(root, "review")
    assert "Plant without backup" in text
    assert "An old modem" not in text
    assert "You decided against this: An archive." in text


def test_plans_have_their_quarter_of_the_next_term_and_decisions_a_place_for_the_answer(root):
    text = built(root, "review")
    assert "| A new server. The old one is old. | October 2027 to December 2027 | Proposed | $7,800.00 once |" in text
    assert "| A new server | $7,800.00 once | May 14, 2027 |  |  |" in text
    assert "The next review is on Thursday, July 15, 2027." in text


def test_licences_are_told_that_end_within_a_year(root):
    text = built(root, "review")
    assert "| Ends soon | 3 | Client | December 31, 2027 | Yearly |" in text
    assert "Ends late" not in text


def test_a_report_has_a_head_and_neither_salutation_nor_close(root):
    text = built(root, "review")
    assert "# Business review: January 2027 to March 2027" in text
    assert "Dear" not in text
    assert "Sincerely" not in text


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("date: 2027-04-08", "date: 2027-03-31", 2, "its figures run to 2027-03-31"),
        ("quarter: 2", "quarter: 3", 3, "quarter 3 is not in"),
        ("the Office Manager", "Lena Fischer", 5, "Lena Fischer is a name"),
        ("recommendation: server", "recommendation: serwer", 7, "did you mean server?"),
        ("by: 2027-05-14", "by: 2027-04-08", 7, "before it can be given"),
        ("2027-07-15", "2027-04-15", 8, "is not after this one"),
    ],
)
def test_what_a_review_cannot_say_is_refused_with_its_line(root, old, new, line, said):
    changed(root, "documents/review.yaml", old, new)
    err = refused(root, "review")
    assert f"documents/review.yaml:{line}: error: " in err
    assert said in err


def test_without_figures_there_is_no_report(root):
    (root / AGREEMENT / "service.yaml").unlink()
    assert "build.py service import fills it" in refused(root, "review")


def test_an_address_of_a_user_is_no_matter_for_a_report(root):
    changed(root, "service.yaml", "A late answer", "A late answer to jo@acme.example")
    assert "service.yaml:30: error: missed.0.what holds a person's address" in refused(root, "review")


def test_a_report_is_not_older_than_its_figures(root):
    changed(root, "documents/report.yaml", "2027-04-08", "2027-03-31")
    assert "tickets.0 runs to 2027-03-31, and the report is dated 2027-03-31" in refused(root, "report")


@pytest.mark.parametrize(("name", "figure"), [("review-2027-q2", "128 of 134"), ("service-report-2027", "281 of 287")])
def test_the_samples_are_sound_and_name_nobody_but_their_reader_and_writer(name, figure):
    made = assemble_and_assess(Repository(REPOSITORY), "acme", "2026-support", name).assembled
    tree, unresolved = resolved(numbered(with_used_definitions(made.document)), made.elsewhere)
    assert not [*unresolved, *check(tree)]
    words = markdown(tree, Repository(REPOSITORY).house()).decode().replace("\u00a0", " ")
    assert figure in words
    for stranger in ("Grace Liu", "best", "excellent", "outstanding"):
        assert stranger not in words
