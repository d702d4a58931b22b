"""`record.json`, read back: what is not what a build writes is refused with its place, and never a fault of the program."""

import json

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import FORMAT, ingredients_data, read, recorded, written
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run


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
    record = read(Repository(root), AGREEMENT)
    contract = record.of("contract")
    assert (contract.status, contract.is_final, contract.is_frozen) == ("draft", False, False)
    assert set(contract.outputs) == {"contract.md"}
    assert contract.other == {}
    assert written(record) == (root / AGREEMENT / "record.json").read_bytes()


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
    assert recorded(Repository(root), AGREEMENT).documents == {}
    for command in (("check",), ("status", "acme"), ("due", "--on", "2026-10-01"), ("deviations",)):
        said = run(root, *command)
        assert said.code in {0, 1}, said.err
        assert "fault of the program" not in said.err
    assert run(root, "--client", "acme", "--format", "md").code == 0
    assert (root / AGREEMENT / "record.json").read_bytes() == sound


def test_what_another_program_added_to_a_record_stays_in_it(root):
    changed(root, program="digest of the source", signature={"by": "hand"})
    data = read(Repository(root), AGREEMENT).of("contract")
    assert data.other == {"program": "digest of the source", "signature": {"by": "hand"}}
    assert json.loads(written(read(Repository(root), AGREEMENT))) == json.loads(
        (root / AGREEMENT / "record.json").read_bytes()
    )
    assert "program" not in ingredients_data(data), "it came with the files"


def test_every_committed_record_is_written_back_byte_for_byte():
    repository = Repository(REPOSITORY)
    for client, agreement in repository.every_agreement()[0]:
        record = read(repository, f"agreements/{client}/{agreement}")
        assert written(record) == repository.read(f"{record.folder}/record.json")
        assert [each.other for each in record.documents.values() if each.other] == []


def test_a_record_of_a_newer_version_of_the_program_is_never_written_over(root):
    path = root / AGREEMENT / "record.json"
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', f'"format": {FORMAT + 1}'))
    before = path.read_bytes()
    for command in (("check",), ("--client", "acme", "--format", "md"), ("status", "acme", "--set", "sent")):
        said = run(root, *command)
        assert (said.code, "[newer-record]" in said.out + said.err) == (1, True), command
    assert path.read_bytes() == before
