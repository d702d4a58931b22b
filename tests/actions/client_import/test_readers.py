import pytest

from contract_assembly.actions.client_import.readers import BILLINGS, RENEWALS, months, period, word


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("60 days", "60 days"),
        ("Net 30", "30 days"),
        ("90d", "90 days"),
        ("30", "30 days"),
        ("3 mo.", "3 months"),
        ("1 Year", "1 year"),
        ("10 business days", "10 business days"),
    ],
)
def test_a_period_is_read_as_tables_have_it(text, means):
    assert period(text).text == means


@pytest.mark.parametrize(
    ("text", "why"),
    [("3", "may be days or months"), ("soon", "not a period"), ("0", "not a period"), ("30 x", "not a period")],
)
def test_a_period_that_may_mean_two_things_or_none_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        period(text)


def test_a_renewal_is_a_number_of_months():
    assert months("1 yr").months == 12
    with pytest.raises(ValueError, match="2 weeks is not a number of months"):
        months("2 weeks")


def test_the_mapping_has_the_last_word():
    read = word("renewals", {"Auto": "by-agreement", "Rolling": "automatic"}, RENEWALS)
    assert [read(each) for each in ("AUTO", "rolling", "By  Agreement", "automatic")] == [
        "by-agreement", "automatic", "by-agreement", "automatic",
    ]  # fmt: skip
    assert word("billings", {}, BILLINGS)("annually") == "yearly"
    with pytest.raises(
        ValueError, match="'fortnightly' is none of monthly, quarterly, yearly; in the mapping, billings: can say"
    ):
        word("billings", {}, BILLINGS)("fortnightly")
