"""Amendments: the words in which the difference between two states of a contract is put."""

from tests.helpers import amending
from tests.helpers.amending import ASK, FACTS, NBSP, first_changes, said, second_changes, step, well, words
from tests.helpers.corpus import run
from tests.helpers.living import FOLDER, NAMED, change
from tests.whole.test_parity import of_docx, of_markdown, of_pdf, table_heads

signed_once = amending.signed_once
once_amended = amending.once_amended
signed = amending.signed
amended = amending.amended


def test_coverage_applies_from_the_day_of_the_amendment(signed):
    change(signed / FACTS, "users: 34", "users: 36")
    well(signed, *ASK)
    text = (signed / FOLDER / "amendment-1.md").read_text().replace(NBSP, " ")
    assert "From February 1, 2027, the Services cover 36 Users" in text
    assert "On the Start Date, the Services cover" not in text


def test_an_amendment_says_what_the_rest_of_the_month_costs_and_which_invoice_shows_it(signed):
    change(signed / FACTS, "users: 34", "users: 36")
    well(signed, "amend", "acme", "--on", "2027-01-04", "--effective", "2027-01-17")
    text = " ".join(words(signed).replace("\n", " ").split())
    assert "From January 17, 2027, the monthly fee is $3,032.00 instead of $2,908.00, plus" in text
    rest = "For the time from January 17, 2027 to January 31, 2027, a further $60.00 is charged on an invoice dated"
    assert (
        f"{rest} January 17, 2027 or later. This is the monthly difference of $124.00 for 15 of a month’s 31 days."
        in text
    )
    assert "The invoice for the month that begins on February 1, 2027 is the first with the new amount in full." in text


def test_an_amendment_that_leaves_the_fee_alone_does_not_speak_of_it(signed):
    change(signed / FACTS, "primary: lena-fischer", "primary: robert-okafor")
    well(signed, *ASK)
    assert "monthly fee is" not in words(signed)


def test_each_change_names_its_unit_as_the_signed_contract_numbers_it(signed):
    first_changes(signed)
    assert said(signed) == [
        "“Summary” on the Cover Page is replaced",
        "Section 26.2 (General limit) is replaced",
        "After section 34.1 (Entire agreement), this section is inserted",
        "Section 34.2 (Other rules) is replaced",
        "Schedule A, paragraph 1 (Coverage) is replaced",
        "Schedule B, paragraph 1.1 (Monthly fee) is replaced",
        "Schedule B, paragraph 9 (Contacts) is replaced",
    ]


def test_the_document_names_the_agreement_and_quotes_whole_new_texts(once_amended):
    found = words(once_amended)
    assert "version 1 (the “**Agreement**”), between Northlight IT Services LLC" in found
    assert "signed on September 21, 2026." in found
    assert "The changes take effect at the start of February 1, 2027." in found
    assert "> **34.1A Language.**\n> Notices are in English." in found
    assert "| Warehouse | 9 Mill Road, Utica, NY 13501 |" in found
    assert "> **9. Contacts**" in found
    assert "> **34.2 Other rules.**\n> An amendment must be in writing, name this Agreement, and be signed" in found
    assert "> A waiver counts only in writing and for the case stated.\n> Delay alone is not a waiver.\n" in found
    assert found.count("By:\\") == 2
    assert "By signing, each party accepts this amendment to the IT Support Agreement NL-2026-0042." in found


def test_a_draft_follows_the_facts_and_what_was_sent_does_not(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    well(signed, *ASK)
    change(signed / FACTS, "price: 64.00 USD", "price: 63.00 USD")
    assert run(signed, "--client", "acme", "--format", "md").code == 0
    assert "| 63.00 |" in words(signed)
    step(signed, "amendment-1", "sent")
    change(signed / FACTS, "price: 63.00 USD", "price: 65.00 USD")
    assert run(signed, "--client", "acme", "--format", "md").code == 0
    assert "| 63.00 |" in words(signed)
    assert "has changed since amendment-1 was sent" in run(signed, "status", *NAMED, "--document", "amendment-1").err


def test_amendments_are_numbered_without_a_gap(amended):
    (amended / FOLDER / "documents/amendment-1.yaml").rename(amended / FOLDER / "documents/amendment-2.yaml")
    assert "[amendment-number]" in run(amended, *ASK).err


def test_a_later_amendment_says_which_one_changed_a_unit_before(amended):
    well(amended, *ASK, *second_changes(amended))
    found = words(amended, "amendment-2")
    assert (
        "Schedule B, paragraph 1.1 (Monthly fee), as changed by Amendment No. 1, is deleted and replaced by:" in found
    )
    assert "It changes the Agreement as amended before." in found
    assert "After section 33 (Assignment), this section is inserted:\n\n> **33A. Seasonal gifts**" in found
    assert "Schedule A, paragraph 17 (Improvement) is deleted." in found
    assert "Other rules" not in found


def test_kept_numbers_are_the_same_in_every_face(amended):
    well(amended, "amend", "acme", "--on", "2027-01-20", "--consolidate")
    for name in ("amendment-1", "consolidated"):
        page, word, pdf = ((amended / FOLDER / f"{name}.{suffix}").read_bytes() for suffix in ("md", "docx", "pdf"))
        assert of_docx(word) == of_markdown(page)
        assert of_pdf(pdf, table_heads(page)) == of_markdown(page)
