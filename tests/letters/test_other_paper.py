"""Under a contract that was signed on other paper, nothing is written that rests on clauses of ours."""

from datetime import date

import pytest

from contract_assembly.actions.amend import Ask
from contract_assembly.actions.amend import consolidated as consolidated_text
from contract_assembly.actions.amend import proposed as next_amendment
from contract_assembly.actions.change import preview
from contract_assembly.billing.new_change import ChangeRequest
from contract_assembly.core.problems import RefusedError
from contract_assembly.letters.kinds import KINDS, MODELS, content_of
from contract_assembly.letters.other_paper import refuse_other_paper
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source
from contract_assembly.repository.source import Edited

FILES = Repository(own_source())
ELSEWHERE = ("harrow", "2026-support")
DAY = date(2026, 12, 1)


def refused(call):
    with pytest.raises(RefusedError) as error:
        call()
    (problem,) = error.value.problems
    assert problem.rule == "other-paper"
    return f"{problem.what}; {problem.hint}"


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("amendment", "have both sign it; then write what applies into its agreement.yaml"),
        ("annual-report", "in words of your own"),
        ("quarterly-review", "in words of your own"),
        ("change-confirmation", "build.py renew"),
        ("price-notice", "in the way that its own paper requires"),
    ],
)
def test_a_document_of_ours_is_refused_with_what_to_do_instead(kind, way):
    said = refused(lambda: refuse_other_paper(FILES.inputs(*ELSEWHERE), kind))
    assert " was signed on other paper: " in said
    assert way in said


def test_the_letters_that_have_words_of_their_own_are_not_refused():
    for kind in set(KINDS) & {"renewal-letter", "last-reminder", "non-renewal", "statutory-notice", "statement"}:
        refuse_other_paper(FILES.inputs(*ELSEWHERE), kind)


def test_on_our_paper_nothing_is_refused():
    for kind in KINDS:
        refuse_other_paper(FILES.inputs("acme", "2026-support"), kind)


def test_a_report_is_refused_before_its_figures_are_asked_for():
    path = "agreements/harrow/2026-support/documents/report.yaml"
    text = "document: annual-report\nstatus: draft\ndate: 2027-01-15\n"
    files = Repository(Edited(FILES.source, {path: text.encode()}))
    refused(lambda: content_of(files, files.inputs(*ELSEWHERE), files.issued(*ELSEWHERE, "report", MODELS)))


def test_commands_that_amend_and_change_say_so_first():
    refused(lambda: next_amendment(FILES, *ELSEWHERE, Ask(on=DAY, effective=DAY)))
    refused(lambda: consolidated_text(FILES, *ELSEWHERE, DAY))
    refused(lambda: preview(FILES, *ELSEWHERE, ChangeRequest(((("users", ""), "9"),), DAY, DAY, "contact")))
