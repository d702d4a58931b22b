"""The renewal letter: ten things in their order, from facts alone, honest about what is not known or went wrong."""

from decimal import Decimal

import pypdfium2
import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.letters.price_view import shown
from contract_assembly.letters.renewal_letter import KIND
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.corpus import run
from tests.helpers.renewal_documents import (
    ACME,
    BROOKFIELD,
    LETTER,
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

AGREEMENT, SERVICE, FACTS = f"{ACME}/agreement.yaml", f"{ACME}/service.yaml", f"{ACME}/documents/{LETTER}.yaml"
INTENT = "renewal:\n  increase: 3 %\n  users: 36\n"
NOTICES = "notices:\n  - {says: increase, term: 2027-10-01, sent: 2027-05-05, by: email}\n"


@pytest.fixture
def root(tmp_path):
    return office(tmp_path)


@pytest.fixture
def quiet(root):
    """A renewal at which nothing changes."""
    change(root, AGREEMENT, (INTENT, ""), (NOTICES, ""))
    change(root, FACTS, ("counts: Two people", "# Two people"), ("price_notice: yes\n", ""))
    return root


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


def test_the_letter_has_two_pages_and_the_figures_stand_behind_it(root):
    document, house = made(root).document, Repository(root).house()
    pdf = pypdfium2.PdfDocument(FORMATS["pdf"](document, house, NO_EXTRAS))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert ["What we delivered" in page for page in pages[:3]] == [False, False, True]


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


# ---- the year


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
            "numerator: 268, denominator: 287, before_numerator: 0, before_denominator: 9,",
        ),
    )
    said = words(root)
    assert "| Requests closed | 287 | 341 the year before |" in said
    assert "| 268 of 287 (93.4%) | 0% the year before |" in said, "nothing of nine is a figure"


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
    change(root, SERVICE, ("    credit: 145.40 USD\n", ""), ("    credit: 58.16 USD\n", ""))
    assert "No credit was due for this." in words(root)


def test_a_year_without_misses_says_so_without_boasting(root):
    text = (root / SERVICE).read_text("utf-8")
    start, end = text.index("missed:\n"), text.index("changes:\n")
    (root / SERVICE).write_text(text[:start] + text[end:])
    assert "We know of no promise that we missed in this time." in words(root)


def test_a_share_under_what_was_agreed_is_a_miss_even_if_nobody_wrote_it_down(root):
    change(root, SERVICE, ("numerator: 281,", "numerator: 272,"), ("numerator: 163,", "numerator: 154,"))
    assert "Of our first responses, 94.8% were on time; we promise 95%, so we fell short." in words(root)


def test_what_was_declined_is_told_as_an_open_risk(root):
    change(root, SERVICE, ("price: 7800.00 USD, state: proposed", "price: 7800.00 USD, state: declined"))
    assert "> Replace the assembly plant’s server.\n> The manufacturer’s support ends on January 31, 2028." in words(
        root
    )


# ---- the price


def test_a_higher_price_says_how_much_of_it_comes_from_what(root):
    said = words(root)
    assert "**For the same scope, your fee increases by 3%: $87.24 a month.**\nThe agreement allows up to 5%." in said
    assert "That adds $127.72 a month." in said
    assert Decimal("2908.00") + Decimal("87.24") + Decimal("127.72") == Decimal("3122.96")
    assert "Our technicians’ wages" in said
    assert "Two people join your sales office" in said
    assert "7.4%" not in said, "no percentage mixes the increase with what the client adds"
    assert "If you do nothing, your present numbers renew at $2,995.24 a month." in said


@pytest.mark.parametrize("users", [20, 34, 35, 60, 500])
@pytest.mark.parametrize("increase", ["0 %", "2.99 %", "5 %"])
def test_no_percentage_of_the_letter_is_above_the_cap_whatever_the_client_adds(root, users, increase):
    change(root, AGREEMENT, (INTENT, f"renewal:\n  increase: {increase}\n  users: {users}\n"), (NOTICES, ""))
    change(root, FACTS, ("price_notice: yes\n", ""), ("counts: Two", "# Two"))
    price = facts_of(root)["price"].entries
    told = {name: each.value for name, each in price.items() if name in ("old", "new", "same_scope", "added")}
    sign = {"up": 1, "down": -1, "same": 0}[price["added_direction"].value]
    assert told["same_scope"].amount + sign * told["added"].amount == told["new"].amount
    assert price["same_scope_percent"].value.value <= 5


def facts_of(root):
    repository = Repository(root)
    inputs, issued = (
        repository.inputs("acme", "2026-support"),
        repository.issued("acme", "2026-support", LETTER, _models()),
    )
    return KIND.content(repository, inputs, issued).facts


def test_a_price_that_stays_needs_no_table_of_lines(quiet):
    said = words(quiet)
    assert "Your fee stays the same: $2,908.00 a month, $34,896.00 a year, excluding" in said
    assert "Unit price now" not in said
    assert "We are not asking for one." in said
    assert "notice of the new prices" not in said


def test_a_lower_price_says_why(quiet):
    add(quiet, AGREEMENT, "\nrenewal:\n  users: 30\n  ended: []\n")
    said = words(quiet)
    assert "**Our unit prices do not increase,** although the agreement would allow it." in said
    assert "What you no longer need takes $248.00 a month off." in said
    assert "34 now, then 30" in said


def test_a_rise_by_an_index_names_it_its_months_and_its_figures(quiet):
    rows = "month,value,published_on\n" + "".join(
        f"{2026 + (n // 12)}-{n % 12 + 1:02},{100 + n},{2026 + ((n + 1) // 12)}-{(n + 1) % 12 + 1:02}-15\n"
        for n in range(5, 15)
    )
    (quiet / "provider/indices/example-cpi.csv").write_text(rows)
    rule = "  increase_notice: 90 days\n  increase: {rule: index, series: example-cpi, lag: 7}\n"
    change(quiet, AGREEMENT, ("  increase_notice: 90 days\n", rule))
    assert ("index-missing", line_of(quiet, AGREEMENT, "increase: {")) in [each[:2] for each in refused(quiet)]
    earlier = "2026-01,98,2026-02-15\n2026-02,98.5,2026-03-15\n2026-03,100,2026-04-15\n2026-04,100,2026-05-15\n2026-05,100,2026-06-15\n"
    (quiet / "provider/indices/example-cpi.csv").write_text(rows.replace("on\n", f"on\n{earlier}", 1))
    said = words(quiet)
    assert "The index was 100 in March 2026 and 114 in March 2027, an increase of 14%." in said
    assert "The agreement caps our increase at 5%." in said
    assert "provider/indices/example-cpi.csv" in made(quiet).sources


def _models():
    from contract_assembly.letters.kinds import MODELS

    return MODELS


@pytest.mark.parametrize(
    ("exact", "printed"), [("0", "0"), ("7.3920", "7.4"), ("0.04", "0.04"), ("0.0001", "0.01"), ("100", "100")]
)
def test_a_change_is_never_printed_as_none(exact, printed):
    assert shown(Decimal(exact)).value == Decimal(printed)


# ---- the choice


def test_four_options_have_letters_prices_and_what_to_do(root):
    said = words(root)
    for row in (
        "| A: Renew | The same services and service levels, without the proposals | $3,122.96 |",
        (
            "| B: Complete Care | **More:** Priority 1 response in 30 minutes (now 1 business hour); 12 on-site hours a month (now 6); "
            "97% on time (now 95%); Email archive that keeps seven years; and 30 more. **Less:** nothing. | $4,627.00 |"
        ),
        "90% on time (now 95%); and 23 more. | $2,157.00 |",
        "| D: Do not renew | The services end on September 30, 2027 | none |",
    ):
        assert row in said


def test_an_option_with_other_numbers_says_which(root):
    change(
        root,
        FACTS,
        ("  plan: essential\n", "  users: 30\n  assets: [{kind: server, count: 2}]\n  ended: [firewalls]\n"),
    )
    assert "| C: Essential Care | 30 users, 2 servers, and without Firewall care. | " in words(root)


def test_the_enclosure_lists_every_point_in_which_the_plans_differ(root):
    said = words(root)
    assert "| Root-cause report on each Priority 1 Incident | Within 2 Business Days after Resolution | not included | Within 5 Business Days after Resolution |" in said  # fmt: skip
    rows = said[said.index("What another plan would change") :].split("\n\n")[1].splitlines()[2:]
    assert len(rows) > 33
    assert not any("Telephone line" in row for row in rows), "what stays is not a difference"
    change(root, FACTS, ("  plan: complete\n", ""), ("  plan: essential\n", "  users: 30\n"))
    assert "What another plan would change" not in words(root)


def test_words_that_sell_what_the_client_has_are_refused(root):
    change(root, FACTS, ("  plan: complete\n", "  plan: complete\n  effect: Priority 1 calls day and night\n"))
    ((rule, place, hint),) = refused(root)
    assert (rule, place) == ("sells-what-is-there", line_of(root, FACTS, "effect:"))
    assert hint.startswith("leave it out")
    change(root, FACTS, ("Priority 1 calls day and night", "A plan for an office that cannot wait"))
    assert "| B: Complete Care | A plan for an office that cannot wait. **More:** Priority 1" in words(root)


def test_leaving_is_explained_with_what_the_contract_promises(root):
    assert "So are the first eight hours of help with the move" in words(root)
    add(root, AGREEMENT, "\nparameters:\n  exit-plan-help: {help_hours: 24}\n")
    assert "So are the first 24 hours of help with the move" in words(root)


def test_without_other_offers_there_are_two_options(root):
    text = (root / FACTS).read_text("utf-8")
    (root / FACTS).write_text(text[: text.index("extended:")] + text[text.index("enclosed:") :])
    said = words(root)
    assert "| B: Do not renew |" in said


def test_another_plan_is_a_proposal_and_what_renews_by_itself_stays(root):
    change(root, AGREEMENT, (INTENT, "renewal:\n  plan: complete\n"), (NOTICES, ""))
    change(root, FACTS, ("price_notice: yes\n", ""))
    said = words(root)
    assert "| A: Renew | The same services and service levels, without the proposals | $2,908.00 |" in said
    assert (
        "| B: What we propose | Complete Care instead of Business Care. **More:** Priority 1 response in 30 minutes"
        in said
    )
    assert "and 30 more. **Less:** nothing. | $4,352.00 |" in said


def test_what_does_not_renew_by_itself_asks_for_a_signature(root):
    change(root, AGREEMENT, ("  renewal: automatic\n", "  renewal: by-agreement\n"))
    said = words(root)
    assert "# Extension of NL-2026-0042" in said
    assert "and does not renew automatically." in said
    assert "I will send you the agreement for the next term to sign." in said
    assert "> **Renewal.**" not in said
    assert "> **If you leave,**" in said


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
    assert "New York law requires a separate notice; expect it between July 2, 2027 and July 15, 2027." in box


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


def test_three_priorities_or_more_are_drawn_and_fewer_are_rows(root):
    charts = [each for each in d.walk(made(root).document) if isinstance(each, d.Chart)]
    assert [d.plain(row[0].children)[-1] for row in charts[0].table.rows] == ["1", "2", "3", "4"]
    assert "| Priority 3 | 97% | 95% | 163 of 168 |" in words(root)
    text = (root / SERVICE).read_text("utf-8").splitlines(keepends=True)
    gone = ("  - {target: response, priority: P3", "  - {target: response, priority: P4")
    (root / SERVICE).write_text("".join(each for each in text if not each.startswith(gone)))
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


# ---- what commitment saves, in figures


def test_the_letter_says_what_each_longer_commitment_would_cost_and_save(root):
    said = words(root)
    assert (
        "$3,081.76 a month for 24 months (saving $988.80), or $3,057.03 a month for 36 months (saving $2,373.48)."
        in said
    )
    assert (Decimal("3122.96") - Decimal("3081.76")) * 24 == Decimal("988.80")
    change(root, AGREEMENT, ("  renewal_length: 12 months", "  renewal_length: 24 months"))
    said = words(root)
    assert "for 24 months (" not in said
    assert "for 36 months (saving $2,373.48)." in said


def test_the_next_contract_has_the_fee_that_the_letter_gave_for_a_commitment(root):
    change(root, AGREEMENT, (INTENT, f"{INTENT}  commitment: 24 months\n"))
    said = words(root)
    assert "| B: What we propose | a commitment of 24 months | $3,081.76 |" in said
    assert "| A: Renew | The same services and service levels, without the proposals | $3,122.96 |" in said


HOURS = (
    'hours: {count: "331.5", period: {first: 2026-10-01, last: 2027-04-30}, source: Time records of our technicians}\n'
)


def test_the_hours_worked_are_priced_as_a_block(root):
    said = words(root)
    assert "We worked 331.5 hours for you." in said
    assert "they would have cost $27,846.00; your fee for that time is $20,356.00." in said
    assert (Decimal("331.5") * 84, Decimal("2908.00") * 7) == (Decimal("27846.00"), Decimal("20356.00"))


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (HOURS.replace("331.5", "242.34"), "would have cost $20,356.56"),  # 84.00 an hour: just above the fee
        (HOURS.replace("331.5", "242.33"), None),
        (HOURS.replace("331.5", "18").replace("2027-04-30", "2026-10-31"), None),
        (
            HOURS.replace("331.5", "39").replace("2027-04-30", "2026-10-31"),
            "would have cost $3,510.00",
        ),  # 20 hours: 90.00
        (HOURS.replace("2027-04-30", "2027-04-29"), None),  # no whole months: no fee to compare with
        ("", None),
    ],
)
def test_hours_are_compared_only_with_a_fee_that_is_lower(root, hours, found):
    change(root, SERVICE, (HOURS, hours))
    said = words(root)
    assert ("would have cost" in said) == (found is not None)
    assert (found or "") in said


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
