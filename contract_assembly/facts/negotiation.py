"""The facts of a negotiation: the model of `negotiation/<n>.yaml`, one file for each round. Models only.

The program writes an entry for each change that came back; people write the decisions."""

from typing import Literal

from pydantic import Field

from contract_assembly.facts.fields import DateFact, Model, TextFact, TruthFact, WholeFact

FOLDER = "negotiation"
Decision = Literal["open", "take", "refuse", "counter"]


class Entry(Model):
    """One change. `mark` identifies it in the file that came back; `clause`, `fact`, `old` and `new` are for people to read.

    `decision` is `take`, `refuse` or `counter`; until then, it is `open`. A counter names in `counter` the id of one
    of our clauses, or the words that take the place of theirs. `facts` are values of our own for facts of the
    agreement, by their path in `agreement.yaml`: where the changed fact follows from others, they say how it comes to
    be. `place` says where whole paragraphs that came in go, with a proposal for those between two clauses: "own clause after
    SLOT", "end of SLOT" or "start of SLOT". `reason` goes into our answer; a comment is answered by it alone."""

    id: WholeFact
    mark: TextFact
    what: TextFact
    clause: TextFact | None = None
    fact: TextFact | None = None
    old: TextFact | None = None
    new: TextFact | None = None
    by: TextFact | None = None
    tracked: TruthFact = True
    judged: TextFact | None = None
    place: TextFact | None = None
    decision: Decision = "open"
    counter: TextFact | None = None
    facts: dict[str, TextFact] = Field(default={})
    reason: TextFact | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still needs a decision. A comment needs an answer instead, and numbers that changed alone need nothing."""
        if self.what == "renumbered":
            return False
        return not self.reason if self.what == "comment" else self.decision == "open"


class Round(Model):
    """`negotiation/<n>.yaml`: what came back, when and from whom; the digests of that file and of the one that was sent; and
    every change. `applied` says that the decisions were carried out."""

    round: WholeFact
    sender: TextFact | None = Field(default=None, alias="from")
    received: DateFact
    file: TextFact
    sha256: TextFact
    sent: TextFact
    applied: TruthFact = False
    changes: tuple[Entry, ...] = ()

    @property
    def open(self) -> tuple[Entry, ...]:
        """The changes without a decision."""
        return tuple(each for each in self.changes if each.is_open)
