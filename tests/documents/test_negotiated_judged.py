"""A contract that other programs edited with tracking on, LibreOffice (saved as Word and through ODT) and docx-editor: what came
back is found in each; and our answer is valid for the Open XML SDK."""

import json
import shutil

import pytest

from contract_assembly.actions.negotiation.changes import changes_of
from contract_assembly.build.embedded_files import carried
from contract_assembly.writers.returned.word_marks import marked_words
from tests.documents.judges import OWN, ROOT, in_libreoffice, open_xml_sdk, ran

NBSP = "\u00a0"
OTHER = {"moved", "renumbered"}
US = "Northlight IT Services LLC"
SENT = ROOT / "agreements/acme/2026-support/contract.docx"
ROUNDS = ROOT / "agreements/lakeside/2027-support/negotiation"
ORDERS = [
    {"do": "replace", "find": "34,896.00", "with": "32,400.00"},
    {"do": "replace", "find": f"30{NBSP}days", "with": f"60{NBSP}days"},
    {"do": "delete", "find": "death or bodily injury that its negligence causes;"},
    {"do": "paragraph", "after": "Each party shall mitigate its loss.", "text": "The Provider pays a penalty."},
    {"do": "row", "cell": "Sales office", "cells": ["Warehouse", "9 Lake Avenue"]},
    {"do": "comment", "find": "Business review with both contacts", "text": "Can we meet monthly?"},
    {
        "do": "paragraph",
        "after": "The Client shall not unreasonably refuse it.",
        "text": "Publicity",
        "style": "Heading 2",
    },
    {"do": "paragraph", "after": "Publicity", "text": "No party names the other.", "style": "Clause Continued"},
    {"do": "move", "find": "may then decide", "after": "Each party warrants that it complies"},
    {"do": "track", "on": False},
    {"do": "replace", "find": "within the included hours", "with": "at no charge"},
]
OTHERS = [
    {"do": "replace", "find": "34,896.00", "with": "32,400.00"},
    {"do": "replace", "find": "lost profit, revenue, or goodwill", "with": "lost profit or goodwill"},
    {"do": "delete", "find": "fraud, gross negligence, or willful misconduct;"},
    {"do": "insert", "after": "Each party shall mitigate its loss.", "text": " The Provider pays a penalty."},
    {"do": "comment", "find": "Business review with both contacts", "text": "Can we meet monthly?"},
]


def changes(data):
    return changes_of(marked_words(SENT.read_bytes()), marked_words(data), US).changes


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The contract as LibreOffice saves it after these edits, as Word and through ODT."""
    into = tmp_path_factory.mktemp("negotiated")
    (into / "orders.json").write_text(json.dumps(ORDERS), "utf-8")
    shutil.copy(SENT, into / "sent.docx")  # LibreOffice locks what it opens
    names = [into / each for each in ("word.docx", "saved.odt", "again.docx")]
    done = in_libreoffice("negotiate.py", into, into / "sent.docx", *names, into / "orders.json")
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) >= 8
    return {"word": names[0].read_bytes(), "through ODT": names[2].read_bytes()}


@pytest.mark.parametrize("way", ["word", "through ODT"])
def test_every_edit_is_found_in_its_clause_though_the_controls_are_gone(edited, way):
    back = marked_words(edited[way])
    assert not any(span.fact for line in back.lines for span in line.spans)
    found = changes(edited[way])
    assert [(each.kind, each.clause, each.old, each.new, each.tracked) for each in found if each.kind not in OTHER] == [
        ("fact", "cover-key-terms", "$34,896.00", "$32,400.00", True),
        ("fact", "cover-key-terms", "30 days", "60 days", True),
        ("deleted", "liability", "death or bodily injury that its negligence causes;", "", True),
        ("inserted", "liability", "", "The Provider pays a penalty.", True),
        ("inserted", "", "", "Publicity\nNo party names the other.", True),
        ("inserted", "coverage", "", "Warehouse\n9 Lake Avenue", True),
        ("fact", "service-emergency", "As needed, within the included hours", "As needed, at no charge", False),
        ("comment", "service-planning", "Business review with both contacts", "Can we meet monthly?", True),
    ]
    assert [each.facts[0] for each in found if each.kind == "fact"][:2] == ["fees.yearly", "fees.due"]


@pytest.mark.parametrize("way", ["word", "through ODT"])
def test_references_that_libreoffice_updated_after_the_insertion_are_numbers(edited, way):
    (found,) = (each for each in changes(edited[way]) if each.kind == "renumbered")
    assert found.old.startswith("31, 32")
    assert found.new.startswith("32, 33")


@pytest.mark.parametrize("way", ["word", "through ODT"])
def test_an_inserted_clause_and_a_move_have_their_places(edited, way):
    found = changes(edited[way])
    assert [(each.title, each.between) for each in found if each.title] == [
        ("Publicity", ("subcontracting", "notices"))
    ]
    assert [(each.clause, each.to, each.numbers) for each in found if each.kind == "moved"] == [
        ("governing-law", "warranties", ("32.2", "24.2"))
    ]


def test_the_record_inside_survives_libreoffice(edited):
    assert carried(edited["word"]).folder == "agreements/acme/2026-support"


def test_the_edits_of_another_editor_are_found_too(tmp_path):
    (tmp_path / "orders.json").write_text(json.dumps(OTHERS), "utf-8")
    script = ROOT / "tests/documents/edit_word.py"
    done = ran(str(OWN / "bin/python"), script, SENT, tmp_path / "back.docx", tmp_path / "orders.json")
    assert done.returncode == 0, done.stderr[-2000:]
    data = (tmp_path / "back.docx").read_bytes()
    assert [(each.kind, each.clause, each.old, each.new, each.tracked) for each in changes(data)] == [
        ("fact", "cover-key-terms", "$34,896.00", "$32,400.00", True),
        ("deleted", "liability", "fraud, gross negligence, or willful misconduct;", "", True),
        ("reworded", "liability", "profit, revenue,", "profit", True),
        ("inserted", "liability", "", "The Provider pays a penalty.", True),
        ("comment", "service-planning", "Business review with both contacts", "Can we meet monthly?", True),
    ]
    assert {each.by for each in changes(data)} == {"Counsel"}


@pytest.mark.parametrize("name", [f"{number}-{what}.docx" for number in (1, 2, 3) for what in ("reply", "ours")])
def test_the_open_xml_sdk_finds_no_error_in_our_answers(name):
    assert open_xml_sdk(ROUNDS / name) == []
