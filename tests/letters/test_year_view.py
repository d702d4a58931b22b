"""The year in a renewal letter."""

from tests.helpers.renewal_documents import (
    FACTS,
    SERVICE,
    change,
    headings,
    made,
    words,
)


def without_service(root):
    (root / SERVICE).unlink()
    change(root, FACTS, ("  recommendations: [mail-archive]\n", ""))


def test_a_share_shows_both_numbers_and_is_never_rounded_up_to_all(root):
    assert "| 281 of 287 (97.9%) | at least 95% promised |" in words(root)
    change(root, SERVICE, ("numerator: 846, denominator: 848", "numerator: 9996, denominator: 10000"))
    assert "| Backup jobs that succeeded | 9,996 of 10,000 (99.9%) |" in words(root)


def test_a_figure_of_another_time_names_it_and_the_others_do_not(root):
    said = words(root)
    assert "Figures cover October 1, 2026 to April 30, 2027 unless noted." in said
    assert said.count("as of April 30, 2027") == 2
    assert said.count("October 1, 2026 to April 30, 2027") == 1


def test_what_is_not_known_has_no_row(root):
    text = (root / SERVICE).read_text("utf-8").splitlines(keepends=True)
    (root / SERVICE).write_text("".join(each for each in text if not each.startswith(("satisfaction:", "patches:"))))
    said = words(root)
    assert "User satisfaction" not in said
    assert "Updates installed" not in said
    assert "| Requests closed | 287 |" in said


def test_the_year_before_is_shown_where_it_is_known(root):
    change(root, SERVICE, ("{priority: all, count: 287,", "{priority: all, count: 287, before: 341,"))
    change(
        root,
        SERVICE,
        (
            "numerator: 268, denominator: 287,",
            "numerator: 268, denominator: 287, before_numerator: 0, before_denominator: 10,",
        ),
    )
    said = words(root)
    assert "| Requests closed | 287 | 341 the year before |" in said
    assert "| 268 of 287 (93.4%) | 0% the year before |" in said, "nothing of ten is a figure"


def test_tests_and_reviews_are_set_against_those_that_were_due_by_then(root):
    said = words(root)
    assert "| Restore tests passed | 8 of 9 | 8 due by then |" in said
    assert "| Business reviews held | 2 | 2 due by then | Minutes: 7 recommendations, 5 accepted, 1 declined |" in said


def test_without_figures_the_letter_is_short_and_says_so(root):
    without_service(root)
    assert headings(root) == ["The year", "The price", "How to say yes", "Your options from October 1, 2027"]
    assert "this letter shows none" in words(root)
    assert "no-service" in {each.rule for each in made(root).warnings}


def test_misses_are_told_with_what_was_changed_and_what_was_credited(root):
    assert "We credited you $145.40 in all." in words(root)
    change(root, SERVICE, ("    source: Test record 3\n", "    source: Test record 3\n    credit: 58.16 USD\n"))
    said = words(root)
    assert "the repeated test passed on December 21. Credit: $58.16 |" in said
    assert "We credited you $203.56 in all." in said


def test_credits_are_worked_out_from_the_tickets_and_shown_by_month(root):
    row = "| March 2027 | Priority 3: 36 of 41 answered in time (87.8%) | $145.40 |"
    assert row in words(root).replace("\u00a0", " ")
    change(root, SERVICE, ("logged: 41, response_met: 36,", "logged: 41, response_met: 39,"))
    said = words(root)
    assert "Table: Service Credits" not in said
    assert "No credit was due for this." in said


def test_a_month_below_its_service_level_is_a_miss_even_if_nothing_was_written_about_it(root):
    text = (root / SERVICE).read_text("utf-8")
    start, end = text.index("missed:\n"), text.index("changes:\n")
    (root / SERVICE).write_text(text[:start] + text[end:])
    said = words(root)
    assert "We missed a service level in one month and credited you $145.40; the enclosure has the figures." in said
    assert "We met all our commitments" not in said


def test_a_year_without_misses_says_so_without_boasting(root):
    text = (root / SERVICE).read_text("utf-8")
    start, end = text.index("missed:\n"), text.index("changes:\n")
    text = text[:start] + text[end:]
    (root / SERVICE).write_text(text.replace("logged: 41, response_met: 36,", "logged: 41, response_met: 39,"))
    said = words(root)
    assert "We met all our commitments in this period, as far as our records show; please tell me" in said
    assert "Our records show no commitment that we missed." in said


def test_a_share_under_what_was_agreed_is_a_miss_even_if_nobody_wrote_it_down(root):
    change(root, SERVICE, ("numerator: 281,", "numerator: 272,"), ("numerator: 163,", "numerator: 154,"))
    assert "Of our first responses, 94.8% were on time; we promise 95%, so we fell short." in words(root)


def test_open_risks_are_listed_and_closed_ones_are_not(root):
    said = words(root)
    assert "**3.1 Open risks.**" in said
    assert "| The assembly plant’s server has no spare |" in said
    text = (root / SERVICE).read_text("utf-8")
    (root / SERVICE).write_text(text[: text.index("risks:")])
    said = words(root)
    assert "Open risks" not in said
    assert "**3.1 Expiring licenses.**" in said


def test_what_was_declined_is_told_as_an_open_risk(root):
    change(root, SERVICE, ("price: 7800.00 USD, state: proposed", "price: 7800.00 USD, state: declined"))
    assert "> Replace the assembly plant’s server.\n> The manufacturer’s support ends on January 31, 2028." in words(
        root
    )
