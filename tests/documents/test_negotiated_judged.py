"""A contract that LibreOffice edited with tracking on, saved as Word and through ODT: what came back is found in both."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from contract_assembly.actions.negotiation.changes import changes_of
from contract_assembly.writers.returned.word_marks import marked_words
from tests.documents.judges import ROOT, program, surroundings

NBSP = "\u00a0"
SENT = ROOT / "agreements/acme/2026-support/contract.docx"
ORDERS = [
    {"do": "replace", "find": "34,896.00", "with": "32,400.00"},
    {"do": "replace", "find": f"30{NBSP}days", "with": f"60{NBSP}days"},
    {"do": "delete", "find": "death or bodily injury that its negligence causes;"},
    {"do": "paragraph", "after": "Each party shall mitigate its loss.", "text": "The Provider pays a penalty."},
    {"do": "row", "cell": "Sales office", "cells": ["Warehouse", "9 Lake Avenue"]},
    {"do": "comment", "find": "Business review with both contacts", "text": "Can we meet monthly?"},
    {"do": "track", "on": False},
    {"do": "replace", "find": "within the included hours", "with": "at no charge"},
]


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The contract as LibreOffice saves it after these edits, as Word and through ODT."""
    into = tmp_path_factory.mktemp("negotiated")
    (into / "orders.json").write_text(json.dumps(ORDERS), "utf-8")
    pipe = f"negotiated-{os.getpid()}"
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    office = subprocess.Popen(
        [program("soffice"), profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=surroundings(),
    )
    names = [into / each for each in ("word.docx", "saved.odt", "again.docx")]
    try:
        script = Path(__file__).with_name("negotiate.py")
        done = subprocess.run(
            ["/usr/bin/python3", script, pipe, SENT, *names, into / "orders.json"],
            capture_output=True,
            text=True,
            env=surroundings(),
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        office.wait(60)
    finally:
        office.kill()
    assert int(done.stdout) >= 6
    return {"word": names[0].read_bytes(), "through ODT": names[2].read_bytes()}


@pytest.mark.parametrize("way", ["word", "through ODT"])
def test_every_edit_is_found_in_its_clause_though_the_controls_are_gone(edited, way):
    back = marked_words(edited[way])
    assert not any(span.fact for line in back.lines for span in line.spans)
    found = changes_of(marked_words(SENT.read_bytes()), back, "Northlight IT Services LLC").changes
    assert [(each.kind, each.clause, each.old, each.new, each.tracked) for each in found] == [
        ("fact", "cover-key-terms", "$34,896.00", "$32,400.00", True),
        ("fact", "cover-key-terms", "30 days", "60 days", True),
        ("deleted", "liability", "death or bodily injury that its negligence causes;", "", True),
        ("inserted", "liability", "", "The Provider pays a penalty.", True),
        ("inserted", "coverage", "", "Warehouse\n9 Lake Avenue", True),
        ("fact", "service-emergency", "As needed, within the included hours", "As needed, at no charge", False),
        ("comment", "service-planning", "Business review with both contacts", "Can we meet monthly?", True),
    ]
    assert [each.facts[0] for each in found if each.kind == "fact"][:2] == ["fees.yearly", "fees.due"]


def test_the_record_inside_survives_libreoffice(edited):
    from contract_assembly.build.embedded_files import carried

    assert carried(edited["word"]).folder == "agreements/acme/2026-support"
