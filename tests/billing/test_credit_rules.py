"""The rule of an agreement follows the clauses that it chose, and their parameters."""

from functools import cache

import pytest
from msgspec.structs import replace

from contract_assembly.billing.credit_rules import credit_rule
from contract_assembly.billing.service_credits import CreditRule, Solved
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Duration, Percent
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY


@cache
def repository():
    return Repository(REPOSITORY)


def rule(own=None, **agreed):
    inputs = repository().inputs("acme", "2026-support")
    changed = inputs.agreement.model.model_copy(update=agreed)
    return credit_rule(
        own or repository(), "acme", "2026-support", replace(inputs, agreement=replace(inputs.agreement, model=changed))
    )


def test_the_preferred_clauses_give_the_plain_rule():
    assert rule() == CreditRule(every_call=False, solved=None, payout=Duration(30, "day"))


@pytest.mark.parametrize("rung", ["acceptable", "last-resort", "levels-credits-resolution", "levels-credits-not-sole"])
def test_a_clause_further_down_adds_a_credit_for_resolutions(rung):
    assert rule(choose={"levels-credits": rung}).solved == Solved(Percent.parse("2 %"), Percent.parse("80 %"), 2)


def test_parameters_of_the_agreement_replace_those_of_the_clause():
    own = {"levels-credits": {"credit": "3 %", "missed": "3", "payout": "45 days"}}
    found = rule(choose={"levels-credits": "acceptable"}, parameters=own)
    assert found == CreditRule(
        solved=Solved(Percent.parse("3 %"), Percent.parse("80 %"), 3), payout=Duration(45, "day")
    )


def test_the_clause_on_every_call_is_known():
    assert rule(choose={"levels-measurement": "acceptable"}).every_call


def test_a_negotiated_clause_is_left_to_a_person():
    path = "agreements/acme/2026-support/clauses/our-credits.md"
    text = (
        (REPOSITORY / "clauses/levels/levels-credits.md")
        .read_text("utf-8")
        .replace("id: levels-credits", "id: our-credits", 1)
    )
    found = rule(Repository(Edited(repository().source, {path: text.encode()})))
    assert isinstance(found, Problem)
    assert (found.rule, found.level, found.origin.path) == ("credits-by-hand", "warning", path)
