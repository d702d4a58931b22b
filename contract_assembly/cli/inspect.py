"""The command that shows what a finished document carries, wherever it comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.given_documents import given_document, printed
from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import GIVEN_FILE, JSON
from contract_assembly.core.text import did_you_mean, shortened, with_count

if TYPE_CHECKING:
    from contract_assembly.build.embedded_files import Carried
    from contract_assembly.writers.returned.read_words import Words


@click.command(short_help="Show what a finished PDF or Word file carries.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--show", metavar="NAME", help="Print one file from inside: agreement.json, record.json or review.md.")
@JSON
def inspect(file: Path, show: str | None, as_json: bool) -> None:
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

    data, found = given_document(file)
    if show is not None:
        if show not in found.files:
            raise click.UsageError(printed(f"there is no {shortened(show)} inside; {did_you_mean(show, found.files)}"))
        click.echo(found.files[show].decode("utf-8", "replace"), nl=False)
        return
    try:
        words: Words | str = words_of(data)
    except UnreadableError as error:
        words = str(error)
    if as_json:
        from contract_assembly.repository.record_file import ingredients_data

        about = {"format": found.format, "folder": found.folder, "document": found.name, "signatures": found.signatures}
        added = {"unreadable": words} if isinstance(words, str) else _added_as_data(words)
        answer({**about, "record": ingredients_data(found.record), "agreement": found.agreement, "added": added})
    else:
        for line in _lines(found, words):
            click.echo(printed(line))


def _added_as_data(words: "Words") -> dict[str, Any]:
    comments = [{"by": each.by, "text": each.text} for each in words.comments]
    return {"comments": comments, "inserted": words.inserted, "deleted": words.deleted, "moved": words.moved}


def _added(words: "Words | str") -> list[str]:
    """What others added to a document: how many tracked changes, and each comment."""
    from contract_assembly.writers.textconv import comment

    if isinstance(words, str):
        return [f"words      cannot be read: {words}"]
    counts = ((words.inserted, "insertion"), (words.deleted, "deletion"), (words.moved, "move"))
    tracked = ", ".join(with_count(count, what) for count, what in counts if count)
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
