"""How the firm and its clients are called on the pages, and the colour of the firm."""

from msgspec import Struct

from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.document.style import COLOUR
from contract_assembly.facts.parties import Client, Provider
from contract_assembly.web.snapshot import Snapshot


class Firm(Struct, frozen=True):
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


def client_name(snapshot: Snapshot, client: str) -> str:
    """The short name of a client; the name of its folder if its file cannot be read: other pages report that."""

    def work() -> str:
        try:
            return snapshot.repository.load(Client, f"{folder_of(client)}/client.yaml").model.party.short
        except RefusedError:
            return client

    return snapshot.of_client(client, "name", work)
