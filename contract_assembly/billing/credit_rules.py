"""What the clauses of an agreement say of Service Credits, by the variants and parameters that it chose. Reads the library."""

from typing import Any

from contract_assembly.billing.service_credits import CreditRule, Solved
from contract_assembly.clauses.choice import choose, parameters
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.problems import Problem
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.repository.inputs import Repository

MEASUREMENT, CREDITS = "levels-measurement", "levels-credits"
# The clauses whose rule `service_credits` follows. One with other words needs a person.
_KNOWN = {
    MEASUREMENT: {"levels-measurement", "levels-measurement-every-call"},
    CREDITS: {"levels-credits", "levels-credits-resolution", "levels-credits-not-sole"},
}
_EVERY_CALL = "levels-measurement-every-call"


def credit_rule(repository: Repository, client: str, name: str, inputs: Inputs) -> CreditRule | Problem | None:
    """The rule of an agreement; None where the library has no clause on Service Credits, and a warning where one was negotiated
    or is not known: then no credit is worked out. Raises RefusedError for a choice or parameter that does not exist."""
    library = repository.library(client, name)
    if not {MEASUREMENT, CREDITS} <= {each.head.slot for each in library}:
        return None
    measured, credited = (_chosen(slot, library, inputs) for slot in (MEASUREMENT, CREDITS))
    for slot, each in ((MEASUREMENT, measured), (CREDITS, credited)):
        if each.is_negotiated or each.head.id not in _KNOWN[slot]:
            what = f"the words of {each.head.id} are not the library's, so Service Credits are not worked out from them"
            hint = "enter each credit by hand: below missed: in service.yaml, with credit: and credit_for: task or call"
            return Problem("credits-by-hand", what, each.body_at, hint, "warning")
    values = _values(credited, CREDITS, inputs)
    solved = Solved(values["credit"], values["share"], values["missed"]) if "share" in values else None
    return CreditRule(every_call=measured.head.id == _EVERY_CALL, solved=solved, payout=values["payout"])


def _chosen(slot: str, library: tuple[Clause, ...], inputs: Inputs) -> Clause:
    where = inputs.agreement.at(f"choose.{slot}")
    return choose(slot, library, inputs.use, inputs.agreement.model.choose.get(slot), where)


def _values(clause: Clause, slot: str, inputs: Inputs) -> dict[str, Any]:
    own = inputs.agreement.model.parameters.get(slot, {})
    facts = parameters(clause, own, lambda each: inputs.agreement.at(f"parameters.{slot}.{each}"))
    return {each: fact.value for each, fact in facts.items()}
