"""A repository like a firm's own, with acme as its only client and real git history, for tests of the life of an agreement."""

import shutil
from pathlib import Path

from tests.helpers.corpus import REPOSITORY
from tests.helpers.git_repositories import begun

FOLDER = "agreements/acme/2026-support"
NAMED = ("acme/2026-support",)


def firm(root: Path, *clients: str) -> Path:
    """The samples' clauses and catalogue, and the facts of some clients, committed; nothing is built."""
    for folder in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    for client in clients or ("acme",):
        shutil.copytree(
            REPOSITORY / "agreements" / client,
            root / "agreements" / client,
            ignore=_built,
        )
    (root / ".gitignore").write_text(".build/\n")
    return begun(root)


def _built(folder: str, names: list[str]) -> set[str]:
    """The files that a build wrote into an agreement's folder, and the facts of its letters."""
    built = {each for each in names if each.endswith((".pdf", ".docx", ".eml"))} | (
        {"record.json", "documents"} & {*names}
    )
    return built | {each for each in names if each.endswith(".md") and not folder.endswith("/clauses")}


def change(path: Path, old: str, new: str) -> None:
    """Replace text that must occur exactly once in a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old, text.count(old))
    path.write_text(text.replace(old, new), "utf-8")
