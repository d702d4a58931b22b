"""One change that came back: what it is, where, and which words it takes away and brings. Pure data."""

from typing import Literal

from msgspec import Struct

Kind = Literal["fact", "reworded", "inserted", "deleted", "moved", "renumbered", "comment"]


class ReturnedChange(Struct, frozen=True):
    """One change. `clause` is the tag of its clause, empty if none is certain; `facts` are the tags of the facts that
    it touches, one for a change of kind "fact". `old` and `new` are the texts: of the whole fact, or of the words that
    changed; for a comment, the words that it is about and what it says. `around` is a stretch of the text with the
    change. `removed` and `added` are its words, one by one. `spots` are the positions of the aligned words that it
    consists of; `where` is the part of the file.

    Whole paragraphs that came in between two clauses have no clause, but those two in `between`, and the `title` of a clause of
    their own if they begin with one. A move has in `to` the tag of the clause that it goes to, and in `numbers` those of both
    places, as far as they have one."""

    kind: Kind
    clause: str
    old: str
    new: str
    facts: tuple[str, ...] = ()
    tracked: bool = True
    by: str = ""
    where: str = "body"
    around: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    spots: tuple[int, ...] = ()
    between: tuple[str, str] = ("", "")
    title: str = ""
    to: str = ""
    numbers: tuple[str, str] = ("", "")

    @property
    def is_placed(self) -> bool:
        """Whether it is known where it belongs."""
        return bool(self.clause or self.kind in {"fact", "renumbered"} or any(self.between))
