"""Repositories on disk for tests of renewals: a signed sample that can really be renewed, and a small firm."""

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.firm import firm
from tests.helpers.corpus import based, linked, run
from tests.helpers.git_repositories import begun, committed

ROOT = Path(__file__).parents[2]
ON = "2027-05-03"
BY = "2027-08-31"
ACME = "agreements/acme/2026-support/agreement.yaml"
MEANT = "\nrenewal:\n  increase: 4 %\n  users: 36\n"


def signed(root: Path, meant: str = MEANT) -> Path:
    """Acme's agreement, built and signed, with the plans for its renewal; and a time block."""
    made = Path(_signed().name)
    for each in ("clauses", "templates"):
        shutil.copytree(made / each, root / each, copy_function=linked)
    for each in ("provider", "agreements"):
        shutil.copytree(made / each, root / each)
    facts = root / ACME
    facts.write_text(facts.read_text("utf-8") + meant, "utf-8")
    return root


@cache
def _signed() -> "TemporaryDirectory[str]":
    """Made once in a process: tests change copies only."""
    folder = TemporaryDirectory()
    root = Path(folder.name)
    for each in ("clauses", "templates"):
        shutil.copytree(ROOT / each, root / each, copy_function=linked)
    shutil.copytree(ROOT / "provider", root / "provider")
    for each in ("acme", "hudson"):
        shutil.copytree(ROOT / "agreements" / each, root / "agreements" / each)
    done = run(root, "status", "acme/2026-support", "--set", "signed", "--on", "2026-09-21")
    assert done.code == 0, done.err
    (root / ACME).write_text(as_signed((root / ACME).read_text("utf-8")), "utf-8")
    _without_letters(root / ACME)
    return folder


def as_signed(text: str) -> str:
    """The sample's agreement without the facts of its renewal."""
    kept, _, rest = text.partition("\n# What we mean to offer")
    assert rest
    return kept


def _without_letters(agreement: Path) -> None:
    """Remove every document except the contract and its cover letter."""
    kept = {"contract", "cover-letter"}
    gone = [each.stem for each in agreement.parent.glob("documents/*.yaml") if each.stem not in kept]
    for path in [path for name in gone for path in agreement.parent.glob(f"**/{name}.*")]:
        path.unlink()
    record = agreement.parent / "record.json"
    found = json.loads(record.read_text("utf-8"))
    found["documents"] = {name: each for name, each in found["documents"].items() if name in kept}
    record.write_text(json.dumps(found, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def changeable(root: Path, *more: str) -> Path:
    """The base repository with its contract signed and committed, and the words of the letter that confirms a change; `more` are
    the folders of further clients with the same contract."""
    based(root)
    (root / ".gitignore").write_text(".build/\n")
    shutil.copytree(ROOT / "templates/change-confirmation", root / "templates/change-confirmation")
    for name in ("change-confirmation", "change-confirmation-mail"):
        shutil.copy(ROOT / f"clauses/letters/{name}.md", root / f"clauses/{name}.md")
    for client in more:
        shutil.copytree(root / "agreements/acme", root / "agreements" / client)
        about = root / "agreements" / client / "client.yaml"
        change(
            about, ("Acme Instruments, Inc.", f"{client.title()}, Inc."), ("short: Acme", f"short: {client.title()}")
        )
        change(about.parent / "2026-support/agreement.yaml", ("id: NL-2026-0042", f"id: NL-{client}"))
    begun(root)
    lines = [("approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01")]
    for client in ("acme", *more):
        lines += [("status", client, "--set", "sent"), ("status", client, "--set", "signed", "--on", "2026-09-21")]
    for line in lines:
        done = run(root, *line)
        assert done.code == 0, done.err
    committed(root, "Signed")
    return root


def small(root: Path, count: int = 6) -> Path:
    """A firm with `count` clients, all signed, nothing built."""
    firm(count, root)
    return root


def change(path: Path, *pairs: tuple[str, str]) -> None:
    """Replace texts that a file must contain."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def tree(root: Path) -> dict[str, bytes]:
    """Every file of the agreements."""
    found = (each for each in (root / "agreements").rglob("*") if each.is_file())
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in found}


def without_built(root: Path) -> Path:
    """The samples, without what is built from them."""
    for each in ("clauses", "provider", "templates"):
        shutil.copytree(ROOT / each, root / each, ignore=shutil.ignore_patterns("fonts"))
    shutil.copytree(ROOT / "agreements", root / "agreements", ignore=shutil.ignore_patterns("contract.*"))
    return root


def changed(path: Path, *pairs: tuple[str, str]) -> None:
    """Replace the first of each of these texts in a file, which must have it."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
