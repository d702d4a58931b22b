"""Changes in YAML that keep what they do not change, byte for byte."""

from itertools import chain

import pytest

from contract_assembly.facts import strict_yaml
from contract_assembly.repository.yaml_editor import put, put_rows, update
from tests.helpers.corpus import REPOSITORY

SAMPLES = sorted(chain((REPOSITORY / "agreements").rglob("*.yaml"), (REPOSITORY / "provider").rglob("*.yaml")))
TEXT = """# head
a: 012   # a note
b: 'x'
rows:
  # of rows
  - {id: one, n: 1}   # first
  - {id: two, n: 2}

# below
c: |
  two
  lines
"""


def always(_row):
    return True


def never(_row):
    return False


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_file_without_changes_keeps_its_bytes(path):
    text = path.read_bytes().decode()
    assert update(text, lambda _tree: None) == text


def test_a_value_changes_alone_and_keeps_its_quotes():
    assert update(TEXT, lambda tree: put(tree, "b", "y")) == TEXT.replace("'x'", "'y'")
    assert update(TEXT, lambda tree: put(tree, "a", "012")) == TEXT
    assert update(TEXT, lambda tree: put(tree, "a", 13)) == TEXT.replace(
        "012", "13 "
    )  # the comment stays in its column


def test_rows_change_come_and_go_around_their_comments():
    def change(tree):
        put_rows(tree, "rows", [{"id": "one", "n": 5}, {"id": "new", "n": "a, b"}], ("id",), stale=always, keep=never)

    assert (
        update(TEXT, change)
        .partition("rows:\n")[2]
        .startswith('  # of rows\n  - {id: one, n: 5}   # first\n  - {id: new, n: "a, b"}\n')
    )


def test_rows_of_others_stay():
    assert update(TEXT, lambda tree: put_rows(tree, "rows", [], ("id",), stale=never, keep=never)) == TEXT


def test_a_new_section_stands_apart_and_reads_back():
    rows = [{"id": "x", "told": "yes: no", "on": "2026-10-01", "sum": "1250.00 USD", "hash": "# no"}]
    after = update("a: 1\n", lambda tree: put_rows(tree, "rows", rows, ("id",), stale=never, keep=never))
    assert after.startswith("a: 1\n\nrows:\n  - {id: x, ")
    assert strict_yaml.plain(strict_yaml.load(after, "f.yaml")) == {"a": "1", "rows": rows}
