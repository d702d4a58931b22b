"""Repositories with something wrong: each is refused with just these words, at just this place, and nothing is written."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.corpus import AGREEMENT, approved, cases, command, laid_out, run, state


def _add(path: str, data: bytes, front: bool = False) -> Callable[[Path], None]:
    def add(root: Path) -> None:
        before = (root / path).read_bytes()
        (root / path).write_bytes(data + before if front else before + data)

    return add


def _new(path: str, data: bytes) -> Callable[[Path], None]:
    def new(root: Path) -> None:
        (root / path).write_bytes(data)

    return new


def _say(words: str) -> Callable[[Path], None]:
    """Put characters into the notes clause that no editor shows."""

    def say(root: Path) -> None:
        path = root / "clauses/notes.md"
        path.write_text(path.read_text("utf-8").replace("Each party keeps notes", words), "utf-8")

    return say


def _link(path: str) -> Callable[[Path], None]:
    """Put a file outside the repository and, in its place, a link that leads there."""

    def link(root: Path) -> None:
        outside = root.parent / Path(path).name
        (root / path).rename(outside)
        (root / path).symlink_to(outside)

    return link


def _file_for_folder(root: Path) -> None:
    shutil.rmtree(root / "clauses")
    (root / "clauses").write_text("not a folder")


def _folder_for_file(root: Path) -> None:
    (root / AGREEMENT / "contract.md").mkdir()


def _approved_then_edited(root: Path) -> None:
    approved("--on", "2026-09-01")(root)
    _say("Each party keeps note")(root)


def _preferred_changes_after_the_approval_of_ours(root: Path) -> None:
    approved("--on", "2026-09-01")(root)
    own = f"{AGREEMENT}/clauses/notes.md"
    assert run(root, "approve", own, "--by", "B Lawyer", "--on", "2026-09-01").code == 0
    _say("Each party keeps good notes")(root)


# What a folder of words cannot hold, or no checkout would keep: bytes, links, characters that cannot be seen.
MADE: dict[str, Callable[[Path], None]] = {
    "a-file-begins-with-a-byte-order-mark": _add("agreements/acme/client.yaml", b"\xef\xbb\xbf", front=True),
    "a-file-is-not-utf-8": _add("agreements/acme/client.yaml", "# Zoë\n".encode("latin-1")),
    "a-clause-is-not-utf-8": _add("clauses/notes.md", "Zoë".encode("latin-1")),
    "a-clause-holds-a-control-character": _say("Each party\x07keeps notes"),
    "a-clause-holds-a-private-use-character": _say("Each party \ue0000\ue002 keeps notes"),
    "a-clause-turns-the-direction-of-reading": _say("Each party \u202esetonspeek"),
    "a-file-of-facts-is-a-link-out-of-the-repository": _link("agreements/acme/client.yaml"),
    "a-clause-is-a-link-out-of-the-repository": _link("clauses/notes.md"),
    "a-file-stands-where-the-builder-needs-a-folder": _file_for_folder,
    "a-folder-stands-where-a-file-is-written": _folder_for_file,
    "a-logo-that-is-too-big": _new("provider/logo.png", b"\x89PNG\r\n\x1a\n" + bytes(500_000)),
    "a-file-is-too-big": _add("agreements/acme/client.yaml", b"# " + b"x" * 2_000_001),
    # What is approved, by the digest of the words as they are.
    "a-clause-that-nobody-approved": approved(),
    "a-sent-agreement-with-a-clause-that-nobody-approved": approved(),
    "a-clause-edited-by-one-character-after-its-approval": _approved_then_edited,
    "an-approval-for-another-law": approved("--on", "2026-09-01", "--law", "US-CA", "--law", "GB-EW"),
    "an-approval-for-another-kind": approved("--on", "2026-09-01", "--kind", "time-block"),
    "an-approval-that-is-due-for-review": approved("--on", "2025-09-01", "--until", "2026-09-30"),
    "a-negotiated-clause-older-than-the-preferred-one": _preferred_changes_after_the_approval_of_ours,
    "an-approval-that-begins-too-late": approved("--on", "2026-10-02"),
    "a-rule-of-law-that-the-facts-break": approved("--on", "2026-09-01"),
    "a-gate-that-nobody-has-closed": approved("--on", "2026-09-01"),
    "a-backup-that-is-charged-and-in-no-set": approved("--on", "2026-09-01"),
}


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case.name)
def test_it_is_refused(case, tmp_path):
    root = laid_out(case, tmp_path / "root")
    MADE.get(case.name, lambda _root: None)(root)
    before = state(root)

    said = run(root, *command(case))

    assert said.err == (case / "expected.txt").read_text("utf-8")
    assert said.code == 1
    assert said.out == ""
    assert state(root) == before


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case.name)
def test_the_refusal_says_where_what_and_what_to_do(case):
    """Each problem has its place, unless no file is at fault, and a hint."""
    *lines, last = (case / "expected.txt").read_text("utf-8").splitlines()
    problems = [*lines, last] if not last.startswith("agreements/") or " error: " in last else lines
    for problem, hint in zip(problems[::2], problems[1::2], strict=True):
        assert re.fullmatch(r"(\S+:\d+: )?error: .+ \[[a-z0-9-]+\]", problem)
        assert re.fullmatch(r"    hint: .+", hint)


def test_every_made_case_has_its_folder():
    assert set(MADE) <= {case.name for case in cases("refused")}
