"""The command that verifies that a finished document is exactly what the repository builds."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import to_builtins

from contract_assembly.cli.given_documents import given_document, printed
from contract_assembly.cli.output import DONE, PROBLEMS, answer
from contract_assembly.cli.parameters import GIVEN_FILE, JSON

if TYPE_CHECKING:
    from contract_assembly.build.embedded_files import Carried
    from contract_assembly.build.verify import Verdict

_MOST = 20  # places that are printed


@click.command(short_help="Verify that a PDF or Word file is exactly what this repository builds, and at which commit.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--rebuild", is_flag=True, help="Also build it again from that commit, in memory, and compare the bytes.")
@JSON
@click.pass_context
def verify(context: click.Context, file: Path, rebuild: bool, as_json: bool) -> None:
    """Verify that a PDF or Word file is exactly what this repository holds, and at which commit. Exits 0 only on an exact match.

    A file with other bytes is read, every page of it, including headers, footers, and notes, and every place where its words
    differ is listed with its clause and facts. A signed PDF begins with our bytes: the commit is shown, and the exit code is 1,
    because signatures are not examined here.

    \b
    Examples:
      build.py verify ~/Downloads/contract.pdf
      build.py verify contract.docx --rebuild --json
    """
    from contract_assembly.build.verify import verdict

    root: Path = context.obj
    data, found = given_document(file)
    judged = verdict(root, data, found, rebuild=rebuild)
    if as_json:
        answer(_as_data(judged, found))
    else:
        for line in _report(judged):
            click.echo(printed(line))
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
        "changes": [to_builtins(each) for each in judged.changes],
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
