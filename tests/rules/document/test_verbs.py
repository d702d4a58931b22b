"""The rule about verbs."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.rules.document.verbs import SCHEMES, by_scheme, verbs
from tests.helpers.rule_documents import document, items, meaning, places, told

SOUND = """
The Provider shall keep logs.
Each party shall, at its own cost, keep logs.
Each party, at its own cost, shall keep logs.
The Provider may use subcontractors and shall answer for them.
The Client shall not, and shall not permit others to, copy it.
Neither the Provider nor the Client shall assign this Agreement.
Neither party shall assign this Agreement.
If one party leaves, the other shall close the account.
If a Service Level is missed, the Provider shall send a plan.
Within ⟦10 days⟧, each of the parties shall sign.
The party that learns of a breach shall tell the other.
The party against whom a claim is made shall report it.
A party receiving Confidential Information shall protect it.
The receiving party shall protect it.
Nor shall the Provider charge for it.
If the Client asks for a copy, it shall pay the postage.
Both parties shall meet, and the Provider shall then write minutes.
The Provider promptly shall tell the Client.
Likewise, the Client shall defend the Provider.
A notice must be in writing.
The Client Systems must meet these standards.
Users must report it by telephone.
To end this Agreement, the Client must give notice.
The Client must pay before it may use the software.
Each invoice must show the steps that a party must take.
If either party must act sooner, it says so.
The term will end on the last day.
The Provider does not promise that systems will never fail.
If a party will be absent, its deputy acts.
The parties may agree to extend the term.
If the parties agree to extend the term, they sign an amendment.
It ends, unless both parties agree to an extension.
Software intended for testing is excluded.
The Client may end this Agreement.
It may or may not rain.
The Client need not claim it.
""".strip().splitlines()

UNSOUND = """
Notices shall be in writing.
This Agreement shall end on the last day.
The Provider’s staff shall keep logs.
The Client Contact shall approve it.
A notice to the Provider shall be in writing.
A notice given by the Provider shall be in writing.
The Fees shall be paid by the Client.
If the Client pays late, interest shall accrue.
The report names the Provider and shall be sent monthly.
An affiliate of the Client shall keep logs.
Section ‹fees› shall apply.
Nor shall a notice be late.
⟦Acme⟧ shall pay.
The Client may not resell the Services.
No party shall assign it.
No party may assign it.
Nobody shall assign it.
The Provider will keep logs.
Within ⟦5 days⟧, the Client will pay.
The Provider agrees to keep logs.
The Provider agrees not to sell it.
The Client is obligated to pay.
The Client is obliged to pay.
The Client shall be required to pay.
The Client has an obligation to pay.
The Provider undertakes to pay.
The Provider covenants to pay.
The Client must pay the Fees.
Within ⟦5 days⟧, the Client must pay.
If the notice is late, the Client must pay the Fees.
The Client, if asked, must pay.
The Provider should keep logs.
Should the Provider fail, the Client leaves.
The parties intend to work together.
It is intended that the parties meet.
The Provider shall be entitled to charge.
The Client shall have the right to leave.
Fees shall mean all charges.
""".strip().splitlines()


@pytest.mark.parametrize("text", SOUND)
def test_each_verb_in_its_place_is_left_alone(text):
    assert told(verbs, text) == []


@pytest.mark.parametrize("text", UNSOUND)
def test_a_verb_out_of_its_place_is_told_once(text):
    assert len(told(verbs, text)) == 1


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("Each party shall:", 0),
        ("Within ⟦30 days⟧, the Provider shall:", 0),
        ("A notice shall:", 1),
        ("The report must:", 0),
    ],
)
def test_the_lead_of_a_list_is_a_sentence_too(lead, count):
    assert len(told(verbs, lead, items("keep logs; and", "tell the other."))) == count


@pytest.mark.parametrize(("lead", "count"), [("The Provider:", 0), ("The report:", 2)])
def test_an_item_takes_its_subject_from_the_lead(lead, count):
    assert len(told(verbs, lead, items("shall be short; and", "shall come monthly."))) == count


def test_an_item_with_a_subject_of_its_own_is_judged_by_that():
    assert (
        len(told(verbs, "These rules apply:", items("the Provider shall keep logs; and", "a log shall be long."))) == 1
    )


def test_the_problem_stands_on_the_line_of_the_words():
    assert places(verbs, "The Provider shall work.", "All is well. Notices shall be short.") == [
        ("clauses/x.md:2", "error")
    ]


def test_words_of_a_paragraph_that_were_written_on_two_lines_keep_theirs():
    pieces = (d.Text("All is well. ", Origin("a.md", 1)), d.Text("Notices shall be short.", Origin("a.md", 2)))
    (problem,) = verbs(document(d.Paragraph(pieces)))
    assert problem.origin == Origin("a.md", 2)


def test_what_a_fact_says_is_no_concern_of_the_rule():
    assert told(verbs, "Purpose: ⟦notices shall be short⟧.") == []


def test_every_wrong_verb_of_a_sentence_is_told():
    assert len(told(verbs, "Notices shall be short, and the Client may not shorten them.")) == 2


def test_the_plain_scheme_knows_no_shall():
    def found(text):
        return list(by_scheme(document(text), SCHEMES["plain"]))

    assert found("The Provider shall work.")
    assert not found("The Provider must work.")


def test_a_definition_is_no_place_to_hide_a_verb():
    assert told(verbs, meaning("Report", " means a report. Reports shall be short."))
