"""The order of a further Block."""

from tests.helpers import block_firm
from tests.helpers.block_firm import NOTIFY, done, refused, words

before = block_firm.before
root = block_firm.root


def test_an_order_states_hours_rate_price_and_both_days(root):
    done(root, "block", "order", "hudson", "--hours", "40", "--first-day", "2026-12-07", "--on", "2026-11-24")
    said = words(root, "order-block-2")
    for stated in (
        "| 40 | $87.00 | $3,480.00 |",
        "This saves $520.00 compared with the list rate",
        "Monday, December 7, 2026",
        "Monday, December 6, 2027",
    ):
        assert stated in said, stated
    assert "4.625 hours are left" in said


def test_the_price_that_the_message_promised_is_kept(root):
    order = ("block", "order", "hudson", "--hours", "20", "--first-day", "2026-12-07", "--rate", "95.00 USD")
    done(root, *NOTIFY, "--apply")
    assert "this size may be ordered at 90.00 USD [same-price]" in refused(root, *order, "--on", "2026-12-01")
    done(root, *order[:-3], "2027-01-11", "--rate", "95.00 USD", "--on", "2027-01-04")  # after the 30 days
