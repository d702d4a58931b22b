"""The commands that examine a finished document, wherever it comes from: what it carries, and where it was built."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import DONE, GIVEN_FILE, PROBLEMS, given
from contract_assembly.core.report import to_json

if TYPE_CHECKING:
    from contract_assembly.build.embedded_files import Carried
    from contract_assembly.build.verify import Verdict
    from contract_assembly.writers.returned.read_words import Words

_MOST = 20  # places that are printed


def _given(file: Path) -> "tuple[bytes, Carried]":
    """A file's bytes and what it carries. Raises RefusedError with a sentence."""
    from contract_assembly.build.embedded_files import carried

    data = given(file)
    return data, carried(data)


def _shown(value: object) -> str:
    """A text from a file of others, without characters that could act on a terminal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else "\ufffd" for each in text.replace("\u00a0", " "))


@click.command(short_help="Show what a finished PDF or Word file carries.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--show", metavar="NAME", help="Print one file from inside: agreement.json, record.json or review.md.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
def inspect(file: Path, show: str | None, as_json_: bool) -> None:
    """Show what a finished PDF or Word file of ours carries: its facts, the clauses it was made from, the files inside; and what
    others added to it: comments, tracked changes, signatures.

    The file may be anywhere; nothing in it is trusted or run. Use `verify` to find out whether it is genuine.

    \b
    Examples:
      build.py inspect ~/Downloads/contract.pdf
      build.py inspect contract.docx --show review.md
    """
    from contract_assembly.writers.returned import words_of
    from contract_assembly.writers.returned.limits import UnreadableError

    data, found = _given(file)
    if show is not None:
        if show not in found.files:
            raise click.UsageError(f"there is no {_shown(show)} inside; there are: {_shown(', '.join(found.files))}")
        click.echo(found.files[show].decode("utf-8", "replace"), nl=False)
        return
    try:
        words: Words | str = words_of(data)
    except UnreadableError as error:
        words = str(error)
    if as_json_:
        from contract_assembly.repository.record_file import ingredients_data

        about = {"format": found.format, "folder": found.folder, "document": found.name, "signatures": found.signatures}
        added = {"unreadable": words} if isinstance(words, str) else _added_as_data(words)
        click.echo(
            to_json({**about, "record": ingredients_data(found.record), "agreement": found.agreement, "added": added})
        )
    else:
        for line in _lines(found, words):
            click.echo(_shown(line))


def _added_as_data(words: "Words") -> dict[str, Any]:
    comments = [{"by": each.by, "text": each.text} for each in words.comments]
    return {"comments": comments, "inserted": words.inserted, "deleted": words.deleted, "moved": words.moved}


def _added(words: "Words | str") -> list[str]:
    """What others added to a document: how many tracked changes, and each comment."""
    from contract_assembly.writers.textconv import comment

    if isinstance(words, str):
        return [f"words      cannot be read: {words}"]
    counts = ((words.inserted, "insertion"), (words.deleted, "deletion"), (words.moved, "move"))
    tracked = ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count)
    return [f"tracked    {tracked or 'no changes'}", *(f"           {comment(each)}" for each in words.comments)]


def _lines(found: "Carried", words: "Words | str") -> list[str]:
    about = found.agreement
    named = [each.id for each in found.record.clauses]
    width = max(map(len, found.facts), default=0)
    return [
        f"{about.get('title')}: {about.get('provider')} and {about.get('client')}",
        f"reference  {about.get('reference')}",
        f"built as   {found.folder}/{found.name}.{found.format}",
        f"tree       {found.record.tree}",
        f"signed     {f'{found.signatures} signatures, not examined here' if found.signatures else 'no'}",
        *_added(words),
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


@click.command(short_help="Verify that a PDF or Word file is exactly what this repository builds, and at which commit.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--rebuild", is_flag=True, help="Also build it again from that commit, in memory, and compare the bytes.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
@click.pass_context
def verify(context: click.Context, file: Path, rebuild: bool, as_json_: bool) -> None:
    """Verify that a PDF or Word file is exactly what this repository holds, and at which commit. Exits 0 only on an exact match.

    A file with other bytes is read, all pages and all stories of it, and every place where its words differ is listed with its
    clause and facts. A signed PDF begins with our bytes: the commit is shown, and the exit code is 1, for signatures are not
    examined here.

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
        click.echo(to_json(_as_data(judged, found)))
    else:
        for line in _report(judged):
            click.echo(_shown(line))
    context.exit(DONE if judged.answer == "exact" else PROBLEMS)


def _as_data(judged: "Verdict", found: "Carried") -> dict[str, Any]:
    commit = judged.state.commit if judged.state else None
    return {
        "answer": judged.answer,
        "commit": {"id": commit.id, "day": commit.day, "subject": commit.subject} if commit else None,
        "sentences": list(judged.sentences),
        "folder": found.folder,
        "document": found.name,
        "clauses": list(judged.clauses),
        "facts": list(judged.facts),
        "changes": [asdict(each) for each in judged.changes],
    }


def _report(judged: "Verdict") -> list[str]:
    """The sentences, the first places where words differ, and all clauses and facts that do."""
    more = len(judged.changes) - _MOST
    return [
        *judged.sentences,
        *(f"  {each}" for each in judged.changes[:_MOST]),
        *([f"  and {more} more; --json lists all"] if more > 0 else []),
        *([f"clauses that differ: {', '.join(judged.clauses)}"] if judged.clauses else []),
        *([f"facts that differ: {', '.join(judged.facts)}"] if judged.facts else []),
    ]
