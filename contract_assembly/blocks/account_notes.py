"""Add facts to the text of `account.yaml`, and change no other byte: a message under `messages`, the step to a support contract.
Pure."""

from contract_assembly.core.origin import Origin
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.account import Account, Conversion, Message
from contract_assembly.facts.fields import located
from contract_assembly.repository import yaml_editor

_STEP = "The step to a support contract. `signed` is the day on which both have signed it: put it right if need be."


def with_message(text: str, path: str, message: Message) -> str:
    """The text with one more message. Raises EditError where `messages` is written in a form to which nothing can be added."""
    if message in _read(text, path).messages:
        return text
    return yaml_editor.append(text, path, "messages", _facts(message))


def with_conversion(text: str, path: str, change: Conversion) -> str:
    """The text with the step to a support contract. Raises EditError where another step is there already."""
    if _read(text, path).conversion == change:
        return text
    return yaml_editor.set_key(text, Origin(path, 0), "conversion", _facts(change), _STEP)


def _facts(fact: Message | Conversion) -> dict[str, str]:
    values = {name: getattr(fact, name) for name in type(fact).model_fields}
    return {name: str(each) for name, each in values.items() if each is not None}


def _read(text: str, path: str) -> Account:
    return located(Account, strict_yaml.load(text, path)).model if text.strip() else Account()
