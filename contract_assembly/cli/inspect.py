"""Commands that look at a finished document, wherever it comes from: what it carries, and where it was built."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import DONE, GIVEN_FILE, PROBLEMS, given
from contract_assembly.core.report import to_json

if TYPE_CHECKING:
    from contract_assembly.build.embedded_files import Carried


def _given(file: Path) -> "tuple[bytes, Carried]":
    """A file's bytes and what it carries. Raises RefusedError with a sentence."""
    from contract_assembly.build.embedded_files import carried
    from contract_assembly.build.embedded_files.limits import MAX_FILE
    from contract_assembly.core.problems import Problem, RefusedError

    data = given(file)
    if len(data) > MAX_FILE:
        raise RefusedError([Problem("file-size", f"this file is over {MAX_FILE:,} bytes; none of ours is", None, "")])
    return data, carried(data)


def _shown(value: object) -> str:
    """What a strange file says, without anything that could act on a terminal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else "\ufffd" for each in text.replace("\u00a0", " "))


@click.command(short_help="What a finished PDF or Word file carries.")
@click.argument("file", type=GIVEN_FILE)
@click.option(
    "--show", metavar="NAME", help="Print one of the files inside, as it is: agreement.json, record.json, review.md."
)
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
def inspect(file: Path, show: str | None, as_json_: bool) -> None:
    """What a finished PDF or Word file of ours carries inside: the facts that it states, the clauses it was made from, its words.

    The file may lie anywhere, and nothing in it is trusted or run. `verify` says whether it is genuine.

    \b
    Examples:
      build.py inspect ~/Downloads/contract.pdf
      build.py inspect contract.docx --show review.md
    """
    _, found = _given(file)
    if show is not None:
        if show not in found.files:
            raise click.UsageError(f"there is no {_shown(show)} inside; there are: {_shown(', '.join(found.files))}")
        click.echo(found.files[show].decode("utf-8", "replace"), nl=False)
    elif as_json_:
        about = {"format": found.format, "folder": found.folder, "document": found.name, "signatures": found.signatures}
        click.echo(to_json({**about, "record": found.record, "agreement": found.agreement}))
    else:
        for line in _lines(found):
            click.echo(_shown(line))


def _lines(found: "Carried") -> list[str]:
    about = found.agreement
    clauses = found.record.get("clauses")
    named = [str(each.get("id")) for each in clauses if isinstance(each, dict)] if isinstance(clauses, list) else []
    width = max(map(len, found.facts), default=0)
    return [
        f"{about.get('title')}: {about.get('provider')} and {about.get('client')}",
        f"reference  {about.get('reference')}",
        f"built as   {found.folder}/{found.name}.{found.format}",
        f"tree       {found.record.get('tree')}",
        f"signed     {f'{found.signatures} signatures, not examined here' if found.signatures else 'no'}",
        f"inside     {', '.join(found.files)}",
        "",
        f"{len(named)} clauses: {', '.join(named)}",
        "",
        f"{len(found.facts)} facts:",
        *[f"  {key:{width}}  {_words(each)}" for key, each in found.facts.items()],
    ]


def _words(fact: Any) -> str:
    words = fact.get("words") if isinstance(fact, dict) else None
    return " | ".join(map(str, words)) if isinstance(words, list) else "?"


@click.command(short_help="Whether a PDF or Word file is exactly what this repository builds, and at which commit.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--rebuild", is_flag=True, help="Also build it again from that commit, in memory, and compare the bytes.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_context
def verify(context: click.Context, file: Path, rebuild: bool, as_json_: bool) -> None:
    """Whether a PDF or Word file is exactly what this repository holds, and at which commit. It ends with 0 only if it is.

    A signed PDF begins with our bytes: then it says so, with the commit, and ends with 1, for a signature is not examined here.

    \b
    Examples:
      build.py verify ~/Downloads/contract.pdf
      build.py verify contract.docx --rebuild --json
    """
    from contract_assembly.build.verify import verdict

    root: Path = context.obj
    data, found = _given(file)
    judged = verdict(root, data, found, rebuild=rebuild)
    if as_json_:
        commit = judged.state.commit if judged.state else None
        about = {"id": commit.id, "day": commit.day, "subject": commit.subject} if commit else None
        said = {"answer": judged.answer, "commit": about, "sentences": list(judged.sentences)}
        where = {"folder": found.folder, "document": found.name}
        click.echo(to_json({**said, **where, "clauses": list(judged.clauses), "facts": list(judged.facts)}))
    else:
        for sentence in judged.sentences:
            click.echo(_shown(sentence))
        for what, differing in (("clauses", judged.clauses), ("facts", judged.facts)):
            if differing:
                click.echo(_shown(f"{what} that differ from the working tree: {', '.join(differing)}"))
    context.exit(DONE if judged.answer == "exact" else PROBLEMS)
