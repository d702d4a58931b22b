"""The renewal letter: ten things in their order, from facts alone, honest about what is not known or went wrong."""

import pypdfium2
import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.draft_marks import WATERMARK
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.corpus import run
from tests.helpers.renewal_documents import (
    ACME,
    AGREEMENT,
    BROOKFIELD,
    FACTS,
    LETTER,
    NOTICES,
    SERVICE,
    add,
    change,
    headings,
    line_of,
    made,
    office,
    refused,
    words,
)
from tests.whole.test_parity import of_docx, of_markdown, of_pdf, table_heads


def without_service(root):
    (root / SERVICE).unlink()
    change(root, FACTS, ("  recommendations: [mail-archive]\n", ""))


# ---- what stands in it, and where


def test_what_domain_5_2_asks_for_stands_in_its_order(root):
    assert headings(root) == [
        "What the year brought you",
        "What comes next",
        "The price",
        "How to say yes",
        "Your options from October 1, 2027",
    ]
    tree = made(root).document.parts[0]
    kinds = [type(each) for each in tree.children]
    assert kinds.index(d.Closing) == len(kinds) - 2, "only the box of the law stands after the close"


def test_the_subject_has_the_last_day_and_the_letter_says_what_happens_by_default(root):
    said = words(root)
    assert "# Renewal of NL-2026-0042: please decide by Friday, July 30, 2027\n" in said
    assert "If you do nothing, your present numbers renew at $2,995.24 a month." in said
    assert "**To decline, write to notices@northlight.example by July 30, 2027;** no reason is needed." in said


def test_every_face_says_the_same(root):
    document, house = made(root).document, Repository(root).house()
    faces = {name: write(document, house, NO_EXTRAS) for name, write in FORMATS.items()}
    markdown = of_markdown(faces["md"])
    assert len(markdown) > 4000
    assert of_docx(faces["docx"]) == markdown
    assert of_pdf(faces["pdf"], table_heads(faces["md"])) == markdown


def test_everything_that_it_was_read_from_is_told(root):
    assert {SERVICE, FACTS, AGREEMENT, "provider/plans/complete.yaml", "provider/plans/essential.yaml"} <= set(
        made(root).sources
    )
    assert f"{ACME}/record.json" not in made(root).sources


def test_a_missed_notice_of_the_law_makes_the_letter_ask_for_a_signature(root):
    change(root, FACTS, ("date: 2027-05-05", "date: 2027-07-20"), ("answer_by: 2027-06-18", "answer_by: 2027-07-28"))
    change(root, FACTS, ("price_notice: yes\n", ""), ("meeting: 2027-05-13\n", ""))
    said = words(root)
    assert "We did not send a notice that the law requires before an automatic renewal." in said
    assert "If you do nothing" not in said


# ---- the box of the law


def test_the_box_of_new_york_calls_attention_to_the_section_and_promises_the_notice(root):
    said = words(root)
    box = said[said.index("> **Renewal.**") :]
    assert "We call your attention to the section “Renewal”" in box
    assert "The law of New York requires a separate notice; expect it between July 2, 2027 and July 15, 2027." in box


def test_the_box_of_wisconsin_has_its_five_items(tmp_path):
    root = office(tmp_path, "lakeside")
    folder = "agreements/lakeside/2027-support"
    add(
        root, f"{folder}/documents/{LETTER}.yaml", "document: renewal-letter\ndate: 2027-08-02\nanswer_by: 2027-09-20\n"
    )
    said = words(root, folder)
    box = said[said.index("> **It renews.**") :]
    for item in ("It renews.", "For how long.", "Price.", "How to decline.", "Last day to decline."):
        assert f"> **{item}**" in box


def test_where_no_law_asks_the_box_says_what_the_agreement_says(tmp_path):
    root = office(tmp_path, "brookfield")
    facts = "document: renewal-letter\ndate: 2027-06-01\nanswer_by: 2027-07-16\n"
    add(root, f"{BROOKFIELD}/documents/{LETTER}.yaml", facts)
    said = words(root, BROOKFIELD)
    assert "> **To decline, write to notices-uk@northlight.example by 1 September 2027;** no reason is needed." in said
    assert "Dear Rhys Bevan\n" in said
    assert "£" in said
    assert "£28,937.04 a year, excluding VAT." in said


# ---- what cannot be


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "start"),
    [
        (FACTS, "answer_by: 2027-06-18", "answer_by: 2027-05-05", "answer-before-letter", "answer_by:"),
        (FACTS, "answer_by: 2027-06-18", "answer_by: 2027-07-31", "answer-before-letter", "answer_by:"),
        (FACTS, "\ndate: 2027-05-05", "\ndate: 2027-07-30", "letter-late", "date:"),
        (FACTS, "\ndate: 2027-05-05", "\ndate: 2027-04-29", "figure-after-letter", None),
        (FACTS, "plan: essential", "plan: basic", "unknown-plan", "reduced:"),
        (FACTS, "[mail-archive]", "[mail-arhive]", "unknown-recommendation", "recommendations:"),
        (FACTS, "document: renewal-letter", "document: renewal-letter\nstatus: sent", "not-signed", None),
        (SERVICE, "alerted your finance office", "alerted g.liu@acme.example", "personal-data", "- {on: 2027-01-14, what: Our mail"),
        (AGREEMENT, "increase: 3 %", "increase: 6 %", "rise-over-cap", "increase: 6"),
    ],
)  # fmt: skip
def test_it_is_refused_with_its_line(root, path, old, new, rule, start):
    change(root, path, (old, new))
    found = refused(root)
    assert rule in {each[0] for each in found}
    if start:
        assert (rule, line_of(root, path, start)) in {each[:2] for each in found}


def test_it_is_no_notice_of_prices_where_none_rises(quiet):
    add(quiet, FACTS, "price_notice: yes\n")
    assert [each[:2] for each in refused(quiet)] == [("no-rise", line_of(quiet, FACTS, "price_notice:"))]


def test_it_is_no_notice_of_prices_that_comes_too_late(root):
    change(
        root, FACTS, ("\ndate: 2027-05-05", "\ndate: 2027-07-06"), ("answer_by: 2027-06-18", "answer_by: 2027-07-20")
    )
    change(root, FACTS, ("meeting: 2027-05-13\n", ""))
    (rule, _, hint) = next(each for each in refused(root) if each[1].startswith(FACTS))
    assert rule == "notice-late"
    assert "what remains" in hint


def test_what_was_declined_needs_no_letter(root):
    declined = "  - {says: decline, term: 2027-10-01, sent: 2027-05-03, by: email, to: provider}\n"
    change(root, AGREEMENT, (NOTICES, NOTICES + declined))
    assert [each[0] for each in refused(root)] == ["renewal-declined"]


def test_a_next_term_at_another_price_is_found_out(root):
    text = (root / AGREEMENT).read_text("utf-8").replace("status: sent", "status: draft")
    text = text[: text.index("\n# What we mean")].replace(
        "first_day: 2026-10-01\n  length", "first_day: 2027-10-01\n  length"
    )
    add(root, "agreements/acme/2027-support/agreement.yaml", f"renews: 2026-support\n{text}")
    ((rule, place, _),) = refused(root)
    assert rule == "letter-price"
    assert place.startswith("agreements/acme/2027-support/agreement.yaml:")


def test_a_time_block_does_not_renew(tmp_path):
    root, folder = office(tmp_path, "hudson"), "agreements/hudson/2026-block"
    add(
        root, f"{folder}/documents/{LETTER}.yaml", "document: renewal-letter\ndate: 2027-05-05\nanswer_by: 2027-06-18\n"
    )
    assert [each[0] for each in refused(root, folder)] == ["time-block"]


def test_figures_of_few_requests_are_numbers_without_a_percentage(root):
    said = words(root)
    assert "| Priority 1 | – | 95% | 2 of 2 |" in said
    assert "| Priority 2 | 96.8% | 95% | 30 of 31 |" in said
    assert "fewer than ten" in said or "fewer than 10" in said


def test_a_figure_that_only_the_quarters_have_is_added_up(root):
    whole = words(root)
    text = (root / SERVICE).read_text("utf-8")
    (root / SERVICE).write_text(text[: text.index("targets:")] + text[text.index("satisfaction:") :])
    assert words(root) == whole


def test_three_priorities_or_more_are_drawn_and_fewer_are_rows(root):
    charts = [each for each in d.walk(made(root).document) if isinstance(each, d.Chart)]
    assert [d.plain(row[0].children)[-1] for row in charts[0].table.rows] == ["1", "2", "3", "4"]
    assert "| Priority 3 | 97% | 95% | 163 of 168 |" in words(root)
    text = (root / SERVICE).read_text("utf-8").splitlines(keepends=True)
    gone = ("  - {target: response, priority: P3", "  - {target: response, priority: P4")
    years = text[: text.index("quarters:\n")]  # from which a missing figure would be added up
    (root / SERVICE).write_text("".join(each for each in years if not each.startswith(gone)))
    charts = [each for each in d.walk(made(root).document) if isinstance(each, d.Chart)]
    assert "First responses on time" not in [d.plain(each.table.caption) for each in charts]
    assert "| First responses on time, Priority 2 | 30 of 31 (96.8%) |" in words(root)


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("clauses/money/annual-adjustment.md", "title: Annual adjustment", "title: Yearly adjustment", "“Yearly adjustment”"),
        ("clauses/exit/exit-plan-help.md", "default: 8,", "default: 9,", "nine hours of help"),
        (SERVICE, "count: 1312", "count: 1313", "1,313"),
    ],
)  # fmt: skip
def test_what_it_only_asks_makes_it_stale_too(root, path, old, new, said):
    command = ("--client", "acme/2026-support", "--document", LETTER, "--format", "md")
    assert run(root, *command).code == 0
    assert run(root, *command).out == f"{ACME}: nothing to do\n"
    change(root, path, (old, new))
    assert f"{LETTER}.md" in run(root, *command).out
    assert said in (root / ACME / f"{LETTER}.md").read_text("utf-8").replace("\u00a0", " ")


def test_figures_that_come_later_make_it_stale(root):
    text = (root / SERVICE).read_text("utf-8")
    without_service(root)
    command = ("--client", "acme/2026-support", "--document", LETTER, "--format", "md")
    assert run(root, *command).code == 0
    (root / SERVICE).write_text(text)
    assert f"{LETTER}.md" in run(root, *command).out


def test_no_reason_is_made_up_where_none_is_given(root):
    change(root, FACTS, ("reason: Our", "# Our"))
    said = words(root)
    assert "wages" not in said
    assert "your fee increases by 3%: $87.24 a month." in said


def test_our_words_in_an_american_letter_are_american_and_names_keep_their_spelling(root):
    change(
        root,
        SERVICE,
        ("what: Technology plan updated", "what: Programme of licences updated"),
        ("what: We replaced a failing", "what: We organised a new"),
    )
    change(root, FACTS, ("license register", "licence register"), ("reason: Our", "reason: Labour costs more. Our"))
    change(root, AGREEMENT, ("product: Halden Office Business", "product: Halden Licence Centre"))
    said = words(root)
    assert "We organized a new disk" in said
    assert "license register" in said
    assert "Labor costs more." in said
    assert "| Halden Licence Centre | 34 |" in said, "a name"


def test_a_british_date_in_an_american_letter_is_found(root):
    change(
        root,
        SERVICE,
        ("source: Findings list of January 2027, pillar", "source: Findings list of 5 January 2027, pillar"),
    )
    change(root, SERVICE, ("effect: No gap in security updates", "effect: No gap until 5 January 2028"))
    found = [(each.rule, each.level, str(each.origin)) for each in made(root).warnings if each.rule == "foreign-date"]
    assert found == [("foreign-date", "warning", line_of(root, SERVICE, "- {on: 2027-02-27, what: We replaced"))]


@pytest.mark.parametrize(("day", "rules"), [("2027-05-05", ["meeting-day"]), ("2027-05-06", []), ("2027-07-30", []), ("2027-07-31", ["meeting-day"])])  # fmt: skip
def test_a_meeting_comes_after_the_letter_and_while_the_client_can_decide(root, day, rules):
    change(root, FACTS, ("meeting: 2027-05-13", f"meeting: {day}"))
    assert [each[0] for each in refused(root)] == rules


def test_the_letter_says_when_we_meet_and_by_when_each_step_is_planned(root):
    said = words(root)
    assert "at our meeting on **Thursday, May 13, 2027**." in said
    assert "| Training against phishing | Accepted | By December 2027 | $950.00 once |" in said
    assert "| Email archive that keeps seven years | Proposed | By March 2028 | $85.00 a month |" in said
    change(root, FACTS, ("meeting: 2027-05-13\n", ""))
    change(root, SERVICE, ("quarter: 2, monthly", "monthly"))
    said = words(root)
    assert "our meeting" not in said
    assert "| Email archive that keeps seven years | Proposed | To be agreed |" in said


def test_the_letter_has_two_pages_with_the_box_of_a_draft_and_the_figures_come_after_it(root):
    document, house = made(root).document, Repository(root).house()
    assert document.meta.watermark == WATERMARK
    pdf = pypdfium2.PdfDocument(FORMATS["pdf"](document, house, NO_EXTRAS))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert ["What we delivered" in page for page in pages[:3]] == [False, False, True]
