"""The rule about words that have no place in a contract."""

import pytest

from contract_assembly.rules.document.forbidden import FORBIDDEN, OF_PROMISES, forbidden_words
from tests.helpers.rule_documents import places, told

# What is refused, and beside it what is near and sound.
CASES = """
the terms hereof | the terms of this Agreement
as stated herein | here in Albany
the schedule thereto | there to help
in witness whereof | where of use
NOW WITNESSETH | a witness
the aforesaid notice | the notice said so
the party of the first part | the first part of a party
the Provider hereby agrees | the Provider hereby assigns
it hereby ends | the Client hereby grants
the said notice | it is said to be sound
if said notice is late | the Client has said that it is late
Said report is due. | They said so.
such notice ends it | cases such as this
no such duty exists | as such, it ends
any such Services | in such a way that it works
pay for the same. | both are the same.
receipt of same. | on the same day
the same shall be paid | at the same time
costs and/or fees | costs and fees or taxes
including without limitation backups | including backups
including, but not limited to, backups | but not limited to these
servers, printers, etc. | etching
it ends, provided that it rains | the report provided to them
provided, however, that it rains | what was provided that day
the server(s) | the servers (all)
the class(es) | the classes
thirty (30) users | thirty users
twenty-five (25) users | 25 users
2 (two) servers | two servers (old)
the section above | above that limit
as described above | costs above ⟦$500⟧
listed below | below ⟦80%⟧ of its amount
see above | an average above 4.5
he pays | the head pays
his staff | this or other staff
the Client represents and warrants that | the Client warrants that
null and void | void
any and all claims | all claims
each and every claim | each claim
the Provider guarantees it | the Provider warrants it
this will ensure it | insurance
it always works | in all ways
fully secure systems | secure systems
it must immediately stop | the year immediately before it
unlimited support | limited support
best efforts | the better part
""".strip().splitlines()


@pytest.mark.parametrize("text", [line.split(" | ")[0] for line in CASES])
def test_a_forbidden_word_is_told_once(text):
    assert len(told(forbidden_words, text)) == 1


@pytest.mark.parametrize("text", [line.split(" | ")[1] for line in CASES])
def test_a_word_that_only_looks_like_it_is_left_alone(text):
    assert told(forbidden_words, text) == []


@pytest.mark.parametrize("forbidden", FORBIDDEN, ids=lambda each: each.words.split()[0])
def test_every_row_of_the_table_finds_something(forbidden):
    texts = [line.split(" | ")[0] for line in CASES]
    assert any(forbidden.found_by().search(text) and told(forbidden_words, text) for text in texts)


@pytest.mark.parametrize("slot", sorted(OF_PROMISES))
def test_a_clause_on_warranties_or_liability_may_speak_of_promises(slot):
    assert told(forbidden_words, "Liability for it is unlimited.", slot=slot) == []


def test_such_a_clause_may_not_say_anything_else_that_is_forbidden():
    assert told(forbidden_words, "the terms hereof", slot="liability")


def test_a_fact_may_say_what_it_must():
    assert told(forbidden_words, "supplied by ⟦Best Always Ltd⟧") == []


def test_the_problem_stands_on_the_line_of_the_word():
    assert places(forbidden_words, "All is well.", "Costs and/or fees.") == [("clauses/x.md:2", "error")]


def test_two_words_of_one_row_are_two_problems():
    assert len(told(forbidden_words, "the terms hereof and herein")) == 2
