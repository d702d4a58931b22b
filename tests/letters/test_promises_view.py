"""What letters take from a contract's clauses: the captions of sections, and what is promised when a client leaves."""

from datetime import date

import pytest

from contract_assembly.core.values import Duration
from contract_assembly.facts.template_values import bare
from contract_assembly.letters.promises_view import PROMISED, SECTIONS, leaving_view, read_clauses, sections_view
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder
from tests.helpers.corpus import REPOSITORY

FACTS = "agreements/acme/2026-support/agreement.yaml"
EXIT_HELP = "clauses/exit/exit-plan-help.md"


def read(files=None):
    """The sample acme with other files laid over it: the repository, and the context of its renewal."""
    repository = Repository(Edited(Folder(REPOSITORY), files or {}))
    return repository, Portfolio(repository).context("acme", "2026-support").as_of(date(2027, 5, 3))


@pytest.fixture(scope="module")
def sample():
    return read()


def test_sections_have_the_captions_of_the_clauses_with_the_lines_that_they_are_from(sample):
    found = sections_view(*sample)
    assert list(found.entries) == list(SECTIONS)
    assert bare(found.entries["adjustment"]) == "Annual adjustment"
    assert found.entries["renewal"].key == "sections.renewal"
    assert found.entries["renewal"].origin.path.startswith("clauses/")


def test_leaving_has_the_promises_of_the_exit_clauses(sample):
    found = leaving_view(*sample)
    assert {name: bare(each) for name, each in found.entries.items()} == {
        "help_hours": 8,
        "plan_due": Duration(10, "day"),
    }


def test_a_value_that_the_agreement_gives_counts_before_that_of_the_clause():
    own = (REPOSITORY / FACTS).read_text("utf-8") + "\nparameters:\n  exit-plan-help: {help_hours: 12}\n"
    assert bare(leaving_view(*read({FACTS: own.encode()})).entries["help_hours"]) == 12


def test_the_files_of_all_clauses_that_are_read_are_listed_once(sample):
    found = read_clauses(*sample)
    assert len(found) == len({*found}) == len(SECTIONS) + len(PROMISED)
    assert EXIT_HELP in found
