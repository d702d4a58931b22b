"""Commands that compare states of agreements: diff between two, impact over all. They write only the output."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.output import DONE, NAME, PROBLEMS, Progress, show
from contract_assembly.core.problems import in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.build.revisions import State

_MARKS = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)


def _output(formats: tuple[str, ...]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that say how and where to answer."""

    def added(command: Callable[..., None]) -> Callable[..., None]:
        for part in (
            click.option("--json", "as_json_", is_flag=True, help="Short for --format json."),
            click.option(
                "--output",
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help="A file to write, whole or not at all.",
            ),
            click.option(
                "--format",
                "face",
                type=click.Choice(formats),
                default="text",
                show_default=True,
                help="How to show it.",
            ),
        ):
            command = part(command)
        return command

    return added


@click.command(short_help="What changed in an agreement between two states: facts, clauses, words.")
@click.argument("client", type=NAME)
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--agreement", type=NAME, help="Only this agreement of the client.")
@click.option(
    "--between", nargs=2, metavar="AGREEMENT AGREEMENT", help="Compare two agreements: last year's and this year's."
)
@_output(("text", "html", "docx", "pdf", "json"))
@click.pass_context
def diff(
    context: click.Context,
    client: str,
    old: str | None,
    new: str | None,
    agreement: str | None,
    between: tuple[str, str] | None,
    face: str,
    output: Path | None,
    as_json_: bool,
) -> None:
    """What changed in an agreement between two states of the repository: first the facts, then the clauses, word by word.

    OLD and NEW are any names that git knows. Without NEW it is the working tree, without OLD the last commit. With --between they
    are where the first and the second agreement are looked for: without them, both in the working tree.

    DOCX is the new contract with tracked changes against the old one, for the other side's lawyer: accepting all gives the new
    words, rejecting all the old ones. PDF is the new contract as it is laid out, with what came and what went marked in it. HTML
    is one page to be read anywhere.

    \b
    Examples:
      build.py diff acme                                     what the working tree changes
      build.py diff acme HEAD~3 HEAD --format html --output changes.html
      build.py diff acme main --agreement 2026-support --format docx --output redline.docx
      build.py diff acme main --format pdf --output marked.pdf
      build.py diff acme --between 2026-support 2027-support
    """
    if agreement and between:
        raise click.UsageError("--agreement and --between do not go together")
    face = "json" if as_json_ else face
    pairs = _pairs(context.obj, client, (old, new), agreement, between)
    if face in ("html", "docx", "pdf") and len(pairs) > 1:
        names = ", ".join(after.agreement for _, after in pairs)
        raise click.UsageError(f"{client} has {len(pairs)} agreements: name one with --agreement ({names})")
    _put(output, _FACES[face](pairs, context.obj))


def _pairs(
    root: Path,
    client: str,
    names: tuple[str | None, str | None],
    agreement: str | None,
    between: tuple[str, str] | None,
) -> list[tuple["State", "State"]]:
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.build.revisions import revision, state, working_tree

    old, new = names
    now = revision(root, new) if new else working_tree(root)
    if between:
        then = revision(root, old) if old else now
        return [(state(then, client, between[0]), state(now, client, between[1]))]
    then = revision(root, old or "HEAD")
    asked = [agreement] if agreement else [name for _, name in select_agreements(now.repository, client, None)]
    return [(state(then, client, name), state(now, client, name)) for name in asked]


_Pairs = list[tuple["State", "State"]]


def _text(pairs: _Pairs, _root: Path) -> bytes:
    from contract_assembly.build.revisions import difference
    from contract_assembly.writers.changes.text import text

    return ("\n\n".join(text(difference(*pair)) for pair in pairs) + "\n").encode()


def _json(pairs: _Pairs, _root: Path) -> bytes:
    from contract_assembly.build.revisions import difference
    from contract_assembly.writers.changes.text import data

    return f"{to_json({'differences': [data(difference(*pair)) for pair in pairs]})}\n".encode()


def _html(pairs: _Pairs, _root: Path) -> bytes:
    from contract_assembly.build.revisions import difference
    from contract_assembly.writers.changes.page import page

    return page(difference(*pairs[0])).encode()


def _docx(pairs: _Pairs, root: Path) -> bytes:
    """In the house style and brand of today, whatever states are compared: it goes with the program."""
    from contract_assembly.build.revisions import for_word
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.writers.docx.redline.writer import redline
    from contract_assembly.writers.formats import write

    old, new = pairs[0]
    before, after = for_word(old, new)
    house = Repository(root).house(new.found.inputs.provider)
    _, pages = write(after, house, ["pdf"])
    return redline(before, after, house, author=after.meta.author, day=new.day, pages=pages)


def _pdf(pairs: _Pairs, root: Path) -> bytes:
    """In the house style and brand of today, as the Word file."""
    from contract_assembly.build.revisions import for_page
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.writers.pdf.marked_changes import marked_pdf

    document, old, summary = for_page(*pairs[0])
    provider = pairs[0][1].found.inputs.provider
    return marked_pdf(document, Repository(root).house(provider), old, summary)


_FACES: dict[str, Callable[[_Pairs, Path], bytes]] = {
    "text": _text,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "json": _json,
}


@click.command(short_help="Which agreements a change of clauses, plans, templates or rates reaches.")
@click.option(
    "--base", default="HEAD", show_default=True, metavar="REVISION", help="What the working tree is compared with."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many to compare side by side."
)
@_output(("text", "html", "json"))
@click.pass_context
def impact(context: click.Context, base: str, jobs: int, face: str, output: Path | None, as_json_: bool) -> None:
    """Which agreements a change of clauses, plans, templates or rates reaches: those that were sent first, then those that are
    decided soonest, and each change once, however many agreements it is the same in. Signed and ended agreements are listed as
    not touched.

    \b
    Examples:
      build.py impact
      build.py impact --base main --format html --output reach.html
      build.py impact --base main --jobs 4
    """
    from contract_assembly.build import impact_report as faces
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.build.impact import impact as measured
    from contract_assembly.repository.inputs import Repository

    length = len(select_agreements(Repository(context.obj), None, None))
    with Progress(length, quiet=as_json_ or not sys.stdout.isatty(), label="Comparing") as step:
        found = measured(context.obj, base, step, jobs)
    problems = in_order(found.problems)
    shown: dict[str, Callable[[], str]] = {
        "text": lambda: faces.text(found) + "\n",
        "html": lambda: faces.page(found),
        "json": lambda: to_json({**faces.data(found), "problems": [as_data(each) for each in problems]}) + "\n",
    }
    _put(output, shown["json" if as_json_ else face]().encode())
    if not as_json_ and face != "json":
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _put(output: Path | None, content: bytes) -> None:
    """Into a file as it is; on a terminal text in colour, and nothing that no terminal can show."""
    if output:
        from contract_assembly.repository.store.output import write_named

        write_named(output, content)
    elif not content.startswith((b"PK", b"%PDF")):
        text = content.decode()
        click.echo(text if "NO_COLOR" in os.environ else _MARKS.sub(_coloured, text), nl=False)
    elif sys.stdout.isatty():
        raise click.UsageError("a Word file or a PDF is not for a terminal: name a file with --output")
    else:
        click.echo(content, nl=False)


def _coloured(mark: "re.Match[str]") -> str:
    """Click takes colours out again where the output is not a terminal."""
    return click.style(mark[0], fg="red" if mark[0].startswith("[") else "green")
