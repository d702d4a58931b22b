"""`record.json`, read back: what is not what a build writes is refused with its place, and never a fault of the program."""

import json

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import pages_of, read, recorded
from tests.helpers.corpus import AGREEMENT, based, run


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    assert run(root, "--client", "acme", "--format", "md").code == 0
    return root


def changed(root, **parts):
    """The record with parts of the contract's entry changed."""
    path = root / AGREEMENT / "record.json"
    found = json.loads(path.read_text())
    found["documents"]["contract"] |= parts
    path.write_text(json.dumps(found))


def test_what_a_build_writes_is_read_back(root):
    entry = read(Repository(root), AGREEMENT)["contract"]
    assert entry["status"] == "draft"
    assert set(entry["outputs"]) == {"contract.md"}


DAMAGE = {
    "deep": lambda root: (root / AGREEMENT / "record.json").write_bytes(b"[" * 100_000),
    "a list": lambda root: (root / AGREEMENT / "record.json").write_bytes(b"[]"),
    "a long number": lambda root: (root / AGREEMENT / "record.json").write_bytes(
        b'{"documents": %s}' % (b"9" * 10_000)
    ),
    "a list for an entry": lambda root: (root / AGREEMENT / "record.json").write_bytes(
        b'{"documents": {"contract": []}}'
    ),
    "no bytes": lambda root: (root / AGREEMENT / "record.json").write_bytes(b""),
    "a surrogate": lambda root: changed(root, inputs={"clauses/\ud800.md": None}),
    "a null byte": lambda root: changed(root, inputs={"clauses/a\0.md": None}),
    "a path for a file": lambda root: changed(root, outputs={"../x.md": {"sha256": "0"}}),
    "outputs of another kind": lambda root: changed(root, outputs={"x.md": {"sha256": 3}}),
    "clauses of another kind": lambda root: changed(root, clauses=[{"path": 1, "sha256": "", "slot": ""}]),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_record_is_reported_by_every_command_and_a_build_writes_it_again(root, name):
    sound = (root / AGREEMENT / "record.json").read_bytes()
    DAMAGE[name](root)
    with pytest.raises(RefusedError) as error:
        read(Repository(root), AGREEMENT)
    (problem,) = error.value.problems
    assert (problem.rule, problem.origin.path) == ("garbled-record", f"{AGREEMENT}/record.json")
    assert recorded(Repository(root), AGREEMENT) == {}
    for command in (("check",), ("status", "acme"), ("due", "--on", "2026-10-01"), ("deviations",)):
        said = run(root, *command)
        assert said.code in {0, 1}, said.err
        assert "fault of the program" not in said.err
    assert run(root, "--client", "acme", "--format", "md").code == 0
    assert (root / AGREEMENT / "record.json").read_bytes() == sound


@pytest.mark.parametrize(("pages", "found"), [({"a": 1}, {"a": 1}), ({"a": 0}, None), ({"a": True}, None), ([1], None)])
def test_pages_count_from_one_and_belong_to_the_same_tree(pages, found):
    assert pages_of({"tree": "t", "pages": pages}, "t") == found
    assert pages_of({"tree": "other", "pages": pages}, "t") is None
