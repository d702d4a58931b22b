"""What was sent."""

import pytest

from contract_assembly.actions.negotiation.sent_file import read_back, sent_for
from contract_assembly.core.problems import RefusedError
from tests.helpers.corpus import REPOSITORY
from tests.helpers.returned import SENT, bare, file

ACME = ("acme", "2026-support")
CONTRACT = (REPOSITORY / "agreements/acme/2026-support/contract.docx").read_bytes()


def test_the_record_inside_leads_to_the_file_that_was_built():
    found = sent_for(REPOSITORY, *ACME, CONTRACT)
    assert (found.data, found.found) == (CONTRACT, "the working tree")


def test_a_named_file_must_have_clauses():
    assert sent_for(REPOSITORY, *ACME, file(bare(SENT)), file(SENT)).data == file(SENT)
    with pytest.raises(RefusedError, match="no clauses of ours"):
        sent_for(REPOSITORY, *ACME, file(bare(SENT)), file(bare(SENT)))


def test_a_file_of_another_agreement_is_refused_even_where_one_is_named():
    for named in (None, CONTRACT):
        with pytest.raises(RefusedError, match="not the contract of agreements/pecan/2026-support"):
            sent_for(REPOSITORY, "pecan", "2026-support", CONTRACT, named)


def test_a_file_without_words_is_refused():
    with pytest.raises(RefusedError, match="has no words"):
        read_back(file(""))
