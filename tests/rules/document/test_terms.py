"""Rules about defined terms."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.rules.document.terms import doubled_definitions, undefined_terms, unused_terms
from tests.helpers.sample_tree import p, sample, t

TERMS = (
    "Client",
    "Provider",
    "Fees",
    "Business Day",
    "Priority 1",
    "High Risk Activity",
    "Third-Party Product",
    "Ticket",
)


def document(*blocks, terms=TERMS):
    """A document that defines the terms and then holds these blocks."""
    entries = tuple(p(d.Definition(term), " means x.") for term in terms)
    section = d.Section("s", 1, t("Words"), (*entries, *(p(b) if isinstance(b, str) else b for b in blocks)))
    return d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), (section,)),))


def undefined(*blocks):
    return [problem.what.partition(" is capitalised")[0] for problem in undefined_terms(document(*blocks))]


# ---- undefined terms


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Provider repairs the Equipment.", "Equipment"),
        ("The Equipment is repaired.", "Equipment"),
        ("Each Party pays.", "Party"),
        ("Support Hours are long.", "Support Hours"),
        ("It repairs the Client Equipment.", "Equipment"),
        ("It counts the Support\u00a0Hours.", "Support Hours"),
        ("A Priority 5 Incident", "Priority 5 Incident"),
        ("each Priority 10 call", "Priority 10"),
        ("any Out-of-Scope Work", "Out-of-Scope Work"),
        ("a 24-Hour Service", "Service"),
        ("all Non-Standard items", "Non-Standard"),
        ("the “Equipment” of it", "Equipment"),
        ("the Equipment’s age", "Equipment"),
        ("on Monday the Equipment", "Equipment"),
        ("Work of the Client’s Staff goes on.", "Staff"),
        ("the Act applies", "Act"),
    ],
)
def test_a_capitalised_word_that_nothing_defines_is_told(text, told):
    assert undefined(text) == [told.replace(" Hours", "\u00a0Hours") if "\u00a0" in text else told]


@pytest.mark.parametrize(
    "text",
    [
        "The Provider bills the Client for the Fees.",
        "Tickets are answered. Each Ticket counts.",
        "Equipment is repaired. Software is not.",
        "It says: Equipment is repaired; Software is not.",
        "It ends – Equipment or not.",
        "(Equipment is repaired.)",
        "“Equipment” is a word.",
        "It is said. “Equipment” is a word.",
        "High Risk Activities are left out.",
        "No High Risk Activity is covered.",
        "A Priority\u00a01 Ticket is answered.",
        "a 5-Business-Day count of Business Days",
        "any Third-Party Product",
        "The Client’s Fees and the Clients’ Fees",
        "on the first Monday in May, as in Schedule A",
        "section 365(n) of Title 11 applies",
        "Section 19 of the UK Addendum applies",
        "under Article 28 of Regulation (EU) 2016/679",
        "under the Late Payment of Commercial Debts (Interest) Act 1998",
        "under the New York General Obligations Law",
        "by the SLA and the VAT return",
        "e.g. a non-Provider item",
    ],
)
def test_a_capital_that_promises_nothing_is_not_told(text):
    assert undefined(text) == []


def test_the_words_of_facts_and_references_promise_nothing():
    line = p(
        "with ", d.Value("Great Northern Holding", "client.name"), " as ", d.Reference("x", "2 (Great Things)"), "."
    )
    assert undefined(line) == []


def test_a_word_right_after_a_fact_is_inside_a_sentence():
    assert undefined(p(d.Value("Acme", "client.name"), " Equipment is repaired.")) == ["Equipment"]
    assert undefined(p("to ", d.Value("Acme", "client.name"), ". Equipment is repaired.")) == []


def test_cells_items_boxes_and_lead_ins_are_read_and_headings_are_not():
    blocks = (
        d.Table(("left",), (d.Cell(t("the Alpha")),), ((d.Cell(t("the Beta")),),)),
        d.Items((d.Item((p("the Gamma"),)),)),
        d.Box((p("the ", d.Strong(t("Delta"))),)),
        d.Section("x", 2, t("The Epsilon"), (p("x"),)),
        d.Signatures(t("the Zeta"), ()),
    )
    assert undefined(*blocks) == ["Alpha", "Beta", "Gamma", "Delta", "Zeta"]


def test_the_place_is_that_of_the_word_and_not_of_one_like_it():
    first, second = Origin("c.md", 3), Origin("c.md", 8)
    line = d.Paragraph((d.Text("Equipment ages. ", first), d.Text("It repairs the Client’s Equipment.", second)))
    assert [problem.origin for problem in undefined_terms(document(line))] == [second]


def test_the_hint_offers_the_nearest_term_or_to_define_it():
    hints = [problem.hint for problem in undefined_terms(document("the Bussiness Day of the Zebra"))]
    assert hints == ["did you mean Business Day?", 'write it in lower case, or define it: **"Zebra"** means …']


# ---- unused terms


def unused(*blocks, terms=TERMS[:3]):
    return [problem.what for problem in unused_terms(document(*blocks, terms=terms))]


def test_a_term_that_is_never_used_again_is_told():
    inline = p("within a month (the ", d.Definition("Fix Period"), ").")
    assert unused("The Client pays the Provider.", inline) == [
        "Fees is defined but never used",
        "Fix Period is defined but never used",
    ]


def test_a_term_is_used_by_any_form_of_it_anywhere():
    table = d.Table(("left",), (), ((d.Cell(t("Client’s")),),), t("Fee"))
    assert unused(table, d.Section("x", 2, t("Providers"), ())) == []


def test_a_term_used_by_a_fact_is_used():
    assert unused(p("It does ", d.Value("what the Provider and Client say of Fees", "plan.task"))) == []


def test_its_own_definition_is_no_use_of_a_term_but_its_explanation_may_use_others():
    assert unused(terms=("Fees",)) == ["Fees is defined but never used"]
    assert unused(p(d.Definition("Total"), " means all Fees."), "The Total", terms=("Fees",)) == []


# ---- doubled definitions


def doubled(*terms):
    return [problem.what for problem in doubled_definitions(document(terms=terms))]


def test_a_term_that_is_defined_twice_is_told_once_for_each_time_after_the_first():
    assert doubled("Fees", "Client", "Fees", "fees") == [
        "Fees is defined a second time; first at :0",
        "fees is defined a second time; first at :0",
    ]


def test_a_term_within_another_is_not_defined_twice():
    assert doubled("Client", "Client Data", "Data") == []
