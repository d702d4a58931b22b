"""Files read as models: what is accepted, and what is refused at which line."""

from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Located, located
from contract_assembly.facts.strict_yaml import load


def read(model, text: str) -> Located:
    """YAML text as a model with its lines."""
    return located(model, load(text, "f.yaml"))


def refused(model, text: str) -> list[tuple[str, str, int]]:
    """The problems of a YAML text: rule, words and line. An empty list if it is accepted."""
    try:
        read(model, text)
    except RefusedError as error:
        return [(each.rule, each.what, each.origin.line) for each in error.problems]
    return []
