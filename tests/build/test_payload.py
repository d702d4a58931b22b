"""What travels inside a document: the facts that it prints, typed, and nothing else of what its files say."""

import json
import re
import shutil
from pathlib import Path

import pytest

from contract_assembly.build.payload import AGREEMENT, RECORD, REVIEW, agreement_data
from contract_assembly.build.pipeline import draft, render
from contract_assembly.repository.inputs import Repository
from tests.build.test_embedded_files import inside_pdf, inside_word

ROOT = Path(__file__).parents[2]
SHARED = Repository(ROOT)
SAMPLES = [
    (client, agreement)
    for client in SHARED.clients()
    for agreement in SHARED.agreements(client)
    if getattr(SHARED.agreed(client, agreement).model, "origin", "")
    != "elsewhere"  # signed on other paper: nothing is built
]
# A fact that no clause prints, for each file that can hold one: what it says before, and what is put in.
PLANTED = {
    "agreements/acme/client.yaml": ("people:\n", "people:\n  - {id: unseen, name: Canary Person, role: Canary, email: canary@acme.example, phone: +1 585 555 0199}\n"),
    "provider/provider.yaml": ("people:\n", "people:\n  - {id: unseen, name: Canary Person, role: Canary, email: canary@northlight.example, phone: +1 518 555 0199}\n"),
    "agreements/hudson/client.yaml": ("\n  name: ", "\n  name: Canary "),
}  # fmt: skip


def data_of(client: str, agreement: str, root: Path) -> dict:
    made = draft(Repository(root), client, agreement)
    return agreement_data(made.document, made.facts)


def copied(root: Path) -> Path:
    """The samples as drafts, whatever awaits approval in them just now."""
    for name in ("agreements", "clauses", "provider", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("contract.*", "record.json"))
    for agreed in root.glob("agreements/*/*/agreement.yaml"):
        agreed.write_text(
            re.sub("^status: (sent|signed)", "status: draft", agreed.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
        )
    return root


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Path:
    return copied(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def acme(samples) -> dict:
    return data_of("acme", "2026-support", samples)


@pytest.mark.parametrize(
    ("key", "kind", "value"),
    [
        ("fees.increase_cap", "percent", "5"),
        ("agreement.version", "number", 1),
        ("term.first_day", "date", "2026-10-01"),
        ("confidentiality.survival", "duration", {"count": 3, "unit": "year"}),
        ("calendar.opens", "time", "08:00"),
        ("calendar.days", "weekdays", {"first": "Monday", "last": "Friday"}),
        ("client.name", "text", "Acme Instruments, Inc."),
    ],
)
def test_a_fact_travels_with_its_type(acme, key, kind, value):
    assert (acme["facts"][key]["type"], acme["facts"][key]["value"]) == (kind, value)


def test_money_travels_as_an_exact_amount_with_its_currency(acme):
    amounts = [each["value"] for each in acme["facts"].values() if each["type"] == "money"]
    assert len(amounts) > 10
    assert all(re.fullmatch(r"\d+(\.\d+)?", each["amount"]) and each["currency"] == "USD" for each in amounts)


def test_of_a_group_of_facts_only_the_printed_words_travel(acme):
    assert acme["facts"]["coverage.sites"]["type"] == "words"
    assert "value" not in acme["facts"]["coverage.sites"]


def test_a_fact_that_only_chose_a_word_does_not_travel(tmp_path):
    root = shutil.copytree(ROOT / "tests/base", tmp_path / "root")
    shutil.copytree(ROOT / "templates/house", root / "templates/house")
    clause = root / "clauses/notes.md"
    clause.write_text(clause.read_text() + '\nThe users {{ coverage.users | agree("is", "are") }} many.\n')
    made = draft(Repository(root), "acme", "2026-support")
    assert b"The users are many." in render(Repository(root), made, ["md"])[0]["contract.md"]
    assert ["are"] not in [each["words"] for each in agreement_data(made.document, made.facts)["facts"].values()]


@pytest.mark.parametrize(("client", "agreement"), SAMPLES)
def test_all_that_travels_is_printed(samples, client, agreement):
    made = draft(Repository(samples), client, agreement)
    review = render(Repository(samples), made, ["md"])[0]["contract.md"].decode()
    printed = re.sub(r"\W", "", review)
    facts = agreement_data(made.document, made.facts)["facts"]
    assert len(facts) > 100
    assert not [
        key for key, each in facts.items() for words in each["words"] if re.sub(r"\W", "", words) not in printed
    ]
    texts = {key: each for key, each in facts.items() if each["type"] == "text"}
    lost = {key for key, each in texts.items() if re.sub(r"\W", "", each["value"]) not in printed}
    # A country is printed by its name, a place of law by the name of the place; British words in American spelling.
    assert not {key for key in lost if not key.endswith((".country", ".jurisdiction", "law.id")) and key.split(".")[0] not in {"plan", "levels", "rates", "fees"}}  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> dict[str, bytes]:
    """The sample contract out of a repository with a canary in every YAML file: in a comment, and in facts not printed."""
    root = copied(tmp_path_factory.mktemp("planted"))
    for path in root.rglob("*.yaml"):
        path.write_text(f"{path.read_text('utf-8')}# Canary in a comment\n", "utf-8")
    for name, (before, after) in PLANTED.items():
        text = (root / name).read_text("utf-8")
        assert text.count(before) >= 1, name
        (root / name).write_text(text.replace(before, after, 1), "utf-8")
    made = draft(Repository(root), "acme", "2026-support")
    return render(Repository(root), made, ["md", "docx", "pdf"])[0]


def test_no_canary_of_any_file_travels(planted):
    for files in (inside_pdf(planted["contract.pdf"]), inside_word(planted["contract.docx"])):
        assert files.keys() == {AGREEMENT, RECORD, REVIEW}
        assert not [name for name, data in files.items() if b"canary" in data.lower()]


def test_pdf_and_word_carry_the_same_and_the_review_text_is_the_file_beside_them(planted):
    files = inside_pdf(planted["contract.pdf"])
    assert files == inside_word(planted["contract.docx"])
    assert files[REVIEW] == planted["contract.md"]


def test_the_record_inside_tells_what_went_in_and_not_what_came_out(planted):
    record = json.loads(inside_pdf(planted["contract.pdf"])[RECORD])
    (entry,) = record["documents"].values()
    assert record["folder"] == "agreements/acme/2026-support"
    assert entry.keys() == {"status", "reference", "tree", "judged", "house", "clauses", "inputs"}
    assert all(len(each["git"]) == 40 for each in entry["clauses"])
