"""Sources of files: laid one over another, with odd files and folders in them, and what commands make of those."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository import source
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder, Overlay, read_named
from tests.helpers.corpus import AGREEMENT, based, run
from tests.helpers.git_repositories import begun


@pytest.fixture
def two(tmp_path):
    for name, files in {"base": ("a/one", "a/two", "b/three"), "top": ("a/one", "a/four", "c/five", "b/three")}.items():
        for path in files:
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(f"{name} {path}")
    return Folder(tmp_path / "base"), Folder(tmp_path / "top")


def test_a_folder_that_is_taken_is_wholly_the_other_s(two):
    found = Overlay(*two, ("a/",))
    assert found.names("a") == ("four", "one")
    assert found.below("a") == ("a/four", "a/one")
    assert found.read("a/one") == b"top a/one"
    assert found.read("b/three") == b"base b/three"
    assert not found.has("a/two")
    assert found.names("") == ("a", "b")


def test_a_file_that_is_taken_leaves_its_neighbours(two):
    found = Overlay(*two, ("a/four", "c/five"))
    assert found.names("a") == ("four", "one", "two")
    assert found.read("a/one") == b"base a/one"
    assert found.names("c") == ("five",)
    assert found.below("") == ("a/four", "a/one", "a/two", "b/three", "c/five")
    with pytest.raises(RefusedError):
        Overlay(*two, ("a/two",)).read("a/two")


def test_the_name_of_a_folder_is_no_beginning_of_another(two):
    assert Overlay(*two, ("a",)).read("a/one") == b"base a/one"
    assert not Overlay(*two, ("c/f",)).has("c/five")


def test_edited_files_are_seen_everywhere(two):
    found = Edited(two[0], {"a/two": b"new", "d/six": b"six"})
    assert found.read("a/two") == b"new"
    assert (found.has("d/six"), found.has("a/one")) == (True, True)
    assert found.names("") == ("a", "b", "d")
    assert found.names("d") == ("six",)
    assert found.below("") == ("a/one", "a/two", "b/three", "d/six")


def test_a_repository_reads_what_was_edited(tmp_path):
    root = based(tmp_path / "root")
    path = "agreements/acme/2026-support/agreement.yaml"
    text = (root / path).read_bytes().replace(b"version: 1", b"version: 2")
    assert Repository(Edited(Folder(root), {path: text})).inputs("acme", "2026-support").agreement.model.version == 2


# ---- only plain files


def fifo(path):
    os.mkfifo(path)


def endless(path):
    path.symlink_to("/dev/zero")


def a_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


KINDS = {
    "a named pipe": fifo,
    "a folder": lambda path: path.mkdir(),
    "a socket": a_socket,
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_a_plain_file_is_named_and_never_read(tmp_path, kind):
    KINDS[kind](tmp_path / "x.yaml")
    with pytest.raises(RefusedError) as error:
        Folder(tmp_path).read("x.yaml")
    (problem,) = error.value.problems
    assert problem.rule == "not-a-file"
    assert f"x.yaml is {kind}, not a file" in problem.what
    assert problem.origin.path == "x.yaml"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/tty", "/proc/self/mem", "/dev/full"])
def test_a_device_or_a_strange_file_named_on_the_command_line_is_refused(path):
    with pytest.raises(RefusedError) as error:
        read_named(Path(path))
    assert error.value.problems[0].rule in {"not-a-file", "unreadable-file"}


def test_a_file_over_the_limit_is_refused_whatever_size_it_reports(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    (tmp_path / "x").write_bytes(b"12345678901")
    with pytest.raises(RefusedError) as error:
        Folder(tmp_path).read("x")
    assert error.value.problems[0].rule == "file-size"
    (tmp_path / "x").write_bytes(b"1234567890")
    assert Folder(tmp_path).read("x") == b"1234567890"


PLACES = {
    f"{AGREEMENT}/agreement.yaml": ("--all", "--format", "md"),
    f"{AGREEMENT}/documents/letter.yaml": ("--all", "--format", "md"),
    "agreements/acme/client.yaml": ("--all", "--format", "md"),
    "provider/provider.yaml": ("--all", "--format", "md"),
    "provider/rates.yaml": ("due", "--on", "2026-10-01"),
    "provider/approvals.yaml": ("approvals",),
    f"{AGREEMENT}/contract.md": ("check",),
    f"{AGREEMENT}/record.json": ("check",),
    f"{AGREEMENT}/clauses/x.md": ("deviations",),
    "clauses/x.md": ("deviations",),
    "templates/house/page.css": ("--all", "--format", "md"),
}


@pytest.mark.parametrize("kind", [fifo, endless, lambda path: path.mkdir()], ids=["fifo", "endless", "folder"])
@pytest.mark.parametrize("place", PLACES)
def test_no_command_hangs_or_fails_with_a_bug_on_what_is_not_a_plain_file(tmp_path, place, kind):
    root = based(tmp_path / "root")
    if PLACES[place] == ("check",):
        assert run(root, "--all", "--format", "md").code == 0
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    kind(path)
    said = run(root, *PLACES[place])
    assert said.code in ({0, 1} if place == "clauses/x.md" or place.endswith("clauses/x.md") else {1}), said.err
    assert said.code == 0 or place in said.err + said.out


# ---- one client's folder


def unlistable(root):
    (root / "agreements/loop").symlink_to("loop")


def named_oddly(name):
    def make(root):
        shutil.copytree(root / "agreements/acme", root / "agreements" / os.fsdecode(name))

    return make


ODD = {
    "a blank": (named_oddly(b"Old clients"), "agreements/Old clients:1: error: "),
    "a control character": (named_oddly(b"old\x1b[31m"), "agreements/old\\x1b[31m:1: error: "),
    "not UTF-8": (named_oddly(b"\xff\xfe"), "agreements/\\udcff\\udcfe:1: error: "),
    "a link loop": (unlistable, "agreements/loop:1: error: "),
    "a long name": (named_oddly(b"a" * 200), f"agreements/{'a' * 200}:1: error: "),
}
EVERY = {
    "build": ("--all", "--format", "md"),
    "check": ("check",),
    "due": ("due", "--on", "2026-10-01"),
    "renew": ("renew", "--on", "2026-10-01", "--by", "2026-12-31"),
    "approvals": ("approvals",),
    "deviations": ("deviations",),
    "impact": ("impact",),
    "balance": ("block", "balance"),
    "notify": ("block", "notify", "--on", "2026-10-01"),
    "forecast": ("block", "forecast", "--on", "2026-10-01"),
}


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("odd", ODD)
def test_one_odd_folder_is_reported_once_and_stops_no_other_client(tmp_path, odd, command):
    root = based(tmp_path / "root")
    if command == "impact":
        begun(root)
    if command == "check":
        assert run(root, "--all", "--format", "md").code == 0
    sound = run(root, *EVERY[command])
    make, said_of = ODD[odd]
    make(root)
    found = run(root, *EVERY[command])
    assert found.code == 1
    assert found.err.count(said_of) == 1, found.err
    if command == "build":
        assert "agreements/acme/2026-support: " in found.out
    elif command not in {"check", "balance"}:
        assert sound.out in found.out + "\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="as a user, the folder could be made unreadable directly")
def test_a_folder_that_may_not_be_read_is_reported_and_stops_no_other_client(tmp_path):
    root = based(tmp_path / "root")
    shutil.copytree(root / "agreements/acme", root / "agreements/zebra")
    (root / "agreements/zebra").chmod(0)
    for parent in (root, *root.parents[:4]):
        parent.chmod(0o755)
    read, written = os.pipe()
    if not (child := os.fork()):
        os.setuid(65534)
        pairs, problems = Repository(root).every_agreement()
        os.write(written, f"{pairs}|{problems[0].what}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 10_000).decode().split("|") == [
        "(('acme', '2026-support'),)",
        "the folder agreements/zebra cannot be listed: Permission denied",
    ]


# ---- links among clients


@pytest.mark.parametrize("command", [("check",), ("due", "--on", "2026-11-30"), ("--all", "--format", "md")])
@pytest.mark.parametrize("target", ["acme", "loop"])
def test_a_client_that_is_a_link_is_a_problem_of_its_own_and_counts_once(tmp_path, command, target):
    root = based(tmp_path / "root")
    assert run(root, "--all", "--format", "md").code == 0
    (root / "agreements/loop").symlink_to(target)
    said = run(root, *command)
    assert said.code == 1
    assert "agreements/loop is a link, and would count as another client or agreement [linked-folder]" in said.err
    assert said.err.count("[linked-folder]") == 1
    assert "support: wrote" not in said.out


def test_an_agreement_that_is_a_link_is_a_problem(tmp_path):
    root = based(tmp_path / "root")
    (root / "agreements/acme/2027-support").symlink_to("2026-support")
    assert "[linked-folder]" in run(root, "check").err
