"""A submitted form and the file that it edits: the part that is edited, what was sent, and what was changed. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.edit.changed import Edit, edits, in_words
from contract_assembly.actions.edit.facts_file import FactsFile
from contract_assembly.actions.edit.fields import Entered, entered, shape_at, with_units
from contract_assembly.actions.edit.parts import PARTS, Part, shape_of_part
from contract_assembly.actions.edit.shapes import Shape, shape_of
from contract_assembly.facts import strict_yaml
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.page import Form


class Way(Struct, frozen=True):
    """A way to edit a file of facts: the last part of its address, the template of its form, what it asks other than facts, and
    the parts of a file that it leaves out."""

    name: str
    template: str
    asks: Shape | None = None
    leaves_out: tuple[str, ...] = ()

    def parts(self, schema: str) -> tuple[Part, ...]:
        """The parts of a kind of file that can be edited like this."""
        return tuple(each for each in PARTS[schema] if each.name not in self.leaves_out)


EDIT = Way("edit", "edit.html")


class SubmittedForm(Struct, frozen=True):
    """A form at work: the file as it is now, the part that is edited, its data when the form was made, and what was sent. `asked`
    is what it holds other than facts, as entered."""

    repository: Repository
    file: FactsFile
    part: Part
    base: Mapping[str, Any]
    form: Form
    digest: str
    way: Way = EDIT
    asked: Entered = None

    @property
    def shape(self) -> Shape:
        """The shape of the part."""
        return shape_of_part(self.file.schema, self.part)

    @property
    def entered(self) -> Entered:
        """What was sent, with the units that were left out."""
        currency = self.file.data.get("currency", "")
        found = entered(self.shape, self.form, self.base)
        return with_units(self.shape, found, currency if isinstance(currency, str) else "")

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed in the form."""
        return edits(self.base, self.entered)

    @property
    def edits_in_words(self) -> list[tuple[str, str, str]]:
        """The same for people: what each is about, the value before and after."""
        shape = shape_of(self.file.schema)
        return [in_words(each, shape) for each in self.edits]

    def shows(self, name: str) -> bool:
        """Whether the form has a field of this name."""
        try:
            shape_at(self.shape, name)
        except KeyError:
            return False
        return True

    @property
    def address(self) -> str:
        """Where its form is."""
        return address_of(self.file.client, self.file.agreement, self.way.name)


def begun(repository: Repository, file: FactsFile, part: Part, way: Way = EDIT, asked: Entered = None) -> SubmittedForm:
    """A form of a part of a file, as it is now."""
    base = {name: each for name, each in file.data.items() if name in part.keys}
    return SubmittedForm(
        repository=repository, file=file, part=part, base=base, form={}, digest=file.digest, way=way, asked=asked
    )


def sent(repository: Repository, file: FactsFile, form: Form, way: Way = EDIT) -> SubmittedForm:
    """A form that was sent, for a file as it is now."""
    parts = way.parts(file.schema)
    part = next((each for each in parts if each.name == one(form, "part")), parts[0])
    now, digest = begun(repository, file, part, way), one(form, "digest")
    base = now.base if digest == file.digest else _base(form)
    asked = entered(way.asks, form, {}) if way.asks else None
    return replace(now, base=base, form=form, digest=digest, asked=asked)


def _base(form: Form) -> Mapping[str, Any]:
    """The data that the form was made from, when the file was another; nothing where it is not what we wrote."""
    try:
        found = json.loads(one(form, "base"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and _is_data(found, strict_yaml.MAX_DEPTH) else {}


def _is_data(found: Any, depth: int) -> bool:
    """Whether this is data as a file has it: texts, lists and keys."""
    if isinstance(found, dict | list):
        inside = found.values() if isinstance(found, dict) else found
        return depth > 0 and all(_is_data(each, depth - 1) for each in inside)
    return isinstance(found, str)


def one(form: Form, name: str) -> str:
    """The last value of a field, "" for none."""
    return form.get(name, ("",))[-1]


def address_of(client: str, agreement: str, way: str = EDIT.name) -> str:
    """Where the form of a file is."""
    return f"/agreements/{client}/{agreement}/{way}" if agreement else f"/clients/{client}/{way}"
