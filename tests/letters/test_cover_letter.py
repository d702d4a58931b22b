"""The letter that goes with an agreement: its answer is due after its date."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.letters.cover_letter import KIND
from tests.helpers.models import read, refused

TEXT = "document: cover-letter\ndate: 2026-10-01\n"


@pytest.mark.parametrize("answer", ["", "answer_by: 2026-10-02\n"])
def test_an_answer_may_be_asked_for_from_the_day_after_the_letter(answer):
    assert KIND.content(None, None, read(KIND.model, TEXT + answer)).facts == {}


@pytest.mark.parametrize("day", ["2026-10-01", "2026-09-30"])
def test_an_answer_on_the_day_of_the_letter_or_before_is_refused_at_its_line(day):
    with pytest.raises(RefusedError) as found:
        KIND.content(None, None, read(KIND.model, f"{TEXT}answer_by: {day}\n"))
    assert [(each.rule, each.origin.line) for each in found.value.problems] == [("answer-before-letter", 3)]


def test_a_document_of_another_kind_is_no_cover_letter():
    assert refused(KIND.model, TEXT.replace("cover-letter", "renewal-letter"))[0][2] == 1


def test_its_mail_is_not_a_formal_notice():
    assert not KIND.is_notice(read(KIND.model, TEXT).model)
