"""A file that grows: all of an addition or nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store import locked

REPOSITORY = Path(__file__).parents[3]
FOLDER = "agreements/acme/2026"


def python(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def failing_at(number, error):
    def step(_name):
        nonlocal number
        number -= 1
        if number < 0:
            raise error

    return step


LEDGER = f"{FOLDER}/ledger.csv"
BEFORE, ADDED = b"head\nfirst\n", b"second\nthird\n"

# A writer in a process of its own, which kills itself just before its nth step, or in the middle of writing.
GROWER = """
import os, signal, sys
from pathlib import Path
from contract_assembly.repository.store import locked
from tests.repository.store.test_append import ADDED, BEFORE, LEDGER

left = int(sys.argv[2])
def step(name):
    global left
    left -= 1
    if left < 0:
        if name == "append" and len(sys.argv) > 3:
            with (Path(sys.argv[1]) / LEDGER).open("ab") as file:
                file.write(ADDED[: int(sys.argv[3])])
        os.kill(os.getpid(), signal.SIGKILL)

with locked(Path(sys.argv[1]), step) as store:
    store.append(LEDGER, BEFORE, ADDED)
"""

# Writers who each add a line, one after the other, as often as they are told.
WRITER = """
import sys
from pathlib import Path
from contract_assembly.repository.store import locked
from tests.repository.store.test_append import LEDGER

root = Path(sys.argv[1])
for n in range(int(sys.argv[3])):
    with locked(root, patience=60) as store:
        path = root / LEDGER
        before = path.read_bytes() if path.exists() else b""
        store.append(LEDGER, before, f"{sys.argv[2]} {n}\\n".encode())
"""


def begun(root):
    (root / FOLDER).mkdir(parents=True)
    (root / LEDGER).write_bytes(BEFORE)
    return root / LEDGER


def test_bytes_are_added_at_the_end_and_a_file_is_begun(tmp_path):
    with locked(tmp_path) as store:
        store.append(LEDGER, b"", BEFORE)
        store.append(LEDGER, BEFORE, ADDED)
    assert (tmp_path / LEDGER).read_bytes() == BEFORE + ADDED
    assert not (tmp_path / ".build/growing.json").exists()


@pytest.mark.parametrize("number", range(4))
def test_a_writer_killed_at_any_step_leaves_all_or_nothing(tmp_path, number):
    path = begun(tmp_path)
    assert python(GROWER, tmp_path, number).returncode == -signal.SIGKILL
    with locked(tmp_path) as store:
        assert path.read_bytes() in {BEFORE, BEFORE + ADDED}
        whole = path.read_bytes() == BEFORE + ADDED
        assert [each.rule for each in store.cured] == (["ledger-whole-row"] if whole else [])
    assert not (tmp_path / ".build/growing.json").exists()


@pytest.mark.parametrize("count", range(1, len(ADDED)))
def test_what_a_killed_writer_had_half_written_is_taken_away_and_told_once(tmp_path, count):
    path = begun(tmp_path)
    assert python(GROWER, tmp_path, 1, count).returncode == -signal.SIGKILL
    assert path.read_bytes() == BEFORE + ADDED[:count]
    with locked(tmp_path) as store:
        (told,) = store.cured
        assert (told.rule, told.level, told.origin.line) == ("ledger-half-row", "warning", 3)
    assert path.read_bytes() == BEFORE
    with locked(tmp_path) as store:
        assert store.cured == []


def test_a_file_that_somebody_has_changed_since_is_not_cut(tmp_path):
    path = begun(tmp_path)
    python(GROWER, tmp_path, 1, 3)
    path.write_bytes(b"another file, and longer than it was before\n")
    with locked(tmp_path) as store:
        assert store.cured == []
    assert path.read_bytes() == b"another file, and longer than it was before\n"


def test_a_file_that_is_not_what_its_reader_saw_is_not_added_to(tmp_path):
    path = begun(tmp_path)
    with locked(tmp_path) as store, pytest.raises(RefusedError, match="changed while"):
        store.append(LEDGER, BEFORE + b"more\n", ADDED)
    assert path.read_bytes() == BEFORE


def test_nothing_is_added_outside_the_root(tmp_path):
    with locked(tmp_path) as store, pytest.raises(RefusedError, match="leaves the repository"):
        store.append("../ledger.csv", b"", ADDED)


def test_when_the_disk_refuses_the_file_stands_as_it_stood(tmp_path):
    path = begun(tmp_path)
    with locked(tmp_path, failing_at(2, OSError(28, "No space left on device"))) as store:
        with pytest.raises(RefusedError, match="No space left"):
            store.append(LEDGER, BEFORE, ADDED)
        assert path.read_bytes() == BEFORE
    assert not (tmp_path / ".build/growing.json").exists()


@pytest.mark.parametrize("number", [1, 2])
def test_a_file_that_could_not_be_begun_is_not_there(tmp_path, number):
    with locked(tmp_path, failing_at(number, OSError(28, "No space left on device"))) as store:
        with pytest.raises(RefusedError, match="No space left"):
            store.append(LEDGER, b"", ADDED)
        assert not (tmp_path / LEDGER).exists()


def test_of_many_who_write_at_once_no_line_is_lost(tmp_path):
    (tmp_path / FOLDER).mkdir(parents=True)
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, name, "10"], cwd=REPOSITORY) for name in "abcd"]
    assert [each.wait() for each in writers] == [0] * 4
    lines = (tmp_path / LEDGER).read_text().splitlines()
    assert sorted(lines) == sorted(f"{name} {n}" for name in "abcd" for n in range(10))
    assert all([line for line in lines if line[0] == name] == [f"{name} {n}" for n in range(10)] for name in "abcd")


def test_a_row_that_is_on_the_disk_is_never_denied(tmp_path):
    path = begun(tmp_path)
    full = OSError(28, "No space left on device")

    def step(name):
        if name == "forget the length":
            raise full

    with locked(tmp_path, step) as store:
        store.append(LEDGER, BEFORE, ADDED)
    assert path.read_bytes() == BEFORE + ADDED
    with locked(tmp_path) as store:
        assert [each.rule for each in store.cured] == ["ledger-whole-row"]
    assert path.read_bytes() == BEFORE + ADDED


def test_a_line_added_by_hand_after_an_interruption_is_never_taken_away(tmp_path):
    path = begun(tmp_path)
    python(GROWER, tmp_path, 3)  # the row is whole
    path.write_bytes(BEFORE + ADDED + b"by hand\n")
    with locked(tmp_path) as store:
        assert [each.rule for each in store.cured] == ["ledger-whole-row"]
    assert path.read_bytes() == BEFORE + ADDED + b"by hand\n"
