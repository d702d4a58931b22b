"""The rule about places that are named in typed words."""

import pytest

from contract_assembly.rules.document.citations import external_references
from tests.helpers.rule_documents import items, places, told

CASES = """
as Annex II says | as Annex II of Regulation (EU) 2016/679 says
see Chapter 3 | see Chapter 3 of the Example Act
§ 5 applies | § 5 of the Code applies
under Title 7 | under Title 7 of the U.S. Code
as Appendix B says | as Appendix B of the EU Clauses says
by Regulation 9 | by Regulation 9 of the Example Order
by regulation 2 | the Late Payment Regulations 2012
Recital 4 | Recital 4 of the GDPR
Annex II of this Agreement | Under ISO 27001, Annex A applies
section ‹fees›(b) | section ‹fees› (in full)
paragraph ‹fees› (iv) | ⟦$500.00⟧ (once)
as item (b) says | as the second item says
point (a) | Under Article 6 of the GDPR, point (a) applies
subsection (c) | a subsection (called a paragraph)
""".strip().splitlines()


@pytest.mark.parametrize("text", [line.split(" | ")[0] for line in CASES])
def test_a_place_without_a_name_is_told_once(text):
    assert len(told(external_references, f"{text}.")) == 1


@pytest.mark.parametrize("text", [line.split(" | ")[1] for line in CASES])
def test_a_place_with_its_law_is_sound(text):
    assert told(external_references, f"{text}.") == []


def test_the_law_stands_in_the_same_sentence():
    assert len(told(external_references, "The GDPR applies. Annex II does not.")) == 1


def test_the_lead_of_a_list_may_name_the_law():
    assert told(external_references, "Of the GDPR, these apply:", items("Chapter 3; and", "Chapter 4.")) == []


def test_the_problem_stands_on_the_line_of_the_words():
    assert places(external_references, "All is well.", "As Annex II says.") == [("clauses/x.md:2", "error")]
