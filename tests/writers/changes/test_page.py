"""Changes as an HTML page."""

import pytest
from lxml import etree

from contract_assembly.compare.difference import Difference
from contract_assembly.compare.figures import FactChange
from contract_assembly.compare.trees import compare
from contract_assembly.core.origin import Origin
from contract_assembly.writers.changes.page import facts_table, page
from tests.compare.test_trees import clause, tree
from tests.helpers.sample_tree import p

HOSTILE = "<script>alert(1)</script> & more"


def changed(*, old, new, facts=(), title="Support agreement"):
    return page(Difference("acme/2026", title, "Acme", "en-US", "a", "b", tuple(facts), compare(old, new)))


def fees(*words):
    return tree(clause("fees", *map(p, words)))


def parsed(text):
    """The page as XML: it closes all its elements except these, which HTML leaves open."""
    text = text.removeprefix("<!DOCTYPE html>\n")
    for each in ("meta", "input"):
        text = "".join(
            part if n == 0 else f"<{each} {part.partition('>')[0].replace(' checked', '')}/>{part.partition('>')[2]}"
            for n, part in enumerate(text.split(f"<{each} "))
        )
    return etree.fromstring(text)


def test_states_that_say_the_same_need_one_sentence():
    text = changed(old=fees("The fee is due."), new=fees("The fee is due."))
    assert "Nothing changed: both states say the same." in text
    assert "<article" not in text


def test_words_that_came_and_went_are_marked_for_eyes_and_for_screen_readers():
    root = parsed(changed(old=fees("The fee is due in thirty days."), new=fees("The fee is due in sixty days.")))
    inline = root.find(".//div[@class='inline']")
    assert "".join(inline.find(".//del").itertext()) == "removed: thirty end of removal "
    assert "".join(inline.find(".//ins").itertext()) == "added: sixty end of addition "
    before, after = root.findall(".//div[@class='sides']/div")
    assert (before.find(".//ins"), after.find(".//del")) == (None, None)


def test_nothing_in_a_title_a_fact_or_the_words_becomes_markup():
    fact = FactChange("client.name", HOSTILE, HOSTILE, HOSTILE, "", Origin("a.yaml"))
    text = changed(old=fees("Words."), new=fees(HOSTILE), facts=[fact], title=HOSTILE)
    assert "<script" not in text
    assert parsed(text).find(".//script") is None


def test_many_lines_that_stay_are_counted():
    rest = [f"Sentence {n}." for n in range(9)]
    text = changed(old=fees("The first.", *rest), new=fees("The very first.", *rest))
    assert "… 9 lines as before" in text
    assert "Sentence 5." not in text


@pytest.mark.parametrize(("old", "new"), [("34", "36"), ("", "36"), ("34", "")])
def test_a_fact_has_its_value_before_and_after(old, new):
    root = etree.fromstring(facts_table([FactChange("users", "Users", old, new, "+2", Origin("a.yaml"))]))
    assert [cell.text for cell in root.findall(".//tbody/tr/td")] == [old or "–", new or "–", "+2"]
    assert facts_table([]) == ""
