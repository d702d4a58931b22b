"""The command that signs."""

from tests.helpers.corpus import REPOSITORY, run


def test_a_draft_is_not_signed(tmp_path, monkeypatch):
    monkeypatch.setenv("CONTRACTS_P12_PASSWORD", "")
    (tmp_path / "key.p12").write_bytes(b"no key")
    line = (
        "sign",
        "pecan",
        "--as",
        "provider",
        "--p12",
        str(tmp_path / "key.p12"),
        "--output",
        str(tmp_path / "x.pdf"),
    )
    said = run(REPOSITORY, *line)
    assert said.code == 1
    assert "[not-sent]" in said.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_side_must_be_named():
    assert run(REPOSITORY, "sign", "acme", "--p12", "build.py", "--output", "x.pdf").code == 2
