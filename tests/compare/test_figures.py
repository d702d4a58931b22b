"""Facts compared by value: exact differences, labels for users, and only what a contract prints."""

from datetime import date, time
from decimal import Decimal

import pytest

from contract_assembly.compare.figures import difference, facts_changed, figures, is_named, label, names_of, worded
from contract_assembly.compare.labels import LABELS
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Duration, Money, Percent, Weekdays
from contract_assembly.document.tree import Document, Paragraph, Part, Value
from contract_assembly.facts.template_values import leaf
from tests.helpers.sample_tree import sample, t

AT = Origin("agreement.yaml", 4)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def printing(facts: dict, *keys: str):
    """A contract that prints these facts, and the facts."""
    words = tuple(Value(f"<{key}>", key, AT) for key in keys)
    return Document(sample().meta, (Part("terms", "terms", t("Terms"), (Paragraph(words),)),)), leaf(facts, "", AT)


def lines(name: str, price: str):
    return {"fees": {"lines": ({"label": name, "price": usd(price)},)}}


def test_money_differs_by_an_exact_amount_and_a_share():
    key = "fees.monthly"
    (change,) = figures(
        printing({"fees": {"monthly": usd("2400")}}, key), printing({"fees": {"monthly": usd("2472")}}, key)
    )
    assert str(change) == "Monthly fee: 2,400.00 USD to 2,472.00 USD, +72.00 USD, +3.0 %"
    assert change.origin == AT


def test_a_fact_that_neither_contract_prints_is_left_out():
    assert (
        figures(printing({"fees": {"monthly": usd("1"), "setup": usd("5")}}), printing({"fees": {"monthly": usd("2")}}))
        == ()
    )


def test_a_fact_that_only_one_contract_prints_is_added_or_removed():
    facts = {"fees": {"setup": usd("5")}}
    (gone,) = figures(printing(facts, "fees.setup"), printing(facts))
    (come,) = figures(printing(facts), printing(facts, "fees.setup"))
    assert [str(gone), str(come)] == ["Setup fee: 5.00 USD removed", "Setup fee: 5.00 USD added"]


def test_an_entry_is_identified_by_its_name_and_not_by_its_position():
    two = {"fees": {"lines": ({"label": "Sites", "price": usd("9")}, {"label": "Users", "price": usd("62")})}}
    assert figures(printing(lines("Users", "62"), "fees.lines.0.price"), printing(two, "fees.lines.1.price")) == ()
    (change,) = figures(printing(lines("Users", "60"), "fees.lines.0.price"), printing(two, "fees.lines.1.price"))
    assert str(change) == "Users, unit price: 60.00 USD to 62.00 USD, +2.00 USD, +3.3 %"


def test_the_same_fact_in_other_words_is_not_a_change():
    before, facts = printing({"term": {"last_day": date(2026, 9, 30)}}, "term.last_day")
    after = Document(
        before.meta, (Part("terms", "terms", t("Terms"), (Paragraph((Value("other words", "term.last_day"),)),)),)
    )
    assert figures((before, facts), (after, facts)) == ()


def test_a_parameter_of_a_clause_is_compared_by_its_words():
    def printed(text: str):
        return Document(
            sample().meta, (Part("terms", "t", (), (Paragraph((Value(text, "termination.cure"),)),)),)
        ), leaf({}, "", AT)

    (change,) = figures(printed("30\u00a0days"), printed("20\u00a0days"))
    assert str(change) == "Termination, cure: 30\u00a0days to 20\u00a0days"


def test_what_matters_most_comes_first():
    facts = [{"fees": {"monthly": usd(n)}, "agreement": {"version": int(n)}} for n in ("1", "2")]
    found = figures(*[printing(each, "agreement.version", "fees.monthly") for each in facts])
    assert [each.label for each in found] == ["Monthly fee", "Version"]


@pytest.mark.parametrize(
    ("old", "new", "by"),
    [
        (usd("0"), usd("5"), "+5.00 USD"),
        (usd("200"), usd("199.9"), "-0.10 USD, -0.1 %"),
        (usd("1000"), usd("1000.50"), "+0.50 USD, +0.1 %"),
        (usd("5"), Money(Decimal(5), "EUR"), ""),
        (34, 36, "+2"),
        (Percent(Decimal(5)), Percent(Decimal("7.5")), "+2.5 percentage points"),
        (Percent(Decimal(5)), Percent(Decimal(4)), "-1 percentage point"),
        (Duration(30, "day"), Duration(60, "day"), "+30 days"),
        (Duration(30, "day"), Duration(1, "month"), ""),
        (date(2026, 9, 30), date(2027, 9, 30), "365 days later"),
        (date(2026, 9, 30), date(2026, 9, 29), "1 day earlier"),
        ("a", "b", ""),
        (True, False, ""),
    ],
)
def test_differences_are_exact(old, new, by):
    assert difference(old, new) == by


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 9, 30), "30 September 2026"),
        (time(8, 30), "08:30"),
        (Percent(Decimal("7.50")), "7.5 %"),
        (Duration(1, "business day"), "1 business day"),
        (Weekdays(0, 4), "Monday to Friday"),
        (usd("1234.5"), "1,234.50 USD"),
        (True, "yes"),
        (Decimal("1.5"), "1.5"),
        (None, "as printed"),
    ],
)
def test_values_have_the_same_format_in_every_locale(value, words):
    assert worded(value, "as printed") == words


def test_a_key_without_a_label_is_turned_into_words():
    assert label("data-protection.help_hours") == "Data protection, help hours"
    assert label("contacts.client.primary.name") == "Contact of the client"


def test_every_label_has_as_many_placeholders_as_its_key_has_names():
    for key, words in LABELS.items():
        names = ["x"] * key.count("*")
        assert words.format(*names), key


def test_facts_with_a_name_are_compared_whether_they_are_printed_or_not():
    def facts(users: int, odd: str):
        return leaf({"coverage": {"users": users}, "fees": {"monthly": usd("2400"), "setup": None}, "odd": odd}, "", AT)

    (change,) = facts_changed(facts(34, "one"), facts(36, "other"))
    assert (change.label, change.old, change.new, change.by) == ("Users", "34", "36", "+2")
    assert (is_named("coverage.users"), is_named("odd")) == (True, False)


def test_a_fact_of_a_list_has_the_name_of_its_entry():
    assert names_of(leaf(lines("Servers", "110"), "", AT))["fees.lines.0.price"] == "Servers, unit price"
