"""The store against kill -9, a full disk, a second builder and paths that lead elsewhere: in real processes."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from contract_assembly.core.problems import HeldError, RefusedError
from contract_assembly.repository.store import Store, interrupted, locked, rehearsed
from tests.helpers.corpus import based, run, state

REPOSITORY = Path(__file__).parents[2]
FOLDER = "agreements/acme/2026"
OLD = {"contract.docx": b"old docx", "contract.md": b"old md", "draft.pdf": b"old draft", "record.json": b"old record"}
NEW = {"contract.docx": b"new docx", "contract.md": b"new md", "contract.pdf": b"new pdf", "record.json": b"new record"}

HOLDER = """
import sys, time
from pathlib import Path
from contract_assembly.repository.store import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
SMALL_DISK = """
import resource, sys
from pathlib import Path
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store import locked
from tests.repository.test_store import FOLDER, NEW

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with locked(Path(sys.argv[1])) as store:
        store.put(FOLDER, {**NEW, "contract.pdf": b"x" * 5000})
except RefusedError as error:
    print(error.problems[0].rule, "|", error.problems[0].what, "|", error.problems[0].hint)
"""


def python(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def stood(root):
    """Lay the old set down, as a first build would."""
    with locked(root) as store:
        store.put(FOLDER, OLD)
    return root / FOLDER


def failing_at(number, error):
    def step(_name):
        nonlocal number
        number -= 1
        if number < 0:
            raise error

    return step


def kill_at_step(root, number):
    """Let a builder in a forked process kill itself just before its nth step. True if it was killed, False if it had no such step
    and came to its end."""

    def step(_name):
        nonlocal number
        number -= 1
        if number < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        try:
            with locked(root, step) as store:
                store.put(FOLDER, NEW, remove=["draft.pdf"])
            os._exit(0)
        finally:
            os._exit(1)
    ended = os.waitpid(child, 0)[1]
    assert ended in {0, signal.SIGKILL}
    return ended == signal.SIGKILL


def test_a_set_lands_in_a_folder_that_did_not_exist(tmp_path):
    with locked(tmp_path) as store:
        assert store.put(FOLDER, OLD) == ("contract.docx", "contract.md", "draft.pdf", "record.json")
    assert files(tmp_path / FOLDER) == OLD


def test_the_record_lands_last(tmp_path):
    steps = []
    with locked(tmp_path, steps.append) as store:
        store.put(FOLDER, {"record.json": b"{}", "zebra.md": b"z"}, remove=["gone.pdf"])
    assert [step for step in steps if step.startswith("land")] == [
        f"land {FOLDER}/zebra.md",
        f"land {FOLDER}/record.json",
    ]


def test_the_journal_ends_before_the_stage_is_cleared(tmp_path):
    journals = {}
    with locked(tmp_path, lambda name: journals.update({name: files(tmp_path / ".build/stage").keys()})) as store:
        store.put(FOLDER, NEW)
    assert "forward.json" in journals["end the journal"]
    assert "forward.json" not in journals["clear the stage"]


def test_unchanged_bytes_keep_their_time_and_are_not_named(tmp_path):
    folder = stood(tmp_path)
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    with locked(tmp_path) as store:
        assert store.put(FOLDER, {**OLD, "contract.md": b"new md"}) == ("contract.md",)
    kept = {path.name for path in folder.iterdir() if path.stat().st_mtime == 1_000_000_000}
    assert kept == {"contract.docx", "draft.pdf", "record.json"}


def test_nothing_is_staged_when_nothing_changed(tmp_path):
    stood(tmp_path)
    steps = []
    with locked(tmp_path, steps.append) as store:
        assert store.put(FOLDER, OLD, remove=["never-was.pdf"]) == ()
    assert steps == []


def test_only_the_files_asked_for_are_removed(tmp_path):
    folder = stood(tmp_path)
    with locked(tmp_path) as store:
        assert store.put(FOLDER, {"contract.md": b"new"}, remove=["draft.pdf"]) == ("draft.pdf", "contract.md")
    assert set(files(folder)) == {"contract.docx", "contract.md", "record.json"}


def test_a_file_can_be_read_by_all_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        folder = stood(tmp_path)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


def test_git_ignores_the_stores_own_folder(tmp_path):
    stood(tmp_path)
    assert (tmp_path / ".build/.gitignore").read_text() == "*\n"


def test_a_killed_build_leaves_the_old_set_or_the_new_one(tmp_path):
    outcomes, number = [], 0
    while True:
        root = tmp_path / str(number)
        root.mkdir()
        folder = stood(root)
        killed = kill_at_step(root, number)
        with locked(root):
            outcomes.append(files(folder))
            assert not (root / ".build/stage").exists()
        if not killed:
            break
        number += 1
    assert all(outcome in (OLD, NEW) for outcome in outcomes)
    assert outcomes[0] == OLD
    assert outcomes[-1] == NEW
    assert number == 14  # 5 files staged, 2 steps of the journal, 5 landed, 2 to end: every one was a place to die


def test_a_killed_recovery_is_recovered(tmp_path):
    for first in (7, 9, 11):  # killed while files land …
        for second in range(6):  # … and once more while the next builder puts that right
            root = tmp_path / f"{first}-{second}"
            root.mkdir()
            folder = stood(root)
            assert kill_at_step(root, first)
            assert kill_at_step(root, second)
            with locked(root):
                assert files(folder) == NEW


def test_a_recovered_file_is_not_landed_on_what_somebody_wrote_since(tmp_path):
    folder = stood(tmp_path)
    assert kill_at_step(tmp_path, 9)
    (folder / "record.json").write_bytes(b"signed since")
    with locked(tmp_path):
        assert files(folder) == {**OLD, "record.json": b"signed since"}
        assert not (tmp_path / ".build/stage").exists()


def test_a_set_checked_out_again_after_a_kill_stays_whole(tmp_path):
    folder = stood(tmp_path)
    assert kill_at_step(tmp_path, 10)
    assert files(folder) != OLD
    for path in folder.iterdir():
        path.unlink()
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    with locked(tmp_path):
        assert files(folder) == OLD


def test_a_torn_stage_is_put_back_and_not_landed(tmp_path):
    folder = stood(tmp_path)
    assert kill_at_step(tmp_path, 9)
    for staged in (tmp_path / ".build/stage").glob("new-*"):
        staged.write_bytes(staged.read_bytes()[:3])
    with locked(tmp_path):
        assert files(folder) == OLD


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "interrupt"]
)
def test_a_failure_at_any_step_restores_the_old_set(tmp_path, error):
    for number in range(13):
        root = tmp_path / str(number)
        root.mkdir()
        folder = stood(root)
        times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
        store_failing = failing_at(number, error)
        with locked(root) as store:
            once = Store(
                store.root, lambda name, step=store_failing: None if name.startswith("restore") else step(name)
            )
            with pytest.raises((RefusedError, KeyboardInterrupt)):
                once.put(FOLDER, NEW, remove=["draft.pdf"])
        assert files(folder) == OLD
        assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == times
        assert not (root / ".build/stage").exists()


def test_a_restore_that_was_cut_short_is_taken_up_again(tmp_path):
    folder = stood(tmp_path)

    def step(name):
        if name == f"land {FOLDER}/record.json" or name == f"restore {FOLDER}/contract.md":
            raise OSError(5, "Input/output error")

    with locked(tmp_path, step) as store, pytest.raises(RefusedError, match="the write was interrupted"):
        store.put(FOLDER, NEW, remove=["draft.pdf"])
    assert files(folder) != OLD
    with locked(tmp_path):
        assert files(folder) == OLD


def test_a_full_disk_leaves_the_old_set_and_says_so(tmp_path):
    folder = stood(tmp_path)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] in (resource.RLIM_INFINITY, -1)
    done = python(SMALL_DISK, tmp_path)
    assert done.stdout.startswith(
        f"not-written | could not write {FOLDER}: File too large; the former files are kept | raise"
    )
    assert done.stderr == ""
    assert files(folder) == OLD
    assert not (tmp_path / ".build/stage").exists()


def test_of_two_builders_at_once_one_is_turned_away(tmp_path):
    with locked(tmp_path), pytest.raises(HeldError, match="another command is writing"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_killed_builder_frees_the_lock(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(HeldError), locked(tmp_path):
            pass
        holder.kill()
    with locked(tmp_path):
        pass


def test_a_builder_that_fails_frees_the_lock(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        pass


def test_a_file_where_a_folder_is_needed_is_told_with_a_cure(tmp_path):
    (tmp_path / "agreements").write_bytes(b"")
    with locked(tmp_path) as store, pytest.raises(RefusedError) as refused:
        store.put(FOLDER, NEW)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.origin.path) == ("not-written", FOLDER)
    assert "move it away" in problem.hint
    assert (tmp_path / "agreements").read_bytes() == b""


def test_a_folder_where_a_file_is_needed_leaves_the_old_set(tmp_path):
    folder = stood(tmp_path)
    (folder / "contract.pdf").mkdir()
    with locked(tmp_path) as store, pytest.raises(RefusedError, match="not-written"):
        store.put(FOLDER, NEW)
    (folder / "contract.pdf").rmdir()
    assert files(folder) == OLD


def test_a_root_that_cannot_be_written_is_told_with_a_cure(tmp_path):
    with pytest.raises(RefusedError, match="not-written"), locked(tmp_path / "nowhere"):
        pass


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("..", "contract.md"),
        ("agreements/../../elsewhere", "contract.md"),
        ("/etc", "contract.md"),
        (FOLDER, "../../../../contract.md"),
        (FOLDER, "/etc/contract.md"),
        (".git/hooks", "pre-commit"),
        (".build", "lock"),
    ],
)
def test_a_path_outside_the_root_or_hidden_is_refused(tmp_path, folder, name):
    with locked(tmp_path) as store, pytest.raises(RefusedError, match="outside-root"):
        store.put(folder, {name: b"x"})


def test_an_agreement_folder_that_is_a_link_is_refused(tmp_path):
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    (root / "agreements").mkdir(parents=True)
    elsewhere.mkdir()
    (root / "agreements/acme").symlink_to(elsewhere)
    with locked(root) as store, pytest.raises(RefusedError, match="outside-root"):
        store.put(FOLDER, NEW)
    assert files(elsewhere) == {}


def test_a_target_that_is_a_link_is_refused(tmp_path):
    folder = stood(tmp_path)
    (tmp_path / "secret").write_bytes(b"kept")
    (folder / "contract.pdf").symlink_to(tmp_path / "secret")
    with locked(tmp_path) as store, pytest.raises(RefusedError, match="outside-root"):
        store.put(FOLDER, NEW)
    assert (tmp_path / "secret").read_bytes() == b"kept"


def test_a_stores_own_folder_that_is_a_link_is_refused(tmp_path):
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / ".build").symlink_to(elsewhere)
    with pytest.raises(RefusedError, match="outside-root"), locked(root):
        pass
    assert files(elsewhere) == {}


def test_a_root_reached_through_a_link_is_fine(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with locked(tmp_path / "link") as store:
        store.put(FOLDER, NEW)
    assert files(tmp_path / "real" / FOLDER) == NEW


def test_a_pipe_in_place_of_a_file_is_named_with_its_own_cure_and_nothing_is_written(tmp_path):
    name = min(NEW)
    (tmp_path / FOLDER).mkdir(parents=True)
    os.mkfifo(tmp_path / FOLDER / name)
    with locked(tmp_path) as store, pytest.raises(RefusedError) as refused:
        store.put(FOLDER, NEW)
    (problem,) = refused.value.problems
    assert problem.rule == "not-written"
    assert f"{name} is not a plain file" in problem.what
    assert problem.hint.startswith("put a real file there")
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [name]


# ---- a file that grows
LEDGER = f"{FOLDER}/ledger.csv"
BEFORE, ADDED = b"head\nfirst\n", b"second\nthird\n"

# ---- our own folder, damaged
DEEP = b"[" * 100_000
MOVE = '[{"target": "%s", "was": null, "now": null}]'


def pipe(path):
    os.mkfifo(path)


def holding_bytes(data):
    return lambda path: path.write_bytes(data)


DAMAGE = {
    "a file for the folder": ("", holding_bytes(b"x")),
    "a folder for the lock": ("lock", Path.mkdir),
    "a pipe for the lock": ("lock", pipe),
    "a folder for the ignore file": (".gitignore", Path.mkdir),
    "a file for the stage": ("stage", holding_bytes(b"x")),
    "a deep journal": ("stage/forward.json", holding_bytes(DEEP)),
    "a journal of something else": ("stage/forward.json", holding_bytes(b'{"a": 1}')),
    "a journal with a lone surrogate": ("stage/forward.json", holding_bytes((MOVE % "a\\ud800").encode())),
    "a journal with a null byte": ("stage/back.json", holding_bytes((MOVE % "a\\u0000").encode())),
    "a pipe for the journal": ("stage/forward.json", pipe),
    "a folder for the note": ("growing.json", Path.mkdir),
    "a note that is not JSON": ("growing.json", holding_bytes(b"{")),
    "a note with a surrogate": (
        "growing.json", holding_bytes(b'{"target": "\\ud800", "length": 0, "was": "", "added": ""}'),
    ),
    "a note with a number for a text": ("growing.json", holding_bytes(b'{"target": 1, "length": "x", "was": 0, "added": 2}')),
    "a pipe for the note": ("growing.json", pipe),
    "a folder for the memory": ("built.json", Path.mkdir),
    "a pipe for the memory": ("built.json", pipe),
    "a deep memory": ("built.json", holding_bytes(DEEP)),
    "a memory of something else": ("built.json", holding_bytes(b'{"agreements/acme/2026-support": {"contract": {"warnings": 3}}}')),
    "a memory that is a list": ("built.json", holding_bytes(b"[1]")),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_cache_is_put_aside_built_again_and_reported_once(tmp_path, name):
    root = based(tmp_path / "root")
    if DAMAGE[name][0]:
        assert run(root, "--all", "--format", "md").code == 0
        before = state(root)
        path = root / ".build" / DAMAGE[name][0]
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
    else:
        path = root / ".build"
    DAMAGE[name][1](path)
    said = run(root, "check")
    assert "fault of the program" not in said.err
    said = run(root, "--all", "--format", "md")
    assert (said.code, said.err.count("[damaged-cache]")) == (0, 1), said
    assert not DAMAGE[name][0] or state(root) == before
    assert run(root, "--all", "--format", "md").err == ""


def test_an_interrupted_write_is_reported_until_it_is_finished_and_a_running_one_as_running(tmp_path):
    assert interrupted(tmp_path) == {}
    stood(tmp_path)
    seen = {}

    def step(name):
        if name.startswith("land"):
            seen.update(interrupted(tmp_path))

    with locked(tmp_path, step) as store:
        store.put(FOLDER, {**NEW, "record.json": b"other"})
    assert list(seen) == [FOLDER]
    assert seen[FOLDER].what == f"a command is writing files in {FOLDER}"
    assert kill_at_step(tmp_path, 5)  # one of two moves is done
    (problem,) = interrupted(tmp_path).values()
    assert (problem.rule, problem.what) == (
        "interrupted-write",
        f"a command was interrupted while it wrote files in {FOLDER}",
    )
    assert problem.hint == "run it again, or: build.py --client acme/2026"
    with locked(tmp_path) as store:
        assert [each.rule for each in store.cured] == ["interrupted-write"]
    assert interrupted(tmp_path) == {}
    assert files(tmp_path / FOLDER) == NEW


# ---- dry runs


def test_a_rehearsal_says_what_would_change_and_leaves_no_trace(tmp_path):
    folder = stood(tmp_path)
    before = state(tmp_path)
    with rehearsed(tmp_path) as store:
        assert store.put(FOLDER, NEW, remove=["draft.pdf"]) == (
            "draft.pdf", "contract.docx", "contract.md", "contract.pdf", "record.json",
        )  # fmt: skip
        assert store.put(FOLDER, OLD) == ()
        store.append(f"{FOLDER}/ledger.csv", b"", b"row\n")
        store.remember({"x": {}})
    assert (state(tmp_path), files(folder)) == (before, OLD)


def test_a_rehearsal_makes_no_folder_of_its_own(tmp_path):
    with rehearsed(tmp_path) as store:
        assert store.put(FOLDER, OLD)
        assert store.memory() == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../out.txt", ".hidden"])
def test_a_rehearsal_refuses_the_paths_that_a_write_refuses(tmp_path, path):
    with rehearsed(tmp_path) as store:
        with pytest.raises(RefusedError, match="outside-root"):
            store.put("", {path: b"x"})
        with pytest.raises(RefusedError, match="outside-root"):
            store.append(path, b"", b"x")


def test_a_rehearsal_over_half_written_files_is_refused_and_finishes_nothing(tmp_path):
    stood(tmp_path)
    steps = 0
    while not interrupted(tmp_path):
        steps += 1
        assert kill_at_step(tmp_path, steps)
    before = state(tmp_path)
    with pytest.raises(RefusedError, match="interrupted-write"), rehearsed(tmp_path):
        pass
    assert (state(tmp_path), bool(interrupted(tmp_path))) == (before, True)


def test_a_rehearsal_waits_for_no_one(tmp_path):
    with locked(tmp_path), rehearsed(tmp_path) as store:
        assert store.put(FOLDER, OLD)
