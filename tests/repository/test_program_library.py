from contract_assembly import __version__
from contract_assembly.facts.fields import located
from contract_assembly.facts.strict_yaml import load
from contract_assembly.repository.program_library import PIN, START, Pin, digest, library_files, own_source, pin


def test_the_library_has_the_words_and_no_client_approval_or_entity():
    files = library_files()
    assert {
        "clauses/law/US-NY.yaml",
        "templates/contract/outline.yaml",
        "templates/start/client.yaml",
        ".gitattributes",
    } <= set(files)
    assert not [
        path for path in files if path.startswith(("agreements/", "provider/entities/", "provider/approvals", START))
    ]


def test_the_pin_names_the_version_and_the_digest_of_the_files():
    files = library_files()
    found = located(Pin, load(files[PIN].decode(), PIN)).model
    assert found == Pin(version=__version__, files=digest(files))


def test_the_digest_counts_paths_and_bytes_but_neither_line_ends_nor_the_pin():
    files = {"a.md": b"one\ntwo\n", "b.md": b""}
    assert digest(files) == digest({"a.md": b"one\r\ntwo\r\n", "b.md": b"", PIN: pin(files).encode()})
    assert digest(files) != digest({"a.md": b"one\ntwo\n", "c.md": b""})
    assert digest(files) != digest({"a.md": b"one\ntwo", "b.md": b""})


def test_the_example_answers_are_among_the_programs_files():
    assert own_source().has(f"{START}/answers.yaml")
