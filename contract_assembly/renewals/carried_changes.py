"""What changed while a contract ran, carried into its next term: the facts in force, and its file with the same facts. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import Changes
from contract_assembly.facts.fee_terms import OwnPrice
from contract_assembly.facts.fields import Located, located
from contract_assembly.facts.in_force import in_force
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.line_edits import line_edits, written
from contract_assembly.repository import yaml_editor
from contract_assembly.repository.yaml_editor import flow, indent_of

_Path = tuple[str | int, ...]


def carried(inputs: Inputs, changes: Located[Changes]) -> Inputs:
    """The facts with all changes carried out. Raises RefusedError where one of them cannot be."""
    try:
        return in_force(inputs, changes.model.changes, date.max)
    except ValueError as error:
        hint = "'build.py invoices' lists everything that is wrong with the changes of an agreement"
        raise RefusedError([Problem("wrong-change", str(error), changes.at("changes"), hint)]) from None


def carried_into(text: str, context: RenewalContext) -> tuple[str, RenewalContext]:
    """The file of the agreement with the same changes written into it, and the context that reads it. Raises EditError where a
    part is written in a form that is not changed here."""
    before, after = context.filed, context.agreed
    if before is None or before == after:
        return text, context
    values, dropped, lines = dict[_Path, str](), list[_Path](), dict[_Path, Sequence[str]]()
    if before.coverage.users != after.coverage.users:
        values["coverage", "users"] = str(after.coverage.users)
    had = {each.kind: n for n, each in enumerate(before.coverage.assets)}
    for each in after.coverage.assets:
        if each.kind in had and before.coverage.assets[had[each.kind]] != each:
            values["coverage", "assets", had[each.kind], "count"] = str(each.count)
    new = [each for each in after.coverage.assets if each.kind not in had]
    _add(text, lines, ("coverage", "assets"), [{"kind": each.kind, "count": str(each.count)} for each in new])
    names = {each.name for each in after.coverage.sites}
    dropped += [("coverage", "sites", n) for n, each in enumerate(before.coverage.sites) if each.name not in names]
    come = [each for each in after.coverage.sites if each not in before.coverage.sites]
    _add(text, lines, ("coverage", "sites"), [{"name": each.name, "address": each.address} for each in come])
    _prices(text, before, after, values, lines)
    new_values, gone = line_edits(before, after)
    values |= new_values
    dropped += gone
    at = context.inputs.agreement.at()
    text = yaml_editor.apply(text, yaml_editor.Changes(values, dropped, lines), at)
    read = located(Agreement, strict_yaml.load(text, at.path))
    fees = read.model.fees.model_copy(update={"steps": after.fees.steps})  # with the figures of the index
    agreed = replace(read, model=read.model.model_copy(update={"fees": fees}))
    return text, replace(context, inputs=replace(context.inputs, agreement=agreed), filed=None)


def _prices(
    text: str, before: Agreement, after: Agreement, values: dict[_Path, str], lines: dict[_Path, Sequence[str]]
) -> None:
    own = {each.line: n for n, each in enumerate(before.fees.prices)}
    added = []
    for each in after.fees.prices:
        if each.line not in own:
            added.append({"line": each.line, **{str(path[-1]): value for path, value in _set((), each)}})
        elif before.fees.prices[own[each.line]] != each:
            values |= dict(_set(("fees", "prices", own[each.line]), each))
    if own:
        _add(text, lines, ("fees", "prices"), added)
    elif added:
        margin = " " * indent_of(text, ("fees",))
        lines["fees",] = [f"{margin}prices:", *_items(text, ("fees", "prices"), added)]


def _set(path: _Path, price: OwnPrice) -> Iterator[tuple[_Path, str]]:
    """What a change sets of a price."""
    for name in ("price", "discounted", "since"):
        if value := getattr(price, name):
            yield (*path, name), written(value)


def _add(text: str, lines: dict[_Path, Sequence[str]], path: _Path, items: list[dict[str, str]]) -> None:
    if items:
        lines[path] = list(_items(text, path, items))


def _items(text: str, path: _Path, items: list[dict[str, str]]) -> Iterator[str]:
    margin = " " * indent_of(text, path)
    yield from (f"{margin}- {flow(each)}" for each in items)
