"""Defined terms in running text."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import compile_terms, forms, is_definition, term_of, uses, without_uses
from tests.helpers.sample_tree import p


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (p(d.Definition("Fees"), " means the amounts."), True),
        (p(d.Definition("Fees"), " mean the amounts."), True),
        (p(d.Definition("Fees"), " has the meaning given there."), True),
        (p(d.Definition("Fees"), " are due."), False),
        (p("The fees (the ", d.Definition("Fees"), ")."), False),
        (p(d.Definition("Fees")), False),
        (p(), False),
    ],
)
def test_a_definition_is_a_term_and_then_what_it_means(paragraph, expected):
    assert is_definition(paragraph) is expected


def test_the_term_of_a_definition():
    assert term_of(p(d.Definition("Fees"), " means x.")) == "Fees"
    assert term_of(p("Fees means x.")) == ""
    assert term_of(d.Table((), (), ())) == ""


def test_the_longest_term_is_found_and_not_the_term_inside_it():
    assert uses("It keeps Client Data.", compile_terms(["Client", "Client Data"])) == {"Client Data"}
    assert uses("The Client keeps Client Data.", compile_terms(["Client", "Client Data"])) == {"Client", "Client Data"}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("High Risk Activity", "any High Risk Activities"),
        ("Fees", "each Fee"),
        ("Service", "the Services"),
        ("Classes", "a Class"),
        ("Parties", "each Party"),
        ("Statement of Work", "two Statements of Work"),
        ("Business Day", "three Business\u00a0Days"),
        ("Business Day", "a Business-Day count"),
        ("Out-of-Scope Work", "any Out-of-Scope Work"),
        ("Priority 1", "a Priority\u00a01 Incident"),
        ("Client", "the Client’s data"),
        ("Users", "the Users’ data"),
    ],
)
def test_a_use_may_be_plural_singular_possessive_or_joined(term, text):
    assert uses(text, compile_terms([term])) == {term}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Fee", "a Feeling"),
        ("Priority 1", "Priority 10"),
        ("Client", "the client"),
        ("Business", "Busines"),
        ("Class", "Clas"),
        ("Term", "Terminal"),
    ],
)
def test_a_word_that_only_looks_like_it_is_no_use(term, text):
    assert uses(text, compile_terms([term])) == set()


def test_no_terms_are_used_where_none_are_defined():
    assert uses("The Fees", compile_terms([])) == set()
    assert without_uses("The Fees", compile_terms([])) == "The Fees"


def test_a_term_written_with_a_fixed_blank_is_found():
    assert uses("Priority 1", compile_terms(["Priority\u00a01"])) == {"Priority\u00a01"}


def test_uses_are_blanked_out_in_place():
    text = "The Client keeps Client Data, and Equipment."
    rest = without_uses(text, compile_terms(["Client", "Client Data"]))
    assert len(rest) == len(text)
    assert rest.index("Equipment") == text.index("Equipment")
    assert "Client" not in rest
    assert "Data" not in rest


def test_the_forms_of_a_term():
    assert forms("Fees") == ("Fees", "Feeses", "Fee")
    assert forms("Business") == ("Business", "Businesses")
    assert "Points of Contact" in forms("Point of Contact")
