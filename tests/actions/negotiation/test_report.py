"""A round as text, data and a page."""

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.judgement import Judgement
from contract_assembly.actions.negotiation.report import Report, ReportPoint, as_data, as_page, as_text
from contract_assembly.facts.negotiation import Entry


def entry(number, what, **more):
    return Entry.model_validate({"id": str(number), "mark": "m", "what": what, **more})


POINTS = (
    ReportPoint(ReturnedChange("fact", "term", "12 months", "24 months", ("term.length",), tracked=False),
          Judgement("outside what is approved: 12 months to 18 months", by="+12"), entry(1, "fact"), "Term", "Initial term"),
    ReportPoint(ReturnedChange("inserted", "", "", "<b>Paper</b>", by="Counsel", around="{+<b>Paper</b>+}"), Judgement("read it"),
          entry(2, "inserted", decision="refuse", reason="No."), "Outside"),
    ReportPoint(ReturnedChange("comment", "fees", "fee", "Too high", by="Counsel"), Judgement("a comment"),
          entry(3, "comment", reason="It is the list price."), "Fees"),
)  # fmt: skip
REPORT = Report("agreements/a/b", "Agreement", "Acme", "en-US", 2, "Counsel & Co", "a commit", POINTS)


def test_text_has_what_is_placed_first_and_says_what_is_undecided():
    text = as_text(REPORT)
    assert text.index("Term\n  1. fact changed, NOT TRACKED") < text.index("Fees\n  3. comment by Counsel [answered]")
    assert text.index("Fees") < text.index("Not placed in any clause\n  2. inserted by Counsel [refuse]")
    assert "Initial term: 12 months to 24 months, +12" in text
    assert text.endswith("3 changes, 1 undecided")


def test_data_has_every_change():
    found = as_data(REPORT)
    assert (found["undecided"], [each["decision"] for each in found["changes"]]) == (1, ["open", "refuse", "open"])
    assert [each["placed"] for each in found["changes"]] == [True, False, True]


def test_the_page_has_no_script_and_shows_their_words_as_words():
    page = as_page(REPORT)
    assert "<script" not in page
    assert "&lt;b&gt;Paper&lt;/b&gt;" in page
    assert "Counsel &amp; Co" in page
    assert page.count("<article") == 3


def test_the_page_marks_what_changed_and_only_quotes_what_a_comment_is_about():
    page = as_page(REPORT)
    assert '<p class="gap"><ins>&lt;b&gt;Paper&lt;/b&gt;</ins></p>' in page
    assert "<p><q>fee</q></p>" in page
    assert "<del>fee</del>" not in page


MOVED = ReturnedChange("moved", "term", "It ends.", "It ends.", between=("fees", ""), numbers=("5.2", "7.1"))
MORE = (
    ReportPoint(ReturnedChange("fact", "summary", "1", "2", ("a",)), Judgement("new", answers=("longer: First a longer term.",)),
          entry(1, "fact"), "Summary"),
    ReportPoint(MOVED, Judgement("the same words in another place", place="end of fees"), entry(2, "moved"), "Term"),
    ReportPoint(ReturnedChange("comment", "summary", "a", "Why?"), Judgement("a comment"), entry(3, "comment"), "Summary"),
    ReportPoint(ReturnedChange("renumbered", "", "11", "15"), Judgement("only numbers"), entry(4, "renumbered"), "Numbers"),
)  # fmt: skip


def test_a_clause_is_named_once_with_its_changes_and_its_comments():
    page = as_page(Report("agreements/a/b", "Agreement", "Acme", "en-US", 1, "", "a commit", MORE))
    assert page.count(">Summary<") == 1


def test_a_move_says_from_where_to_where_and_numbers_need_no_decision():
    report = Report("agreements/a/b", "Agreement", "Acme", "en-US", 1, "", "a commit", MORE)
    text = as_text(report)
    assert "2. moved\n     from 5.2 to 7.1: It ends.\n" in text
    assert "4. numbers only [nothing to decide]\n     11 to 15\n" in text
    assert text.endswith("4 changes, 3 undecided")
    assert [each["place"] for each in as_data(report)["changes"]][1] == "end of fees"


def test_the_answers_of_our_playbook_are_offered_while_a_change_is_open():
    report = Report("agreements/a/b", "Agreement", "Acme", "en-US", 1, "", "a commit", MORE)
    assert "playbook, longer: First a longer term." in as_text(report)
    assert "<p>Playbook, longer: First a longer term.</p>" in as_page(report)
    decided = ReportPoint(MORE[0].change, MORE[0].judgement, entry(1, "fact", decision="take"), "Summary")
    assert "longer" not in as_text(
        Report("agreements/a/b", "Agreement", "Acme", "en-US", 1, "", "a commit", (decided,))
    )
