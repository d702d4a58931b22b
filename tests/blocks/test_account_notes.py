"""Facts added to account.yaml: lines come in, and no other byte changes."""

from datetime import date

import pytest

from contract_assembly.blocks.account_notes import with_conversion, with_message
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.account import Conversion, Message

PATH = "agreements/hudson/2026-block/account.yaml"
LOW = Message(what="low-balance", block="first", on=date(2026, 11, 23))
LINE = "- {what: low-balance, on: 2026-11-23, block: first}\n"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("", f"messages:\n  {LINE}"),
        ("paid: 2026-10-02   # arrived", f"paid: 2026-10-02   # arrived\n\nmessages:\n  {LINE}"),
        ("messages: []   # none yet\npaid: 2026-10-02\n", f"messages:   # none yet\n  {LINE}paid: 2026-10-02\n"),
        (
            "messages:\n- {what: used-up, block: first, on: 2026-11-01}   # by phone, too\n\n# The rest.\npaid: 2026-10-02\n",
            "messages:\n- {what: used-up, block: first, on: 2026-11-01}   # by phone, too\n"
            + LINE
            + "\n# The rest.\npaid: 2026-10-02\n",
        ),
        (
            "messages:\n    - what: used-up\n      block: first\n      on: 2026-11-01\n",
            "messages:\n    - what: used-up\n      block: first\n      on: 2026-11-01\n    " + LINE,
        ),
    ],
)
def test_a_message_comes_in_at_the_end_of_the_list_however_that_is_written(text, new):
    assert with_message(text, PATH, LOW) == new


def test_a_message_that_stands_there_is_not_added_again():
    text = f"messages:\n  {LINE}"
    assert with_message(text, PATH, LOW) == text


def test_a_list_in_one_line_is_left_to_a_person():
    with pytest.raises(RefusedError) as refused:
        with_message("messages: [{what: used-up, block: first, on: 2026-11-01}]\n", PATH, LOW)
    assert refused.value.problems[0].rule == "line-form"


def test_the_step_to_a_contract_comes_last_and_a_second_one_is_refused():
    change = Conversion(signed=date(2026, 12, 10), first_day=date(2027, 1, 1), agreement="2027-support")
    text = with_conversion("paid: 2026-10-02\n", PATH, change)
    assert text.endswith("\nconversion: {signed: 2026-12-10, first_day: 2027-01-01, agreement: 2027-support}\n")
    assert with_conversion(text, PATH, change) == text
    other = change.model_copy(update={"agreement": "2028-support"})
    with pytest.raises(RefusedError):
        with_conversion(text, PATH, other)
