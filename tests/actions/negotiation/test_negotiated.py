"""Whole paragraphs that came in between clauses or were moved, carried out in acme's contract."""

import pytest

from contract_assembly.actions.negotiation.negotiated import negotiated_again
from contract_assembly.core.problems import RefusedError
from tests.helpers.corpus import REPOSITORY
from tests.helpers.decided_round import CONTRACT, FOLDER, decided, looked
from tests.helpers.returned import clause_of, edited, main_part, paragraph_of, styled

OWN = (
    styled("Publicity", "Heading2")
    + styled(
        "No party shall name the other unless section 11 (Confidentiality) allows it. A consent:", "ClauseContinued"
    )
    + styled("is in writing; and", "ClauseItem")
    + styled("may be withdrawn.", "ClauseItem")
)
SHARE = styled("The parties pay the mediator in equal parts, as section 14.1 says.", "Clause2")
NO = "refuse"


@pytest.fixture(scope="module")
def case():
    """A clause and a paragraph came in between clauses; a whole clause, a subsection and a paragraph were moved."""
    main = main_part(CONTRACT)
    notices, assignment, insurance = (clause_of(main, each) for each in ("notices", "assignment", "insurance"))
    raised, unlimited = (paragraph_of(main, f"{each}</w:t>") for each in ("Raised limit", "What is not limited"))
    courts, law = (paragraph_of(main, each) for each in ("may then decide", "Each party warrants that it complies"))
    data = edited(
        CONTRACT, (assignment, ""), (insurance, f"{assignment}{insurance}"), (notices, f"{OWN}{notices}"),
        (raised, ""), (unlimited, f"{raised}{unlimited}"), (courts, ""), (law, f"{law}{courts}"),
    )  # fmt: skip
    liability = clause_of(main_part(data), "liability")
    data = edited(data, (liability, f"{SHARE}{liability}"))
    return data, looked(data)


def take(case, kind, *, title="", to="", places=None):
    """Take the one change of this kind, with this title and this clause that it goes to; refuse all others."""
    changes = [each for each in case[1].found.changes if each.kind != "renumbered"]
    decisions = ["take" if (each.kind, each.title, each.to) == (kind, title, to) else NO for each in changes]
    assert decisions.count("take") == 1
    return decided(*case, *decisions, places=places)


def clause(outcome, name):
    return outcome.files[f"{FOLDER}/clauses/{name}.md"].decode()


def body(text):
    return text.split("---\n", 2)[2]


def library(path):
    return (REPOSITORY / "clauses" / path).read_text("utf-8")


def test_an_inserted_clause_gets_a_file_a_place_and_references(case):
    found = clause(take(case, "inserted", title="Publicity"), "publicity")
    assert 'title: "Publicity"\nslot: publicity\nafter: subcontracting\n' in found
    assert body(found) == (
        "No party shall name the other unless section [](#confidentiality) allows it. A consent:\n\n"
        "(a) is in writing; and\n(b) may be withdrawn.\n"
    )


def test_a_paragraph_goes_to_the_clause_that_is_named_and_may_go_to_another(case):
    words = "The parties pay the mediator in equal parts, as section [](#fees-due) says.\n"
    assert body(clause(take(case, "inserted"), "disclaimer")) == f"{body(library('risk/disclaimer.md'))}\n{words}"
    other = take(case, "inserted", places={"end of disclaimer": "start of assignment"})
    assert body(clause(other, "assignment")).startswith(f"{words}\nNeither party shall assign")


def test_a_place_that_the_contract_has_not_is_refused_with_the_forms_there_are(case):
    with pytest.raises(RefusedError) as refused:
        take(case, "inserted", places={"end of disclaimer": "end of publicity"})
    (problem,) = refused.value.problems
    assert (problem.rule, "is not a place in this contract" in problem.what) == ("not-carried", True)
    assert problem.hint == "write place: own clause after SLOT, end of SLOT or start of SLOT"


def test_a_whole_clause_that_was_moved_is_the_same_file_with_its_new_place(case):
    found = clause(take(case, "moved", title="Assignment"), "assignment")
    assert "slot: assignment\nafter: indemnity\n" in found
    assert body(found) == body(library("general/assignment.md"))


def test_a_moved_subsection_takes_its_caption_and_its_facts_along(case):
    found, was = body(clause(take(case, "moved", to="liability"), "liability")), body(library("risk/liability.md"))
    order = [each.removeprefix("## ").split(" {")[0] for each in found.split("\n## ")]
    assert order == ["Raised limit", "What is not limited", "General limit", "Excluded losses", "Application"]
    assert sorted(filter(None, found.split("\n"))) == sorted(filter(None, was.split("\n")))


def test_a_moved_paragraph_leaves_one_clause_and_comes_into_the_other(case):
    found = take(case, "moved", to="warranties")
    text = "Only {{ agreement.courts }} may then decide."
    assert text in clause(found, "warranties")
    assert text not in clause(found, "governing-law")


def test_a_counter_to_a_move_says_what_to_do_instead(case):
    changes = [each for each in case[1].found.changes if each.kind != "renumbered"]
    decisions = ["counter\n    counter: other words" if each.kind == "moved" else NO for each in changes]
    with pytest.raises(RefusedError) as refused:
        decided(*case, *decisions)
    assert len(refused.value.problems) == 3
    assert {each.what.partition(" moves ")[2] for each in refused.value.problems} == {
        "words, and a move is taken or refused"
    }


ITEM, AFTER = (
    styled("a breach of section 12 (Data protection);", "ClauseItem"),
    styled("Data is no loss.", "ClauseContinued"),
)
CAPTIONED = styled("Handover. It takes ten days, as section 14.1 says.", "Clause2")
HIRING = styled("Hiring", "Heading2") + styled("No party hires staff of the other.", "ClauseContinued")


@pytest.fixture(scope="module")
def inside():
    """Inside clauses, an item, words after a list, and a subsection with a caption came in; a clause for a slot that is empty;
    and a section went that another one names."""
    main = main_part(CONTRACT)
    notices = clause_of(main, "notices")
    fraud, damages, rights, events = (
        paragraph_of(main, f"{each}</w:t>") for each in ("misconduct;", "exemplary damages.", "Money", "Long events")
    )
    data = edited(
        CONTRACT, (fraud, fraud + ITEM), (damages, damages + AFTER), (rights, rights + CAPTIONED),
        (notices, HIRING + notices), (events, ""),
    )  # fmt: skip
    return data, looked(data)


def decisions(case, **by_words):
    """A decision at each change, by words that it has; all others are refused."""
    names = {"item": "a breach of", "after": "is no loss", "caption": "ten days", "hiring": "Hiring", "events": "Long"}
    for change in case[1].found.changes:
        if change.kind != "renumbered":
            yield next((each for name, each in by_words.items() if names[name] in change.old + change.new), NO)


def test_an_item_a_subsection_and_a_clause_of_ours_come_where_they_belong(inside):
    counter = "counter\n    counter: non-solicitation-short"
    place = "take\n    place: end of liability"
    outcome = decided(*inside, *decisions(inside, item="take", after=place, caption="take", hiring=counter))
    liability = body(clause(outcome, "liability"))
    assert "misconduct;\n(b) a breach of section [](#data-protection);\n(c) death" in liability
    assert "(e) Fees that it owes; or\n(f) anything" in liability
    assert liability.endswith("Each party shall mitigate its loss.\n\nData is no loss.\n")
    assert "## Handover\n\nIt takes ten days, as section [](#fees-due) says.\n" in clause(outcome, "effects-of-end")
    assert "non-solicitation: non-solicitation-short" in outcome.files[f"{FOLDER}/agreement.yaml"].decode()


def test_words_after_a_list_need_a_place(inside):
    with pytest.raises(RefusedError) as refused:
        decided(*inside, *decisions(inside, after="take"))
    (problem,) = refused.value.problems
    assert (problem.rule, problem.what.rpartition(": ")[2]) == ("not-carried", "words after a list cannot be cited")
    assert problem.hint.startswith("write place: end of SLOT")


def test_a_section_that_another_one_names_cannot_go_alone(inside):
    with pytest.raises(RefusedError) as refused:
        decided(*inside, *decisions(inside, events="take"))
    assert {each.rule for each in refused.value.problems} == {"not-carried"}
    assert any("force-majeure" in each.what for each in refused.value.problems)


def test_a_clause_that_is_negotiated_again_names_each_round():
    once = "purpose: Negotiated in round 1, changes 2 and 3; based on clauses/risk/liability.md.\n"
    twice = negotiated_again(once, "round 2, change 4")
    assert twice == once.replace("2 and 3;", "2 and 3; round 2, change 4;")
    assert negotiated_again(twice, "round 3, change 1") == twice.replace("change 4;", "change 4; round 3, change 1;")
    assert negotiated_again("purpose: Ours.\n", "round 2, change 4") == "purpose: Ours.\n"
