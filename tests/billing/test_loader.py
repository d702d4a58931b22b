"""Contracts as they run, loaded through the repository."""

import pytest

from contract_assembly.billing.loader import Accounts
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import AGREEMENT, REPOSITORY


@pytest.mark.parametrize(
    ("choice", "timing"),
    [
        ("", "in-advance"),
        ("choose: {liability: acceptable}", "in-advance"),
        ("choose: {fees: preferred}", "in-advance"),
        ("choose: {fees: acceptable}", "on-first-day"),
        ("choose: {fees: fees-in-arrears}", "in-arrears"),
    ],
)
def test_a_contract_is_invoiced_as_the_clause_that_it_chose_says(choice, timing):
    path = f"{AGREEMENT}/agreement.yaml"
    text = f"{(REPOSITORY / path).read_text('utf-8')}\n{choice}\n"
    own = Repository(Edited(Repository(REPOSITORY).source, {path: text.encode()}))
    assert Accounts(own).one("acme", "2026-support").timing == timing


def test_words_of_its_own_on_fees_are_named_in_a_warning():
    text = (REPOSITORY / "clauses/money/fees.md").read_text("utf-8").replace("id: fees\n", "id: our-fees\n", 1)
    path = f"{AGREEMENT}/clauses/our-fees.md"
    accounts = Accounts(Repository(Edited(Repository(REPOSITORY).source, {path: text.encode()})))
    assert accounts.one("acme", "2026-support").timing == "in-advance"
    assert [(each.rule, each.level, each.origin.path) for each in accounts.warnings] == [
        ("own-words-on-fees", "warning", path)
    ]
