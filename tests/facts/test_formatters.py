"""How facts read: English grammar, by locale."""

from contextlib import suppress
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Duration, Money, Percent, Span, Weekdays
from contract_assembly.facts.formatters import WORDINGS, WordingError, article, plural, worded
from contract_assembly.facts.template_values import Fact, Record, Series

HERE = Origin("f.yaml")


def fact(value):
    return Fact(value, "some.fact", HERE)


def series(*values):
    return Series(tuple(fact(value) for value in values), "some.list", HERE)


def record(**entries):
    return Record({name: fact(value) for name, value in entries.items()}, "some.record", HERE)


def said(name, value, *options, locale="en-US"):
    """The words, with a plain blank for each one that does not break."""
    return worded(name, value if isinstance(value, Record | Series) else fact(value), locale, *options).replace(
        "\u00a0", " "
    )


def usd(text):
    return Money(Decimal(text), "USD")


# ---- grammar


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero users"), (1, "one user"), (2, "two users"), (10, "ten users"), (11, "11 users"), (21, "21 users")],
)
def test_a_count_is_in_words_up_to_ten_and_its_noun_agrees(number, words):
    assert said("count", number, "user") == words


def test_a_fraction_is_plural_and_in_digits():
    assert said("count", Decimal("1.5"), "hour") == "1.5 hours"
    assert said("count", Decimal("1.0"), "hour") == "one hour"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (125, "2 h 5 min"), (60060, "1,001 h")]
)
def test_minutes_are_told_in_hours(minutes, words):
    assert said("elapsed", minutes) == words


@pytest.mark.parametrize(("value", "words"), [("100", "100.0%"), ("97.9", "97.9%"), ("0.1", "0.1%")])
def test_a_share_has_one_decimal_as_every_other_of_its_column(value, words):
    assert said("share", Percent(Decimal(value))) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (22, "22nd"),
        (28, "28th"),
        (101, "101st"),
        (111, "111th"),
        (113, "113th"),
    ],
)
def test_an_ordinal_has_the_ending_that_is_spoken(day, words):
    assert said("ordinal", day) == words


def test_an_entry_with_a_count_is_called_by_its_noun():
    assert [said("noun", record(noun="cloud tenant", count=n)) for n in (1, 2)] == ["cloud tenant", "cloud tenants"]
    with pytest.raises(WordingError):
        said("noun", "server")


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-IE"])
def test_a_month_is_told_with_its_year(locale):
    assert said("month", date(2027, 7, 31), locale=locale) == "July 2027"


def test_a_list_is_counted():
    assert said("count", series("a", "b", "c"), "site") == "three sites"
    assert said("count", series("a"), "site") == "one site"


def test_an_irregular_plural_is_given_with_the_noun():
    assert [said("count", n, "person", "people") for n in (1, 2)] == ["one person", "two people"]


@pytest.mark.parametrize(("number", "verb"), [(0, "are"), (1, "is"), (2, "are"), (21, "are"), (Decimal("1.5"), "are")])
def test_a_verb_agrees_with_the_number(number, verb):
    assert said("agree", number, "is", "are") == verb


@pytest.mark.parametrize(
    ("noun", "nouns"),
    [
        ("hour", "hours"),
        ("day", "days"),
        ("party", "parties"),
        ("Activity", "Activities"),
        ("box", "boxes"),
        ("branch", "branches"),
        ("business", "businesses"),
        ("month", "months"),
        ("Business Day", "Business Days"),
    ],
)
def test_plurals_of_regular_nouns(noun, nouns):
    assert plural(noun) == nouns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hour", "an"), ("honest mistake", "an"), ("heir", "an"), ("8-hour day", "an"), ("11", "an"), ("18-month term", "an"),
        ("80", "an"), ("11,000", "an"), ("SLA", "an"), ("MSP", "an"), ("NDA", "an"), ("LLC", "an"), ("RPO", "an"),
        ("X-ray", "an"), ("IT firm", "an"), ("EU law", "an"), ("upgrade", "an"), ("uninterrupted line", "an"),
        ("onerous term", "an"), ("S corporation", "an"), ("HTML page", "an"),
        ("user", "a"), ("unit", "a"), ("European firm", "a"), ("one-time fee", "a"), ("US firm", "a"), ("U.S. firm", "a"),
        ("UPS", "a"), ("UK firm", "a"), ("110", "a"), ("180-day period", "a"), ("12-month term", "a"), ("LAN", "a"),
        ("RAM module", "a"), ("corporation", "a"), ("limited liability company", "a"), ("SaaS tenant", "a"), ("VAT return", "a"),
    ],
)  # fmt: skip
def test_an_article_goes_by_the_sound(text, expected):
    assert article(text) == expected
    assert said("article", text) == f"{expected} {text}"


@pytest.mark.parametrize("name", ["Acme", "Acme Instruments", "Jones"])
def test_every_owner_gets_an_apostrophe_and_an_s(name):
    assert said("possessive", name) == f"{name}’s"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b, and c"),
        (["a, b"], "a, b"),
        (["a, b", "c"], "a, b; and c"),
        (["a", "b, c", "d"], "a; b, c; and d"),
    ],
)
def test_a_list_in_a_sentence(values, words):
    assert said("list", series(*values)) == words


def test_a_list_of_records_is_told_by_one_of_their_facts():
    sites = Series((record(name="Oslo"), record(name="Bergen")), "sites", HERE)
    assert said("list", sites, "name", "or") == "Oslo or Bergen"
    with pytest.raises(WordingError, match="wants a list of texts under 'town'"):
        said("list", sites, "town")


def test_an_empty_list_cannot_be_said():
    with pytest.raises(WordingError, match="nothing in the list"):
        said("list", series())


# ---- money and numbers


@pytest.mark.parametrize(
    ("value", "locale", "words"),
    [
        (usd("1250.00"), "en-US", "$1,250.00"),
        (usd("1250"), "en-IE", "US$1,250.00"),
        (Money(Decimal(1250), "EUR"), "en-IE", "€1,250.00"),
        (Money(Decimal(1250), "CAD"), "en-CA", "C$1,250.00"),
        (Money(Decimal(1250), "AUD"), "en-AU", "A$1,250.00"),
        (Money(Decimal(1250), "AUD"), "en-US", "A$1,250.00"),
        (Money(Decimal(1250), "NZD"), "en-NZ", "NZ$1,250.00"),
        (Money(Decimal(1250), "CHF"), "en-GB", "CHF 1,250.00"),
        (usd("1250"), "en-CA", "US$1,250.00"),
        (Money(Decimal(1250), "GBP"), "en-GB", "£1,250.00"),
        (Money(Decimal(1250000), "JPY"), "en-US", "¥1,250,000"),
        (Money(Decimal("1.25"), "KWD"), "en-US", "KWD 1.250"),
        (usd("-5"), "en-US", "-$5.00"),
    ],
)
def test_money_has_its_sign_and_the_decimals_of_its_currency(value, locale, words):
    assert said("money", value, locale=locale) == words


def test_an_amount_without_its_currency_keeps_its_decimals():
    assert said("amount", usd("1250")) == "1,250.00"
    assert said("amount", Money(Decimal(1250), "JPY")) == "1,250"


@given(st.integers(-(10**8), 10**8))
def test_money_prints_what_rounding_half_up_gives(thousandths):
    value = usd(str(Decimal(thousandths).scaleb(-3)))
    printed = said("amount", value).replace(",", "")
    assert Decimal(printed) == value.rounded().amount
    assert said("money", value).replace("$", "").replace(",", "") == printed


def test_numbers_are_grouped():
    assert said("number", 1250) == "1,250"
    assert said("number", series("a", "b")) == "2"


def test_a_decimal_is_printed_as_written():
    assert [said("decimal", Decimal(text)) for text in ("1.5", "2.0", "1250.25")] == ["1.5", "2.0", "1,250.25"]


def test_percentages_drop_zeros_that_say_nothing():
    words = [said("percent", Percent(Decimal(text))) for text in ("7.5", "7.50", "100", "0", "94.99")]
    assert words == ["7.5%", "7.5%", "100%", "0%", "94.99%"]


# ---- periods and times


@pytest.mark.parametrize(
    ("period", "words", "before_a_noun"),
    [
        (Duration(30, "day"), "30 days", "30-day"),
        (Duration(1, "month"), "1 month", "1-month"),
        (Duration(1, "business day"), "1 Business Day", "1-Business-Day"),
        (Duration(4, "business hour"), "4 Business Hours", "4-Business-Hour"),
        (Duration(0, "day"), "0 days", "0-day"),
    ],
)
def test_a_period_is_in_digits_with_its_unit(period, words, before_a_noun):
    assert said("duration", period) == words
    assert said("hyphenated", period) == before_a_noun


@pytest.mark.parametrize(
    ("months", "days", "words"),
    [(10, 15, "10 months and 15 days"), (1, 1, "1 month and 1 day"), (2, 0, "2 months"), (0, 1, "1 day")],
)
def test_a_period_of_months_and_days_names_only_what_it_has(months, days, words):
    assert said("duration", Span(months, days)) == words


def test_a_number_stays_with_its_unit():
    assert worded("duration", fact(Duration(30, "day")), "en-US") == "30\u00a0days"
    assert worded("count", fact(34), "en-US", "user") == "34\u00a0users"


@pytest.mark.parametrize(
    ("locale", "long", "full"),
    [
        ("en-US", "July\u00a030, 2027", "Friday, July\u00a030, 2027"),
        ("en-GB", "30\u00a0July\u00a02027", "Friday\u00a030\u00a0July\u00a02027"),
        ("en-CA", "July\u00a030, 2027", "Friday, July\u00a030, 2027"),
        ("en-IE", "30\u00a0July\u00a02027", None),
    ],
)
def test_a_date_is_in_full_and_its_day_stays_with_its_month(locale, long, full):
    assert worded("date", fact(date(2027, 7, 30)), locale) == long
    if full:
        assert worded("weekday_date", fact(date(2027, 7, 30)), locale) == full


@pytest.mark.parametrize(
    ("locale", "short"),
    [
        ("en-US", "Jul\u00a030,\u00a02027"),
        ("en-CA", "Jul\u00a030,\u00a02027"),
        ("en-GB", "30\u00a0Jul\u00a02027"),
        ("en-IE", "30\u00a0Jul\u00a02027"),
        ("en-AU", "30\u00a0July\u00a02027"),
    ],
)
def test_a_short_date_stays_on_one_line(locale, short):
    assert worded("short_date", fact(date(2027, 7, 30)), locale) == short


def test_a_time_of_day_by_locale():
    assert said("time", time(8, 0)) == "8:00 AM"
    assert said("time", time(18, 30), locale="en-GB") == "18:30"


def test_weekdays():
    assert said("weekdays", Weekdays(0, 4)) == "Monday to Friday"
    assert said("weekdays", Weekdays(2, 2)) == "Wednesday"


# ---- places


def test_an_address_is_one_line_with_the_name_of_the_country():
    lines = series("418 Broadway", "Suite 300")
    rest = record(city="Albany", region="NY", postcode="12207", country="US").entries
    assert said("address", Record({"lines": lines, **rest}, "a", HERE)) == (
        "418 Broadway, Suite 300, Albany, NY 12207, United States"
    )
    rest = record(city="Dublin", region=None, postcode="D02 X285", country="IE").entries
    assert said("address", Record({"lines": lines, **rest}, "a", HERE)).endswith("Suite 300, Dublin D02 X285, Ireland")


def test_a_country_in_a_sentence_has_its_article():
    assert [said("country", place) for place in ("US-NY", "GB-ENG", "IE", "NL", "PH", "AE")] == [
        "the United States",
        "the United Kingdom",
        "Ireland",
        "the Netherlands",
        "the Philippines",
        "the United Arab Emirates",
    ]


# ---- what does not fit


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("money", date(2026, 1, 1), "wants money, not a date"),
        ("date", "2026-01-01", "wants a date, not text"),
        ("percent", 5, "wants a percentage, not a number"),
        ("duration", 5, "wants a period, not a number"),
        ("number", True, "wants a number or a list, not a yes or no"),
        ("number", None, "not a fact that is not given"),
        ("possessive", 5, "wants text, not a number"),
        ("address", "here", "wants an address, not text"),
        ("list", "here", "wants a list, not text"),
        ("time", date(2026, 1, 1), "wants a time of day, not a date"),
    ],
)
def test_a_wording_for_another_type_is_refused_in_words(name, value, wrong):
    with pytest.raises(WordingError, match=wrong):
        said(name, value)


WANTED = {
    "amount": "money",
    "article": "text",
    "country": "a place code",
    "date": "a date",
    "decimal": "a number",
    "duration": "a period",
    "elapsed": "a number of minutes",
    "money": "money",
    "month": "a date",
    "percent": "a percentage",
    "possessive": "text",
    "share": "a percentage",
    "short_date": "a date",
    "time": "a time of day",
    "weekday_date": "a date",
    "weekdays": "weekdays",
}


@pytest.mark.parametrize("name", WANTED)
def test_each_wording_says_what_it_wants(name):
    with pytest.raises(WordingError) as wrong:
        said(name, True)
    assert str(wrong.value) == f"wants {WANTED[name]}, not a yes or no"


@pytest.mark.parametrize("name", sorted(WORDINGS))
@pytest.mark.parametrize("value", ["x", 1, None, True, date(2026, 1, 1), usd("1"), Duration(1, "day"), Decimal("1.5")])
def test_no_wording_fails_but_by_saying_so(name, value):
    options = {"count": ["hour"], "agree": ["is", "are"]}.get(name, [])
    with suppress(WordingError):
        assert said(name, value, *options)
