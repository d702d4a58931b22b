"""The annual report."""

import pytest

from tests.helpers import report_samples
from tests.helpers.corpus import AGREEMENT
from tests.helpers.report_samples import built, changed, refused

root = report_samples.root


def test_the_year_stands_by_priority_and_by_quarter_with_a_sum_that_comes_out(root):
    text = built(root, "report")
    assert "# Service report: October 2026 to March 2027" in text
    assert "| Priority 3 | 10,000 | 9,996 of 10,000 | 99.9% | – |" in text
    assert "| January 2027 to March 2027 | 0 | 0 | 9,996 | 0 | 9,996 |" in text
    assert "| **Total** | **1** | **0** | **10,000** | **4** | **10,005** |" in text
    assert "The term runs to September 30, 2027; later months are not included." in text


def test_what_is_not_known_has_no_place_in_the_year(root):
    text = built(root, "report")
    for absent in (
        "Restore tests",
        "Business reviews",
        "Systems",
        "rated our work",
        "updates",
        "Problems we prevented",
    ):
        assert absent not in text


def test_assets_and_licences_are_listed(root):
    text = built(root, "report")
    assert "| Users | 34 |" in text
    assert "| Ends late | V | user | 3 | Client | December 31, 2029 |" in text


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "priority: P4, count: 4",
            "priority: P4, count: 5",
            2,
            "the priorities add up to 10006, and the total is 10005",
        ),
        ("P1, closed: 1,", "P1, closed: 2,", 14, "the priorities add up to 10, and the total is 9"),
        (
            "P3, closed: 9996, response_met: 9300, response_of: 9996",
            "P3, closed: 9996, response_met: 9300, response_of: 9997",
            26,
            "check both",
        ),
        ("number: 2", "number: 5", 20, "5 is not a quarter of the term"),
        ("number: 2", "number: 1", 20, "1 appears twice"),
        ("period: {first: 2027-01-01", "period: {first: 2027-01-02", 21, "is not of quarter 2"),
    ],
)
def test_figures_that_do_not_agree_are_refused_with_their_line(root, old, new, line, said):
    changed(root, "service.yaml", old, new)
    err = refused(root, "report")
    assert f"service.yaml:{line}: error: " in err
    assert said in err


def test_quarters_that_do_not_add_up_to_the_year_are_told(root):
    text = (
        (root / AGREEMENT / "service.yaml")
        .read_text()
        .replace("count: 4,", "count: 5,")
        .replace("count: 10005", "count: 10006")
    )
    (root / AGREEMENT / "service.yaml").write_text(text)
    assert "tickets, all: 10006 in the year, and the quarters add up to 10005" in refused(root, "report")
