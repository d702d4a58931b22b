"""How an export with counts is read, from a directory, a licence list or a tool that manages devices: the model of such a
mapping, and its own rules. Reads nothing."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from contract_assembly.core.csv_tables import folded
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.facts.changes import Counted
from contract_assembly.facts.export_mapping import ExportMapping, HeadsFact
from contract_assembly.facts.fields import Located, Model, TextFact

NONE = "none"


class CountColumns(Model):
    """The heads of the columns that are read. No other column is looked at, so no name of a user is read.

    `what` holds words that say what a row counts as; a row counts one, or the number in `quantity`. Where an export has one
    row for each client, `counts` names the columns of numbers instead, by what they count. `client` holds the client's name;
    an export without it is of the client that the command names. `id` identifies a row, so that none counts twice."""

    client: TextFact | None = None
    what: TextFact | None = None
    quantity: TextFact | None = None
    id: TextFact | None = None
    counts: dict[Counted, HeadsFact] = Field(default={})


class CountMapping(ExportMapping):
    """From columns and words of an export to counts of users and of classes of devices. `words` says what each word of the
    column `what` counts as, `none` for nothing; `other_words` says what becomes of a word that is not listed. A row with
    several words, which commas, semicolons, bars or plus signs separate, counts once for each class."""

    kind: Literal["counts"]
    columns: CountColumns
    words: dict[str, Literal[Counted, "none"]] = Field(default={})
    other_words: Literal["refuse", "pass over"] = "refuse"

    def heads(self) -> dict[str, tuple[str, ...]]:
        """The columns that must be there, by what each is for."""
        columns = self.columns
        named = {name: getattr(columns, name) for name in ("client", "what", "quantity", "id")}
        found = {name: (head,) for name, head in named.items() if head is not None}
        return found | {f"counts.{what}": heads for what, heads in columns.counts.items()} | super().heads()

    def counted(self) -> tuple[str, ...]:
        """What an export of this kind can hold, each once; where it has no row, the count is zero."""
        return tuple(dict.fromkeys((*self.columns.counts, *(each for each in self.words.values() if each != NONE))))


def problems(mapping: Located[CountMapping]) -> Iterator[Problem]:
    """Columns that exclude one another or are missing, and a mapping that counts nothing."""
    columns, hint = mapping.model.columns, "see docs/billing.md for the keys of a mapping"
    if bool(columns.what) == bool(columns.counts):
        what = "name a column for what, or columns for counts, and not both"
        yield Problem("mapping", what, mapping.at("columns"), hint)
    elif columns.counts and (columns.quantity or mapping.model.words):
        what = "quantity and words belong to a column for what; counts has the numbers already"
        yield Problem(
            "mapping", what, mapping.at("columns.counts"), "remove them, or name the column of the words as what:"
        )
    seen = dict[str, str]()
    for word, counts_as in mapping.model.words.items():
        if seen.setdefault(folded(word), counts_as) != counts_as:
            what = f"{shown(word)} means both {seen[folded(word)]} and {counts_as}; capitals make no difference"
            yield Problem("mapping", what, mapping.at(f"words.{word}"), "keep one of them")
    if columns.what and not mapping.model.counted():
        what = "no word says what it counts as"
        yield Problem("mapping", what, mapping.at("columns.what"), "add words: {Server: server, Laptop: workstation}")
