"""A client's place in a table: its law, and what contracts in its country begin with. Reads through the repository."""

from msgspec import Struct

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.law import Country, Law
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of, place_code


class ClientPlace(Struct, frozen=True):
    """A client's place: its law, and what contracts in its country begin with."""

    law: Law
    country: Country


def code_of(files: Repository, text: str, home: str) -> str:
    """The code of a place by its code or name, or by the letters that it has in the country `home`: "NY" of a firm in the US. A
    code that can be used as it is comes first. Raises RefusedError."""
    try:
        return place_code(files, text, "law")
    except RefusedError:
        try:
            return place_code(files, f"{home}-{text.strip()}", "law")
        except RefusedError:
            pass
        raise


def place_of(files: Repository, code: str) -> ClientPlace:
    """The place of a client by its code. Raises RefusedError where no contract can be written for it."""
    law = law_of(files, code, None).model
    country = country_of(files, law)
    if country is None:
        hint = "add country: with its locale and currency to the file of its law"
        raise RefusedError(
            [Problem("no-country", f"nothing says what a contract in {law.name} begins with", None, hint)]
        )
    return ClientPlace(law, country)
