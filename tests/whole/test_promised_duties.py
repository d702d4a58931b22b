"""Each promise with a period or a rhythm in the words of a contract is a duty in the head of its clause, or is listed here with the
reason why nobody can say its day."""

import re
from collections.abc import Iterator

import pytest

from contract_assembly.clauses.clause import Clause
from contract_assembly.clauses.clause_duty import CALENDAR
from contract_assembly.renewals.promised import _FACTS
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import ROOT

REPOSITORY = Repository(ROOT)
SLOTS = {
    entry.slot
    for document in ("contract", "time-block")
    for part in REPOSITORY.outline(document).model.parts
    for entry in part.clauses
}
LIBRARY = [each for each in REPOSITORY.library() if each.head.slot in SLOTS]

SENTENCE = re.compile(r"(?:(?<=[.;:])|(?<=%\}))\s+(?=[A-Z({])")
NAMED = re.compile(r"{{ ([a-z_.]+) \| duration }}|\bthe {{ ([a-z_.]+) \| ordinal }}")
TIMED = re.compile(
    r"\| duration|\b(?:each|every|once|twice) (?:a |calendar |Contract )?(?:week|month|quarter|Year|year)\b"
    r"|\b(?:weekly|monthly|quarterly|yearly)\b|(?:end of this Agreement|Agreement ends), the Provider",
    re.IGNORECASE,
)
OUR_DUTY = re.compile(r"\b(?:Provider|party|parties|It|it|reports?|list|record|confirmation|notice) (?:shall|must)\b")

# "slot: name of the period", by the reason why no duty says its day.
WITHOUT_DAY: dict[str, str] = {
    "it counts from an event that no file records": """
        backup-sets: gap · backup-tests: repair, alarm, repeat · baa-individuals: access, account · baa-reporting: summary
        block-refund: refund_period · block-statements: explain · client-responsibilities: dependency_notice
        confidentiality-block: return_period · contacts-authority-block: warning · dp-duties: inability · dp-help: pass_on
        dp-subprocessors: sub_notice · exit-plan-removal: warning · exit-plan-steps: comments, check, cure · exit-plan-steps-last-day: help_period, removal · fees: settle
        finance-rider: place_notice · force-majeure: report · indemnity: report · insurance: lapse · levels-improvement: plan_due
        levels-tasks: grace, again · licence-true-up: update · security-access: revoke, warning · security-credentials: copy, revoke
        security-response: notify · software-licensing: audit, new_terms · suspension: resume · warranties: claim, repair
    """,
    "time runs by the minute, and the ticket system keeps it": """
        contacts-escalation: step.after · levels-targets: callback, each.response, each.target
    """,
    "it is a state to keep up, not something to do on a day": """
        insurance: tail · non-solicitation: after · security-access: logs · security-measures: logs, patch
    """,
    "the firm does it once for all its clients, and no contract sets the day": """
        security-measures: cycle
    """,
    "renewals counts it, with the law and the facts of the term": """
        annual-adjustment: fees.increase_notice · renewal: earliest, latest, term.notice
    """,
    "the ledger of the block says when: blocks/notices": """
        block-balance: message · block-statements: block.statement_day
    """,
    "build.py invoices lists it": """
        fees: fees.due · levels-credits: payout
    """,
    "it says how long something lasts or how it is counted": """
        backup-sets: each.retention, each.rpo, each.rto · block-counting: block.increment · cover-key-terms: block.due, fees.due, term.length
        licence-true-up: horizon
    """,
    "the last day is the earlier of both, and it is listed": """
        exit-plan-steps: short
    """,
    "the client gives the notice": """
        annual-adjustment: decide · levels-chronic: decide · renewal: exit_notice, leave
    """,
}
# Sentences that name no period.
WITHOUT_PERIOD = {
    "baa-end": "its day is that of the deletion in the exit plan",
    "fees": "build.py invoices lists it",
    "levels-improvement": "it counts from ratings",
}


def promises(clause: Clause) -> Iterator[tuple[str, set[str]]]:
    """Each sentence or row of ours with a time in it, and the names of its periods."""
    for line in clause.body.splitlines():
        for said in SENTENCE.split(line):
            row = said.startswith("|") and "| duration" in said
            if TIMED.search(said) and (row or OUR_DUTY.search(said)):
                yield said, {one or other for one, other in NAMED.findall(said)}


def excepted() -> set[tuple[str, str]]:
    found = set()
    for text in WITHOUT_DAY.values():
        for each in re.split(r"·|\n", text):
            if each.strip():
                slot, _, names = each.partition(":")
                found |= {(slot.strip(), name.strip()) for name in names.split(",")}
    return found


def used(clause: Clause) -> set[str]:
    """The periods that the clause's duties name."""
    return {
        name
        for duty in clause.head.duties or ()
        for name in (duty.every, *duty.within)
        if name and not name[0].isdigit()
    }


@pytest.mark.parametrize("clause", LIBRARY, ids=lambda each: each.head.id)
def test_every_promise_with_a_time_is_a_duty_or_has_a_reason(clause):
    for said, names in promises(clause):
        without_day = {name for slot, name in excepted() if slot in {clause.head.slot, clause.head.id}}
        missing = names - used(clause) - without_day
        assert not missing, f"{sorted(missing)}: {said}"
        assert names or clause.head.duties or clause.head.slot in WITHOUT_PERIOD, said


def test_every_reason_is_still_needed():
    asked = {
        (name, period)
        for clause in LIBRARY
        for _, names in promises(clause)
        for period in names - used(clause)
        for name in (clause.head.slot, clause.head.id)
    }
    unneeded = sorted(excepted() - asked)
    assert not unneeded


def test_every_duty_names_periods_that_its_clause_or_the_facts_have():
    for clause in LIBRARY:
        for name in used(clause):
            known = name in clause.head.params or name in CALENDAR or name.partition(".")[0] in _FACTS
            assert known, f"{clause.head.id}: {name}"


def test_the_variants_of_a_slot_call_a_duty_the_same():
    said: dict[tuple[str, str], str] = {}
    for clause in LIBRARY:
        for duty in clause.head.duties or ():
            if clause.head.kinds != ("time-block",):
                words = f"{duty.kind}: {duty.what}"
                assert said.setdefault((clause.head.slot, duty.id), words) == words


def test_a_promise_without_a_duty_is_found():
    clause = next(each for each in LIBRARY if each.head.id == "changes")
    assert "interval" in used(clause)
    assert any("interval" in names for _, names in promises(clause))
