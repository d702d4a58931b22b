"""Complete small repositories for tests of renewal documents: the firm's own files with one client, changed as a user would."""

import shutil
from pathlib import Path

from contract_assembly.build.pipeline import Draft, draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.markdown import review_text

ROOT = Path(__file__).parents[2]
ACME, BROOKFIELD = "agreements/acme/2026-support", "agreements/brookfield/2026-support"
LETTER = "renewal-letter-2027"
AGREEMENT, SERVICE, FACTS = f"{ACME}/agreement.yaml", f"{ACME}/service.yaml", f"{ACME}/documents/{LETTER}.yaml"
INTENT = "renewal:\n  increase: 3 %\n  users: 36\n"
NOTICES = "notices:\n  - {says: increase, term: 2027-10-01, sent: 2027-05-05, by: email}\n"


def office(root: Path, *clients: str) -> Path:
    """The sample repository with some clients, without anything built."""
    for name in ("provider", "clauses", "templates"):
        shutil.copytree(ROOT / name, root / name)
    for client in clients or ("acme",):
        kept = shutil.ignore_patterns("*.md", "*.docx", "*.pdf", "*.eml", "record.json")
        shutil.copytree(ROOT / "agreements" / client, root / "agreements" / client, ignore=kept)
    return root


def change(root: Path, path: str, *pairs: tuple[str, str]) -> None:
    """Replace text that must occur exactly once in a file."""
    text = (root / path).read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, f"{path} says {text.count(old)} times: {old}"
        text = text.replace(old, new)
    (root / path).write_text(text, "utf-8")


def add(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    before = (root / path).read_text("utf-8") if (root / path).exists() else ""
    (root / path).write_text(before + text, "utf-8")


def made(root: Path, folder: str = ACME, name: str = LETTER) -> Draft:
    _, client, agreement = folder.split("/")
    return draft(Repository(root), client, agreement, name)


def words(root: Path, folder: str = ACME, name: str = LETTER) -> str:
    """The review text with regular spaces instead of no-break spaces."""
    document = made(root, folder, name).document
    return review_text(document).decode().replace("\u00a0", " ")


def headings(root: Path, folder: str = ACME, name: str = LETTER) -> list[str]:
    tree = made(root, folder, name).document.parts[0]
    found = [each for each in d.walk(tree) if isinstance(each, d.Section) and each.heading]
    return [d.plain(each.heading).replace("\u00a0", " ") for each in found]


def refused(root: Path, folder: str = ACME, name: str = LETTER) -> list[tuple[str, str, str]]:
    """Rule, place and hint of every problem that prevents the build of a document."""
    try:
        made(root, folder, name)
    except RefusedError as error:
        return [(each.rule, str(each.origin), each.hint) for each in error.problems if each.level == "error"]
    return []


def line_of(root: Path, path: str, start: str) -> str:
    """The place of the only line that starts with this text, as "path:line"."""
    lines = (root / path).read_text("utf-8").splitlines()
    (found,) = (n for n, line in enumerate(lines, 1) if line.strip().startswith(start))
    return f"{path}:{found}"
