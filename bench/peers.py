"""Other tools on the same words, cold, against a whole build of ours. Skips what `bench/install-peers` did not install."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.clock import Group, Job, Spent, compared, process
from bench.cold import CONTRACT, HERE, TYPST, copied
from bench.peer_words import docxtpl_template, typst
from contract_assembly.build.pipeline import draft
from contract_assembly.repository.inputs import Repository

PYTHON = HERE / ".venv-bench" / "bin" / "python"
WEASYPRINT = HERE / ".venv" / "bin" / "weasyprint"
BOTH, OURS = "docxtpl and LibreOffice: DOCX, PDF", "ours: DOCX, PDF, Markdown, record"
OURS_TYPST = "ours with typst: the same files"
TARGETS = {"acme": {OURS: 1.15, OURS_TYPST: 0.55}, "hudson": {OURS: 1.0, OURS_TYPST: 0.6}}  # ratios to BOTH, by client
ALONE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"


def against_peers(words: Path, client: str, agreement: str, scratch: Path, rounds: int) -> tuple[Group, ...]:
    """One table: every installed tool and ours, as ratio to docxtpl with LibreOffice, or to ours if that is not installed."""
    found = {name: job for name, job in _jobs(words, client, agreement, scratch).items() if job is not None}
    base = BOTH if BOTH in found else OURS
    title = f"Cold, {client}/{agreement} against other tools on the same words: ratio to {base}"
    return (compared(title, found, base, rounds, TARGETS.get(client) if base == BOTH else None),)


def _jobs(words: Path, client: str, agreement: str, scratch: Path) -> Mapping[str, Job | None]:
    copy, folder = copied(words, scratch / "words"), scratch / "peers"
    folder.mkdir()
    arguments = ("--client", f"{client}/{agreement}", *CONTRACT)
    copy.build(*arguments)
    _materials(Repository(words), client, agreement, folder)
    shutil.copy(copy.root / "agreements" / client / agreement / "contract.md", folder)
    fill = [
        str(PYTHON),
        str(HERE / "bench" / "peer_docxtpl.py"),
        *_in(folder, "template.docx", "facts.json", "out.docx"),
    ]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", *_in(folder, "office", "out.docx")]
    pandoc = ["pandoc", "--standalone", "--table-of-contents", *_in(folder, "contract.md"), "--output"]
    fonts = str(words / "templates" / "house" / "fonts")
    has_docxtpl, has_office = _has(PYTHON), _has("soffice")
    return {
        OURS: copy.clean_build(*arguments),
        OURS_TYPST: copy.clean_build(*arguments, *TYPST),
        "ours: DOCX": copy.clean_build(*arguments, "--format", "docx"),
        "ours: PDF": copy.clean_build(*arguments, "--format", "pdf"),
        BOTH: _job(has_docxtpl and has_office, fill, convert),
        "docxtpl: DOCX": _job(has_docxtpl, fill),
        "pandoc: DOCX": _job(_has("pandoc"), [*pandoc, *_in(folder, "pandoc.docx")]),
        "pandoc and WeasyPrint: PDF": _job(
            _has("pandoc") and _has(WEASYPRINT), [*pandoc, *_in(folder, "pandoc.pdf"), f"--pdf-engine={WEASYPRINT}"]
        ),
        "typst: PDF": _job(has_docxtpl, [str(PYTHON), "-c", ALONE, *_in(folder, "contract.typ", "typst.pdf"), fonts]),
    }


def _materials(repository: Repository, client: str, agreement: str, folder: Path) -> None:
    document, house = draft(repository, client, agreement).document, repository.house()
    template, facts = docxtpl_template(document, house)
    (folder / "template.docx").write_bytes(template)
    (folder / "facts.json").write_text(json.dumps(facts), "utf-8")
    (folder / "contract.typ").write_text(typst(document), "utf-8")


def _in(folder: Path, *names: str) -> list[str]:
    return [str(folder / name) for name in names]


def _has(program: str | Path) -> bool:
    return shutil.which(program) is not None


def _job(possible: bool, *commands: Sequence[str]) -> Job | None:
    return (lambda: sum(map(process, commands), Spent(0, 0))) if possible else None
