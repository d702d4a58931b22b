"""What can be said of a change."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.judgement import (
    FilledClause,
    Ours,
    as_fact,
    clause_texts,
    judged,
    leaf_of,
    read_as,
)
from contract_assembly.clauses.clause import read_clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.template_values import Fact
from tests.helpers.returned import SENT, compared


@pytest.mark.parametrize(
    ("old", "text", "value"),
    [
        (Money(Decimal(1), "USD"), "$2,700.00", Money(Decimal("2700.00"), "USD")),
        (Money(Decimal(1), "USD"), "5.00 or 6.00 USD", None),
        (Duration(12, "month"), "24\u00a0months", Duration(24, "month")),
        (Duration(1, "day"), "ten business days", Duration(10, "business day")),
        (Percent(Decimal(5)), "7.5%", Percent(Decimal("7.5"))),
        (3, "four", 4),
        (date(2026, 10, 1), "1 November 2026", date(2026, 11, 1)),
        (date(2026, 10, 1), "November 31, 2026", None),
        (date(2026, 10, 1), "soon", None),
        ("Head office", "Workshop", "Workshop"),
    ],
)
def test_a_printed_text_is_read_as_a_value_of_the_facts_type(old, text, value):
    assert read_as(old, text) == value


def test_values_are_written_as_files_have_them():
    values = (Money(Decimal(2700), "USD"), Percent(Decimal("7.50")), Duration(1, "day"), date(2026, 1, 2), 3)
    assert [as_fact(each) for each in values] == ["2700.00 USD", "7.5 %", "1 day", "2026-01-02", "3"]


CLAUSE = read_clause(
    "---\nid: term\ntitle: Term\nslot: term\nkinds: [support]\nlaws: ['*']\nrung: preferred\npurpose: A term.\nparams:\n"
    "  length: {type: duration, min: 6 months, max: 36 months, default: 12 months, approved: [12 months, 24 months]}\n"
    "---\nThe term is {{ length | duration }} from the first day.\n",
    "clauses/term.md",
)
FACT = Fact(Duration(12, "month"), "term.length", Origin("clauses/term.md", 9))


def said(back, *fallbacks):
    found = compared(back)
    ours = Ours({"term.length": FACT}, {"term": CLAUSE}, {"term": fallbacks})
    return judged(found.changes[0], clause_texts(found.body), ours)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("24 months", "within what is approved: 12 months to 24 months"),
        ("36 months", "outside what is approved: 12 months to 24 months"),
        ("48 months", "outside the limits of the clause: 6 months to 36 months"),
        ("for good", "not a value of this fact: read it"),
    ],
)
def test_a_parameter_is_judged_by_the_bounds_in_its_clauses_head(value, says):
    assert said(SENT.replace("12 months", value)).says == says


def test_words_that_equal_a_fallback_name_it_and_words_near_one_do_too():
    back = SENT.replace(" from the first day.", " from the day of signature.")
    own = FilledClause(
        "term-signed", "acceptable", ("The", "term", "is", "12", "months", "from", "the", "day", "of", "signature")
    )
    near = FilledClause("term-late", "last-resort", (*own.words, "by", "both"))
    assert said(back, near, own).rung == "term-signed"
    assert said(back, near).says == "new words, nearest to our clause term-late (last-resort), 2 words apart"
    assert said(back).says == "words deleted"
    far = FilledClause("term-none", "last-resort", ("No", "term", "at", "all"))
    assert said(back, far).says == "words deleted"


ADDRESS = {
    f"party.address.{name}": Fact(value, f"party.address.{name}", Origin("agreements/a/client.yaml", 3))
    for name, value in (("line", "22 Calder Street"), ("city", "Rochester"), ("postcode", "14607"))
}


@pytest.mark.parametrize(
    ("new", "leaf"),
    [
        ("22 Calder Street, Buffalo, 14607", ("party.address.city", "Buffalo")),
        ("22 Calder Street, Rochester, 14608", ("party.address.postcode", "14608")),
        ("9 Lake Street, Buffalo, 14607", ("party.address", "9 Lake Street, Buffalo, 14607")),
    ],
)
def test_a_change_in_an_address_is_one_of_its_parts_if_only_that_one_differs(new, leaf):
    change = ReturnedChange("fact", "cover", "22 Calder Street, Rochester, 14607", new, ("party.address",))
    assert leaf_of(change, ADDRESS) == leaf


def test_a_change_of_several_parts_of_an_address_is_for_people_to_read():
    change = ReturnedChange("fact", "cover", "22 Calder Street, Rochester, 14607", "Elsewhere", ("party.address",))
    assert judged(change, {}, Ours(ADDRESS, {}, {})).says == "several facts at once: read it"
    gone = ReturnedChange("fact", "cover", "1", "2", ("party.tax",))
    assert judged(gone, {}, Ours(ADDRESS, {}, {})).says == "a fact that the agreement does not have any more"


def test_words_that_went_are_not_called_new():
    assert said(SENT.replace(" from the first day", "")).says == "words deleted"
