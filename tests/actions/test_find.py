import shutil

import pytest

from contract_assembly.actions.find import find
from tests.helpers.corpus import HERE, REPOSITORY


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The small firm, with review text, a negotiated clause and a clause of the library."""
    root = shutil.copytree(HERE / "base", tmp_path_factory.mktemp("find") / "root")
    (folder,) = root.glob("agreements/acme/*/")
    (folder / "contract.md").write_text(
        "# Title\n\nThe Client pays within **77\u00a0days**; the Provider destroys what is left.\n"
    )
    (folder / "contract.docx").write_bytes(b"PK 77 days")
    (folder / "clauses").mkdir(exist_ok=True)
    (folder / "clauses/pay.md").write_text("Client pays in 77 days\n")
    (root / "agreements/acme/client.yaml").write_text("name: Zürcher Optik\ncity: Troy\n")
    (root / "clauses/none.md").write_text("<!-- 77 days -->\n")
    return root


def found(root, *words, **more):
    return [(each.group, each.path.rpartition("/")[2], each.line) for each in find(root, words, **more)]


def test_lines_are_found_with_their_place_in_groups(root):
    assert found(root, "client", "pays") == [("documents", "contract.md", 3), ("clauses", "pay.md", 1)]
    (line, _) = find(root, ["client", "pays"])
    assert (line.client, line.path.split("/")[1]) == ("acme", "acme")
    assert line.text.startswith("The Client pays within **77 days**")


def test_words_side_by_side_are_found_over_a_blank_that_does_not_break(root):
    assert found(root, "77 days") == [("documents", "contract.md", 3), ("clauses", "pay.md", 1)]


def test_a_word_finds_what_begins_with_it_and_not_what_holds_it(root):
    assert found(root, "troy") == [("clients", "client.yaml", 2)]
    assert found(root, "destr") == [("documents", "contract.md", 3)]


def test_words_on_different_lines_of_a_client_show_both_lines(root):
    assert found(root, "zürcher", "TROY") == [("clients", "client.yaml", 1), ("clients", "client.yaml", 2)]


def test_a_search_for_one_client_leaves_the_rest_out(root):
    assert [each[0] for each in found(root, "77 days", clients=["acme"])] == ["documents", "clauses"]
    assert found(root, "77 days", clients=["nobody"]) == []


def test_characters_of_patterns_are_characters(root):
    assert found(root, "within **77") == [("documents", "contract.md", 3)]
    assert found(root, ".*") == []


def test_every_sample_is_searched():
    assert {each.group for each in find(REPOSITORY, ["liability"])} >= {"documents", "clauses"}
