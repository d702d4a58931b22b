"""Documents made from the ledger as of an earlier day: the sample block with the rows that one names."""

from datetime import date

import pytest

from contract_assembly.blocks.pinned_book import account_digest
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.letters.kinds import MODELS
from contract_assembly.letters.pinned_document import pinned_facts
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import PinnedEvents, PinnedRows
from tests.helpers.block_firm import BLOCK
from tests.helpers.corpus import REPOSITORY

BLOCK_OF_HUDSON = ("hudson", "2026-block")
STATEMENT, PROPOSAL = "statement-2026-10", "proposal-2026-11-23"


@pytest.fixture(scope="module")
def repository():
    return Repository(REPOSITORY)


def facts(repository, issued):
    return pinned_facts(repository, repository.inputs(*BLOCK_OF_HUDSON), issued, issued.model.date)


def issued(repository, name):
    return repository.issued(*BLOCK_OF_HUDSON, name, MODELS)


def with_rows(found, **changes):
    rows = found.model.ledger.model_copy(update=changes)
    return Located(found.model.model_copy(update={"ledger": rows}), found.origins)


@pytest.mark.parametrize(("name", "rows"), [(STATEMENT, 19), (PROPOSAL, 25)])
def test_the_book_has_only_the_rows_that_the_document_names(repository, name, rows):
    assert len(facts(repository, issued(repository, name)).book.ledger.rows) == rows


def test_what_came_later_is_not_in_the_book(repository):
    book = facts(repository, issued(repository, STATEMENT)).book
    assert max(each.booked for each in book.ledger.rows) <= date(2026, 11, 9)
    assert all(each.on <= date(2026, 11, 9) for each in book.account.model.messages)


def test_the_record_pins_the_rows_and_the_events_instead_of_files_that_keep_growing(repository):
    letter = issued(repository, STATEMENT)
    found = facts(repository, letter)
    rows, model = letter.model.ledger, found.book.account.model
    assert found.pinned == {
        f"{BLOCK}/ledger.csv": PinnedRows(rows.rows, rows.digest),
        f"{BLOCK}/account.yaml": PinnedEvents(letter.model.date, account_digest(model)),
    }


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"digest": "0" * 32}, "the first 19 rows of "),
        ({"rows": 1_000}, "this document was made from 1000 rows of "),
    ],
)
def test_rows_that_the_ledger_does_not_have_are_refused_at_their_place_in_the_document(repository, changes, what):
    letter = issued(repository, STATEMENT)
    with pytest.raises(RefusedError) as refused:
        facts(repository, with_rows(letter, **changes))
    (problem,) = refused.value.problems
    assert (problem.rule, problem.origin) == ("ledger-pin", letter.at("ledger.digest"))
    assert problem.what.startswith(what)
