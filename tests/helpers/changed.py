"""The sample repository with a history, and with every kind of change: facts, and clauses reworded, added, removed and moved."""

import shutil
from pathlib import Path

from tests.helpers.git_repositories import begun

ROOT = Path(__file__).parents[2]
WORDS = ("agreements", "clauses", "provider", "templates")
_REMOTE_WORK = """---
id: remote-work
title: Remote work
slot: remote-work
kinds: [support]
laws: ["*"]
rung: preferred
params: {}
requires: []
conflicts: []
survives: false
purpose: Says how work from afar is done.
---
## Method {#remote-work-method}

The Provider may supply the Services remotely. The Provider shall:

(a) record each remote session;
(b) ask the User before it opens a screen; and
(c) end each session when its task is done.

## Refusal {#remote-work-refusal}

A User may refuse a remote session. Section [](#remote-work-method) does not apply to emergencies.
"""
_OUTLINE, _ACME = "templates/contract/outline.yaml", "agreements/acme/2026-support/agreement.yaml"


def sample(folder: Path) -> Path:
    """The sample repository, committed."""
    for name in WORDS:
        shutil.copytree(ROOT / name, folder / name)
    return begun(folder)


def changed(folder: Path) -> Path:
    """The same with changes in the working tree: subcontracting removed, insurance now before warranties, remote work before
    fees."""
    put(folder, _ACME, "users: 34", "users: 36")
    put(folder, _ACME, "    quantity: 34", "    quantity: 36")
    put(folder, _ACME, "{kind: server, count: 3}", "{kind: server, count: 4}")
    put(folder, _OUTLINE, "      - subcontracting\n", "")
    put(folder, _OUTLINE, "      - insurance\n", "")
    put(folder, _OUTLINE, "      - warranties\n", "      - insurance\n      - warranties\n")
    put(folder, _OUTLINE, "      - fees\n", "      - remote-work\n      - fees\n")
    (folder / "clauses/services/remote-work.md").write_text(_REMOTE_WORK)
    put(
        folder,
        "clauses/general/assignment.md",
        "or unreasonably refuse consent",
        "or unreasonably delay or refuse consent",
    )
    return folder


def put(folder: Path, path: str, old: str, new: str) -> None:
    """Replace text that a file must contain."""
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text, (path, old)
    file.write_text(text.replace(old, new, 1), "utf-8")
