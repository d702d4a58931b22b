"""Small clause files, for tests of what is read of them and which one is chosen."""

import pytest

from contract_assembly.clauses.choice import parameters
from contract_assembly.clauses.clause import read_clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError

HERE = Origin("agreement.yaml", 9)
YIELD = "yield: {when: The client asks., to: [owner]}\n"
PERIOD = "params:\n  cure:\n    {type: duration, min: 10 days, max: 60 days, default: 30 days}\n"


def clause(
    id="renewal",  # noqa: A002
    slot="renewal",
    laws='["*"]',
    rung="preferred",
    kinds="[support]",
    more="",
    words="Words.\n",
):
    head = f"id: {id}\ntitle: Renewal\nslot: {slot}\nkinds: {kinds}\nlaws: {laws}\nrung: {rung}\npurpose: Why.\n{more}"
    head += "" if rung == "preferred" or "yield" in more else YIELD
    return read_clause(f"---\n{head}---\n{words}", f"clauses/{id}.md")


def refusal(work):
    with pytest.raises(RefusedError) as caught:
        work()
    return [(problem.rule, problem.origin.line) for problem in caught.value.problems]


def own(text, params=PERIOD):
    """The parameters of a clause, with these values of an agreement's own."""
    return parameters(clause(more=params), text, lambda _name: HERE)
