"""How the firm shows itself on the pages: its name and its colour."""

from dataclasses import dataclass

from contract_assembly.core.problems import RefusedError
from contract_assembly.document.style import COLOUR
from contract_assembly.facts.parties import Provider
from contract_assembly.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Firm:
    """The firm's short name, and its colour as in CSS."""

    name: str = "Contract Assembly"
    colour: str = COLOUR


def firm_of(snapshot: Snapshot) -> Firm:
    """The firm of a repository. A file that cannot be read leaves the program's own name and colour: other pages report it."""

    def work() -> Firm:
        try:
            found = snapshot.repository.load(Provider, "provider/provider.yaml").model
        except RefusedError:
            return Firm()
        colour = found.brand.colour if found.brand else None
        return Firm(found.party.short, colour or COLOUR)

    return snapshot.of_firm("firm", work)
