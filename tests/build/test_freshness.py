"""Whether a build is fresh: which changes reach it and which do not."""

import json

from tests.helpers import audited
from tests.helpers.audited import CLAUSE, assembled, build, found
from tests.helpers.corpus import AGREEMENT, approved, change, run

root = audited.root


def test_what_was_just_built_is_content_and_nothing_is_assembled(root, monkeypatch):
    made = assembled(monkeypatch)
    assert found(root) == []
    assert run(root, "check").out == "1 agreement checked: all is as recorded\n"
    assert build(root).out == f"{AGREEMENT}: nothing to do\n"
    assert made == []


def test_a_changed_fact_makes_what_uses_it_stale(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: 2\n")
    assert found(root) == [("stale", "record.json")] * 2
    assert "agreement.yaml changed" in run(root, "check").err
    build(root)
    assert found(root) == []


def test_a_changed_clause_reaches_only_what_uses_it(root, monkeypatch):
    (root / "clauses/letter-words.md").write_text(CLAUSE.replace("We wait", "We wait here"))
    made = assembled(monkeypatch)
    said = run(root, "check").err
    assert made
    assert "letter is out of date: clauses/letter-words.md changed" in said
    assert made == ["acme/2026-support/letter"]


def test_a_more_specific_variant_is_noticed_though_every_file_is_as_it_was(root):
    law = json.loads((root / AGREEMENT / "record.json").read_bytes())["documents"]["contract"]["judged"]["law"]
    special = CLAUSE.replace("id: letter-words", "id: letter-special").replace('["*"]', f"[{law}]")
    (root / "clauses/letter-special.md").write_text(special)
    assert found(root) == [("stale", "record.json")]


def test_a_variant_for_another_law_changes_nothing(root, monkeypatch):
    (root / "clauses/letter-special.md").write_text(
        CLAUSE.replace("id: letter-words", "id: letter-special").replace('["*"]', "[IE]")
    )
    made = assembled(monkeypatch)
    assert found(root) == []
    assert made == []


def test_a_negotiated_clause_that_shadows_is_noticed(root):
    (root / AGREEMENT / "clauses").mkdir()
    (root / AGREEMENT / "clauses/letter-words.md").write_text(CLAUSE.replace("We wait", "Both wait"))
    assert found(root) == [("stale", "record.json")]


def test_an_approval_changes_what_a_draft_says_is_open(root):
    approved("--on", "2026-09-01")(root)
    assert ("stale", "record.json") in found(root)


def test_a_law_that_comes_to_apply_is_noticed(root):
    inputs = json.loads((root / AGREEMENT / "record.json").read_bytes())["documents"]["contract"]["inputs"]
    absent = [path for path, digests in inputs.items() if digests is None and path.startswith("clauses/law/")]
    laws = sorted((root / "clauses/law").glob("*.yaml"))
    if not absent:  # every law of the base has its file: let one go, as if it had not been written yet
        gone = laws[-1].read_text()
        laws[-1].unlink()
        assert found(root)
        laws[-1].write_text(gone)
        assert found(root) == []
    else:
        (root / absent[0]).write_text(laws[0].read_text())
        assert ("stale", "record.json") in found(root)


def test_a_changed_house_style_is_noticed(root):
    style = root / "templates/house/page.css"
    words = style.read_text()
    style.unlink()  # it may be a link to the real one
    style.write_text(words + "\n/* */\n")
    assert found(root) == [("stale", "record.json")] * 2
