"""`build.py find`."""

import json

from tests.helpers.corpus import REPOSITORY, run


def test_what_is_found_is_grouped_and_a_file_shows_a_few_lines():
    said = run(REPOSITORY, "find", "liability", "--client", "acme")
    assert said.code == 0
    assert said.out.startswith("Documents: ")
    assert "agreements/acme/2026-support/contract.md:" in said.out
    assert "more lines" in said.out


def test_nothing_found_exits_1():
    said = run(REPOSITORY, "find", "zebra", "quagga")
    assert (said.code, said.out) == (1, "nothing matches zebra and quagga\n")


def test_json_has_every_line_with_its_place():
    (first, *_) = json.loads(run(REPOSITORY, "find", "vandermeer", "--json").out)["found"]
    assert (first["group"], first["client"], first["path"]) == ("clients", "hudson", "agreements/hudson/client.yaml")


def test_an_unknown_client_and_an_empty_word_are_refused():
    assert "[unknown-client]" in run(REPOSITORY, "find", "x", "--client", "nobody").err
    assert run(REPOSITORY, "find", " ").code == 2
