"""What the decisions of a round write."""

import pytest

from contract_assembly.core.problems import RefusedError
from tests.helpers import decided_round
from tests.helpers.corpus import REPOSITORY
from tests.helpers.decided_round import CONTRACT, FOLDER, looked
from tests.helpers.returned import edited

HEADER = "By signing, each party accepts this Agreement"


@pytest.fixture(scope="module")
def case():
    """A round with a fact, and with words outside the clauses."""
    data = edited(
        CONTRACT, (">30\u00a0days<", ">60\u00a0days<"), (HEADER, "By signing, each side accepts this Agreement")
    )
    return data, looked(data)


def decided(case, *decisions, applied="no"):
    return decided_round.decided(*case, *decisions, applied=applied)


def test_a_taken_fact_changes_its_line_and_the_version(case):
    files = decided(case, "take", "refuse").files
    assert sorted(files) == [f"{FOLDER}/agreement.yaml", f"{FOLDER}/negotiation/1.yaml"]
    text = files[f"{FOLDER}/agreement.yaml"].decode()
    was = (REPOSITORY / FOLDER / "agreement.yaml").read_text("utf-8")
    assert text == was.replace("due: 30 days", "due: 60 days").replace("version: 1", "version: 2")


def test_refusals_alone_change_no_fact_and_no_version(case):
    assert list(decided(case, "refuse", "refuse").files) == [f"{FOLDER}/negotiation/1.yaml"]


def test_words_outside_the_clauses_are_written_by_hand(case):
    with pytest.raises(RefusedError) as refused:
        decided(case, "take", "take")
    (problem,) = refused.value.problems
    assert (problem.rule, "is not in one clause" in problem.what) == ("not-carried", True)


def test_what_was_carried_out_is_not_carried_out_again(case):
    assert decided(case, "take", "refuse", applied="yes").files == {}
