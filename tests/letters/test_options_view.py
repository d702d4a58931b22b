"""The options in a renewal letter."""

from decimal import Decimal

from tests.helpers.renewal_documents import (
    AGREEMENT,
    FACTS,
    INTENT,
    NOTICES,
    add,
    change,
    line_of,
    refused,
    words,
)


def test_four_options_have_letters_prices_and_what_to_do(root):
    said = words(root)
    for row in (
        "| A: Renew | The same services and service levels, without the proposals | $3,122.96 |",
        (
            "| B: Complete Care | **More:** Priority 1 response in 30 minutes (now 1 business hour); 12 on-site hours a month (now 6); "
            "Email archive that keeps seven years; and 31 more, in the enclosure. **Less:** nothing. | $4,627.00 |"
        ),
        (
            "| C: Essential Care | **Less:** Priority 1 response in 2 business hours (now 1); 2 on-site hours a month (now 6); "
            "and 24 more, in the enclosure. | $2,157.00 |"
        ),
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
    assert "and 31 more, in the enclosure. **Less:** nothing. | $4,352.00 |" in said


def test_what_does_not_renew_by_itself_asks_for_a_signature(root):
    change(root, AGREEMENT, ("  renewal: automatic\n", "  renewal: by-agreement\n"))
    said = words(root)
    assert "# Extension of NL-2026-0042" in said
    assert "and does not renew automatically." in said
    assert "I will send you the agreement for the next term to sign." in said
    assert "> **Renewal.**" not in said
    assert "> **If you leave,**" in said


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


OTHERWISE = "What else another plan would change"


def test_the_enclosure_lists_every_point_in_which_the_plans_differ_the_own_plan_first(root):
    said = words(root)
    assert "| Root-cause report on each Priority 1 Incident | Within 5 Business Days after Resolution | Within 2 Business Days after Resolution | not included |" in said  # fmt: skip
    assert "| Response: Priority 1; Priority 2; Priority 3; Priority 4 | 1 business hour; 4 business hours; 1 business day; 2 business days | 30 minutes; 2 business hours; 4 business hours; 1 business day | 2 business hours; 8 business hours; 2 business days; 3 business days |" in said  # fmt: skip
    assert "| Most service credit: in a month; in a year | 10%; 8% | 15%; 10% | 8%; 6% |" in said
    assert "**Complete Care** adds: scan of servers" in said
    assert "loan of a workstation while a covered one is repaired" in said
    assert "**Essential Care** leaves out: restore test of one complete server;" in said
    assert "setup of a replacement workstation." in said
    rows = said[said.index(OTHERWISE) :].split("\n\n")[1].splitlines()[2:]
    assert len(rows) < 25
    assert not any("Telephone line" in row for row in rows), "what stays is not a difference"
    change(root, FACTS, ("  plan: complete\n", ""), ("  plan: essential\n", "  users: 30\n"))
    assert OTHERWISE not in words(root)
