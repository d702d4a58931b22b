"""How an export of a time tracker is read: the model of such a mapping, and its own rules. Reads nothing."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from contract_assembly.core.problems import Problem
from contract_assembly.facts.export_cells import ISO, Unit, open_form
from contract_assembly.facts.export_mapping import ExportMapping, HeadsFact
from contract_assembly.facts.fields import Located, Model, SlugFact, TextFact

NEEDED = ("date", "person", "task", "worked")


class TimeColumns(Model):
    """The heads of the columns that are read. Cells of several columns are joined: names by a blank, parts of a task by
    a colon.

    `start` is a moment, in place of `date` and `time`. `id` is the program's own number of an entry, by which one that
    was corrected there is recognised; it is kept as the reference. `billable` holds a word for yes or no."""

    date: HeadsFact | None = None
    start: HeadsFact | None = None
    time: HeadsFact | None = None
    person: HeadsFact
    task: HeadsFact
    worked: HeadsFact
    channel: HeadsFact | None = None
    asked_by: HeadsFact | None = None
    reference: HeadsFact | None = None
    id: HeadsFact | None = None
    client: HeadsFact | None = None
    billable: HeadsFact | None = None


class TimeMapping(ExportMapping):
    """From columns and words of an export to hours of a block. `dates` and `moments` are forms as in Python's strptime,
    or `iso`; `unit` is that of plain numbers in `worked`. `people` gives the id of a person by the name that the export
    has; names and email addresses in provider.yaml are known."""

    kind: Literal["time-entries"]
    dates: tuple[TextFact, ...] = (ISO,)
    moments: tuple[TextFact, ...] = (ISO,)
    columns: TimeColumns
    unit: Unit | None = None
    people: dict[str, SlugFact] = Field(default={})
    channels: dict[str, Literal["remote", "on-site"]] = Field(default={})
    billable: tuple[TextFact, ...] = ("yes", "true", "1", "y", "billable")
    not_billable: tuple[TextFact, ...] = ("no", "false", "0", "n", "non-billable", "not billable")

    def heads(self) -> dict[str, tuple[str, ...]]:
        """The columns that must be there, by what each is for."""
        named = {name: tuple(heads) for name, heads in self.columns.model_dump().items() if heads is not None}
        return named | super().heads()


def problems(mapping: Located[TimeMapping]) -> Iterator[Problem]:
    """Forms that leave something open, and columns that exclude one another."""
    model, hint = mapping.model, "see docs/time-blocks.md for the keys of a mapping"
    for name, day_only in (("dates", True), ("moments", False)):
        for n, form in enumerate(getattr(model, name)):
            for what in open_form(form, day_only=day_only):
                yield Problem("mapping", what, mapping.at(f"{name}.{n}"), hint)
    columns = model.columns
    if bool(columns.date) == bool(columns.start):
        yield Problem("mapping", "name a column for date or for start, and not for both", mapping.at("columns"), hint)
    if columns.start and columns.time:
        what = "start has the time of day already"
        yield Problem("mapping", what, mapping.at("columns.time"), "remove time:, or name date: in place of start:")
    if columns.id and columns.reference:
        what = "an entry has one reference: its id, or that of another column"
        yield Problem("mapping", what, mapping.at("columns.reference"), "remove reference:, or id:")
