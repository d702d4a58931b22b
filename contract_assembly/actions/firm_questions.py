"""What a firm is asked on a terminal when its repository begins, one question after the other. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Model
from contract_assembly.facts.firm_answers import Answers, AskedAddress, Employee, Hours, PlanPrices, fault
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of, place_code
from contract_assembly.repository.program_library import own_source
from contract_assembly.repository.yaml_editor import block

# A question, what Enter answers (None: nothing), and a check that returns what is wrong with an answer.
Ask = Callable[[str, str | None, Callable[[str], str | None]], str]
Questions = Sequence[tuple[str, str, str | None]]

_FIRM: Questions = (
    ("name", "Your firm's name, exactly as registered", None),
    ("short", "Its short name, for running heads and lists", None),
    ("form", "Its legal form, as the register says", "limited liability company"),
    ("registration", "Its number in the register (Enter for none)", ""),
    ("tax_id", "Its number for VAT, GST or sales tax (Enter for none)", ""),
    ("email", "Email address of the service desk", None),
    ("phone", "Telephone of the service desk, with its country code", None),
    ("portal", "Web page of the service desk", None),
)
_ADDRESS: Questions = (
    ("city", "City", None),
    ("region", "State or province, as on an envelope (Enter for none)", ""),
    ("postcode", "Postcode", None),
)
_PERSON: Questions = (
    ("role", "Role", "Owner"),
    ("email", "Email address", None),
    ("phone", "Telephone, with its country code", None),
)
_HOURS: Questions = (
    ("timezone", "Time zone of the service desk", "America/New_York"),
    ("timezone_name", "Its name, as contracts print it", "Eastern Time"),
    ("days", "Days on which the desk is open", "Monday to Friday"),
    ("opens", "It opens at", "08:00"),
    ("closes", "It closes at", "18:00"),
)
_SAMPLE = (("essential", "42.00"), ("business", "65.00"), ("complete", "95.00"))


def ask_all(ask: Ask) -> str:
    """Ask for everything, and give the answers as YAML, as a firm writes them in a file."""
    found = _answers(ask, Answers, _FIRM)
    place = found["place"] = ask("Where it is based: a code or a name, like US-NY or Ontario", None, _place_fault)
    street = ask("Street and number", None, lambda text: fault(Employee, "name", text))
    found["address"] = {"lines": [street], **_answers(ask, AskedAddress, _ADDRESS)}
    found["people"] = _people(ask)
    files = Repository(own_source())
    country = country_of(files, law_of(files, place_code(files, place, "law"), None).model)
    currency = country.currency if country else "USD"
    found["hours"] = _answers(ask, Hours, _HOURS)
    prices = tuple((name, f"{name.capitalize()} Care, a user a month", f"{each} {currency}") for name, each in _SAMPLE)
    found["prices"] = _answers(ask, PlanPrices, prices)
    found |= _answers(ask, Answers, (("hourly", "An hour of a help desk technician", f"100.00 {currency}"),))
    return block(found)


def _answers(ask: Ask, model: type[Model], questions: Questions) -> dict[str, Any]:
    found = {name: ask(words, default, lambda text, n=name, d=default: None if text == d == "" else fault(model, n, text))  # type: ignore[misc]
             for name, words, default in questions}  # fmt: skip
    return {name: text for name, text in found.items() if text}


def _people(ask: Ask) -> list[dict[str, Any]]:
    """The firm's people: the first signs. An empty name ends the list."""
    found: list[dict[str, Any]] = []
    while True:
        question = "Another person's name (Enter for no more)" if found else "Who signs your contracts: name"
        default = "" if found else None
        name = ask(question, default, lambda text: None if text == "" and found else fault(Employee, "name", text))
        if not name:
            return found
        found.append({"name": name, **_answers(ask, Employee, _PERSON)})


def _place_fault(text: str) -> str | None:
    files = Repository(own_source())
    try:
        place_code(files, text, "law")
    except RefusedError as error:
        return "; ".join(f"{each.what}: {each.hint}" for each in error.problems)
    return None
