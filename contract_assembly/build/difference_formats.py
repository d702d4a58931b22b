"""What changed between states of agreements, as text, JSON, a web page, a redline or a marked PDF. Writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from contract_assembly.build.revisions import (
    AgreementVersion,
    difference,
    for_page,
    for_word,
    revision,
    state,
    working_tree,
)
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import RefusedError, errors
from contract_assembly.core.report import to_json
from contract_assembly.document.engines import Engine
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import NO_EXTRAS, Enclosure
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected

Pairs = Sequence[tuple[AgreementVersion, AgreementVersion]]
ALONE = frozenset({"html", "docx", "pdf"})  # formats that show one agreement


def compared(
    root: Path, target: Target, old: str | None, new: str | None, between: tuple[str, str] | None
) -> list[tuple[AgreementVersion, AgreementVersion]]:
    """The states to compare: each agreement of a target at two revisions, or two agreements of a client.

    `new` defaults to the working tree, `old` to the last commit or, for two agreements, to `new`. Raises RefusedError
    for a name that does not exist there, and with the problems of a state."""
    now = revision(root, new) if new else working_tree(root)
    if between:
        then = revision(root, old) if old else now
        return [(state(then, target.client, between[0]), state(now, target.client, between[1]))]
    then = revision(root, old or "HEAD")
    names = [target.agreement] if target.agreement else [name for _, name in selected(now.repository, [target])[0]]
    return [(state(then, target.client, name), state(now, target.client, name)) for name in names]


def _text(pairs: Pairs, _root: Path, _engine: Engine | None) -> bytes:
    from contract_assembly.writers.changes.text import text

    return ("\n\n".join(text(difference(*pair)) for pair in pairs) + "\n").encode()


def _json(pairs: Pairs, _root: Path, _engine: Engine | None) -> bytes:
    from contract_assembly.writers.changes.text import data

    found = {"differences": [data(difference(*pair)) for pair in pairs], "problems": []}
    return f"{to_json(found)}\n".encode()


def _html(pairs: Pairs, _root: Path, _engine: Engine | None) -> bytes:
    from contract_assembly.writers.changes.page import page

    return page(difference(*pairs[0])).encode()


def _docx(pairs: Pairs, root: Path, engine: Engine | None) -> bytes:
    """A redline in today's house style and brand, whichever states are compared, because the style belongs to the
    program."""
    from contract_assembly.writers.docx.redline.writer import redline
    from contract_assembly.writers.formats import write

    old, new = pairs[0]
    before, after = for_word(old, new)
    house = _house(root, new, engine)
    _, pages = write(after, house, ["pdf"])
    return redline(before, after, house, author=after.meta.author, day=new.day, pages=pages, enclosed=enclosed_in(new))


def enclosed_in(state: AgreementVersion) -> tuple[Enclosure, ...]:
    """The files that travel inside the contract of a state; none if it cannot be built, and then it was never sent."""
    from contract_assembly.build.pipeline import completed, enclosed
    from contract_assembly.writers.formats import FORMATS as WRITERS

    try:
        made = completed(state.version.repository, state.found)
    except RefusedError:
        return ()
    if errors(made.warnings):
        return ()
    review = WRITERS["md"](made.document, state.version.repository.house(made.provider), NO_EXTRAS)
    return enclosed(made, review)


def _pdf(pairs: Pairs, root: Path, engine: Engine | None) -> bytes:
    """A marked PDF in today's house style and brand, like the redline."""
    from contract_assembly.writers.pdf.marked_changes import marked_pdf

    document, old, summary = for_page(*pairs[0])
    return marked_pdf(document, _house(root, pairs[0][1], engine), old, summary)


def _house(root: Path, new: AgreementVersion, engine: Engine | None) -> HouseStyle:
    """Today's house style in the brand of a state, laid out by this engine or, without one, by that of the house."""
    house = Repository(root).house(new.found.inputs.provider)
    return replace(house, engine=engine or house.engine)


FORMATS: Mapping[str, Callable[[Pairs, Path, Engine | None], bytes]] = {
    "text": _text,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "json": _json,
}
