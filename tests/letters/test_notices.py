"""The short papers around a renewal: each goes in its own time and by its own way, or is refused with what remains."""

import pytest

from tests.helpers.renewal_documents import ACME, add, change, line_of, made, office, refused, words

AGREEMENT, NAME = f"{ACME}/agreement.yaml", "renewal-notice-2027"
FACTS = f"{ACME}/documents/{NAME}.yaml"
WISCONSIN = "agreements/lakeside/2027-support"


@pytest.fixture
def root(tmp_path):
    return office(tmp_path)


def issued(root, kind, facts, folder=ACME):
    add(root, f"{folder}/documents/{kind}.yaml", f"document: {kind}\n{facts}")


# ---- the notice of renewal


def test_it_calls_attention_to_the_section_and_states_what_the_contract_promises(root):
    said = words(root, name=NAME)
    assert "we call your attention to a provision of your agreement: the section “Renewal”" in said
    assert "| Renewal | 12 months, from October 1, 2027 to September 30, 2028 |" in said
    assert (
        "| Price of the renewal | $2,995.24 a month, $35,942.88 a year, at your current user and device counts" in said
    )
    assert "| With the counts planned | $3,122.96 a month, once you have asked for the change" in said
    assert (
        "| How to decline | Send notice to Northlight IT Services LLC: by email to notices@northlight.example" in said
    )
    assert "| Last day to decline | **Friday, July 30, 2027** |" in said


def test_it_says_how_it_is_served_and_goes_to_the_contact_for_notices(root):
    said = words(root, name=NAME)
    assert (
        "serves this notice on July 7, 2027 by certified mail, to Acme Instruments, Inc., attention General Counsel."
        in said
    )
    assert "It may be served" not in said, "the window is for us, not for the client"
    assert "**Acme Instruments, Inc.**\\\nAttention: General Counsel\\\n2200 Calder Street" in said
    assert "Dear General Counsel:" in said


def test_it_sells_nothing(root):
    said = words(root, name=NAME).casefold()
    for word in ("option", "your year", "recommend", "thank"):
        assert word not in said


@pytest.mark.parametrize(
    ("day", "hint"),
    [
        ("2027-07-01", "serve it from 2027-07-02 to 2027-07-08"),
        ("2027-07-09", "what remains: serve it in person until 2027-07-15; have"),
        ("2027-07-16", "what remains: have the next term signed by both parties"),
    ],
)
def test_outside_its_window_it_is_refused_with_what_remains_possible(root, day, hint):
    change(root, FACTS, ("2027-07-07", day), ("[AR-NY, contract]", "[AR-NY]"))
    (found,) = (each for each in refused(root, name=NAME) if each[1].startswith(FACTS))
    assert found[:2] == ("outside-window", line_of(root, FACTS, "date:"))
    assert hint in found[2]


@pytest.mark.parametrize("day", ["2027-07-02", "2027-07-08"])
def test_both_ends_of_the_window_are_inside(root, day):
    change(root, FACTS, ("2027-07-07", day))
    assert refused(root, name=NAME) == []


def test_a_way_that_the_law_does_not_name_is_refused(root):
    change(root, FACTS, ("certified-mail", "email"))
    found = refused(root, name=NAME)
    assert ("wrong-channel", line_of(root, FACTS, "by:")) in [each[:2] for each in found]
    assert "serve it in person or by certified mail" in {each[2] for each in found}


def test_a_rule_that_asks_for_no_notice_is_refused(root):
    change(root, FACTS, ("[AR-NY, contract]", "[AR-UT]"))
    ((rule, place, hint),) = refused(root, name=NAME)
    assert (rule, place, hint) == ("unknown-rule", line_of(root, FACTS, "rules:"), "did you mean AR-NY?")


def test_in_wisconsin_it_has_four_items_and_goes_by_mail(tmp_path):
    root = office(tmp_path, "lakeside")
    issued(root, "statutory-notice", "date: 2027-09-07\nrules: [contract]\nby: certified-mail\n", WISCONSIN)
    said = words(root, WISCONSIN, "statutory-notice")
    assert "the reminder that the law of Wisconsin requires" in said
    for item in (
        "(a) that your agreement renews",
        "(b) each price increase",
        "(c) how to decline",
        "(d) the last day to decline.",
    ):
        assert item in said


def test_a_term_of_over_a_year_in_wisconsin_has_the_window_of_its_law(tmp_path):
    root = office(tmp_path, "lakeside")
    change(
        root,
        f"{WISCONSIN}/agreement.yaml",
        ("  length: 12 months", "  length: 24 months"),
        ("  renewal_length: 12 months", "  renewal_length: 13 months"),
    )
    facts = "date: 2028-09-07\nrules: [AR-WI-2, contract]\nby: certified-mail\n"
    issued(root, "statutory-notice", facts, WISCONSIN)
    assert refused(root, WISCONSIN, "statutory-notice") == [], "certified mail is mail"


def test_where_no_law_asks_the_contract_promises_it(tmp_path):
    root, folder = office(tmp_path, "brookfield"), "agreements/brookfield/2026-support"
    issued(root, "statutory-notice", "date: 2027-07-20\nrules: [contract]\nby: email\nmail: yes\n", folder)
    said = words(root, folder, "statutory-notice")
    assert "We draw your attention to its section “Renewal”" in said
    assert "by email, to Brookfield Tanner Architects LLP, attention Practice Director" in said


# ---- the notice of new prices


def test_it_shows_old_and_new_prices_and_the_new_fee(root):
    issued(root, "price-notice", "date: 2027-06-10\n")
    said = words(root, name="price-notice")
    assert "| User support and workstation care | 34 now, then 36 | 62.00 | 63.86 | 2,108.00 | 2,298.96 |" in said
    assert "| **Total a month** |  |  |  | **2,908.00** | **3,122.96** |" in said
    assert "Unit prices increase by 3%.\nThe agreement allows up to 5%." in said
    assert "You can still decline the renewal, without giving a reason, until **Friday, July 30, 2027**" in said
    assert "We are sending this notice by email to legal@acme-instruments.example." in said
    assert "The hourly rates of the rate card do not change." in said


@pytest.mark.parametrize(
    ("by", "day", "late"),
    [
        ("email", "2027-07-02", False),
        ("email", "2027-07-03", True),
        ("certified-mail", "2027-06-25", False),
        ("certified-mail", "2027-06-28", True),
    ],
)
def test_it_must_take_effect_in_time_by_its_way(root, by, day, late):
    issued(root, "price-notice", f"date: {day}\nby: {by}\n")
    found = [each[0] for each in refused(root, name="price-notice")]
    assert found == (["notice-late"] if late else [])


def test_a_price_that_does_not_rise_needs_no_notice(root):
    change(root, AGREEMENT, ("  increase: 3 %\n", ""))
    issued(root, "price-notice", "date: 2027-06-10\n")
    assert [each[0] for each in refused(root, name="price-notice")] == ["no-rise"]


# ---- the last reminder, and the answer to a notice to decline


def test_a_last_reminder_is_short_and_comes_before_the_day(root):
    issued(root, "last-reminder", "date: 2027-07-16\n")
    said = words(root, name="last-reminder")
    assert "**Friday, July 30, 2027** is the last day to decide" in said
    assert len(said.split()) < 250
    change(root, f"{ACME}/documents/last-reminder.yaml", ("2027-07-16", "2027-08-02"))
    found = refused(root, name="last-reminder")
    assert "letter-late" in {each[0] for each in found}


def test_a_decline_is_answered_with_the_last_day_and_the_way_out(root):
    declined = "notices:\n  - {says: decline, term: 2027-10-01, sent: 2027-07-14, by: email, to: provider}\n"
    change(root, AGREEMENT, ("notices:\n", declined))
    issued(root, "non-renewal", "date: 2027-07-15\n")
    said = words(root, name="non-renewal")
    assert "Thank you for your notice of July 14, 2027, which we received by email." in said
    assert "ends on **Thursday, September 30, 2027**." in said
    assert "Within 10 days of your notice, you will receive an exit plan" in said
    assert "The monthly fee ends on that day.\n" in said
    assert "remain payable" not in said, "no license ends later"
    assert "stay" not in said.casefold(), "nobody is talked round"
    change(root, AGREEMENT, ("    last_day: 2027-09-30\n", "    last_day: 2027-12-31\n"))
    assert "Licenses with a later end date remain payable as agreed." in words(root, name="non-renewal")
    change(root, f"{ACME}/documents/non-renewal.yaml", ("2027-07-15", "2027-07-13"))
    assert [each[0] for each in refused(root, name="non-renewal")] == ["answer-before-notice"]


def test_without_a_recorded_decline_there_is_nothing_to_answer(root):
    issued(root, "non-renewal", "date: 2027-07-15\n")
    ((rule, place, hint),) = refused(root, name="non-renewal")
    assert (rule, place) == ("not-declined", line_of(root, AGREEMENT, "notices:"))
    assert "{says: decline, term: 2027-10-01" in hint


def test_a_decline_that_came_too_late_is_not_confirmed(root):
    late = "notices:\n  - {says: decline, term: 2027-10-01, sent: 2027-08-02, by: email, to: provider}\n"
    change(root, AGREEMENT, ("notices:\n", late))
    issued(root, "non-renewal", "date: 2027-08-03\n")
    assert [each[0] for each in refused(root, name="non-renewal")] == ["not-declined"]


def test_the_file_of_the_notice_alone_decides_its_words(root):
    assert FACTS in made(root, name=NAME).sources
    assert f"{ACME}/service.yaml" in made(root, name=NAME).sources
