"""Receiving a contract that came back: what is kept, what is refused, and how it is answered."""

import io
import json
import shutil
import zipfile

import pytest

from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.returned import edited, file
from tests.helpers.word_packages import says

FOLDER = "agreements/acme/2026-support"
CONTRACT = REPOSITORY / FOLDER / "contract.docx"
DEL = (
    '</w:t></w:r><w:del w:id="900" w:author="Counsel"><w:r><w:delText xml:space="preserve">{}</w:delText></w:r></w:del>'
)
TO_GOODWILL = DEL.format("lost profit, revenue, ") + '<w:r><w:t xml:space="preserve">or goodwill'
CHANGED = (("lost profit, revenue, or goodwill", TO_GOODWILL), (">30\u00a0days<", ">60\u00a0days<"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    root = tmp_path_factory.mktemp("receive") / "root"
    for folder in ("agreements/acme", "clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    return root


@pytest.fixture
def root(samples, tmp_path):
    return shutil.copytree(samples, tmp_path / "root")


def received(root, data, *more, name="back.docx"):
    (root / name).write_bytes(data)
    return run(root, "receive", "acme", str(root / name), "--on", "2026-11-30", *more)


def test_changes_are_listed_by_clause_and_kept_with_the_file(root):
    data = edited(CONTRACT.read_bytes(), *CHANGED)
    said = received(root, data, "--from", "Counsel of Acme", "--output", str(root / "page.html"))
    assert said.code == 1, said.err
    assert "Time to pay: 30 days to 60 days, +30" in said.out
    assert "fact changed, NOT TRACKED" in said.out
    assert "Liability\n  2. deleted by Counsel\n     [-lost profit, revenue,-] or goodwill;" in said.out
    assert "2 changes, 2 undecided" in said.out
    assert (root / FOLDER / "negotiation/1.docx").read_bytes() == data
    assert 'from: "Counsel of Acme"\n' in (root / FOLDER / "negotiation/1.yaml").read_text()
    page = (root / "page.html").read_text()
    assert "<script" not in page
    assert "<p><del>lost profit, revenue,</del></p>" in page


def test_a_file_that_came_before_is_shown_with_its_decisions_and_not_kept_twice(root):
    data = edited(CONTRACT.read_bytes(), *CHANGED)
    received(root, data)
    path = root / FOLDER / "negotiation/1.yaml"
    path.write_text(path.read_text().replace("decision: open", "decision: refuse\n    reason: No."))
    said = received(root, data, "--json")
    found = json.loads(said.out)
    assert (said.code, found["wrote"], found["undecided"], found["round"]) == (0, [], 0, 1)
    assert {each["decision"] for each in found["changes"]} == {"refuse"}
    again = json.loads(received(root, edited(CONTRACT.read_bytes(), CHANGED[1]), "--json").out)
    assert again["round"] == 2


def test_a_file_without_its_record_is_compared_with_the_one_that_is_named(root):
    data = without_record(edited(CONTRACT.read_bytes(), *CHANGED))
    said = received(root, data)
    assert "does not say what it was made from" in said.err
    assert "[no-record]" in said.err
    said = received(root, data, "--sent", str(root / FOLDER / "contract.docx"))
    assert "2 changes, 2 undecided" in said.out


def without_record(data):
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(into, "w") as copy:
        for name in whole.namelist():
            if not name.startswith("customXml/"):
                copy.writestr(name, whole.read(name))
    return into.getvalue()


def bomb():
    return file(says("a") + " " * 30_000_000)


def endless():
    return file(says("the party " * 30_000))


def entities():
    declared = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        made.writestr("word/document.xml", f"{declared}<w>&a;</w>")
    return into.getvalue()


OTHER = REPOSITORY / "agreements/brookfield/2026-support/contract.docx"


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (lambda: b"%PDF-1.7 a scan", "not-a-word-file", "not a Word file"),
        (lambda: b"", "not-a-word-file", "not a Word file"),
        (bomb, "not-a-word-file", "unpacks to more than"),
        (endless, "not-a-word-file", "more than 250,000 characters"),
        (entities, "not-a-word-file", "declares a document type"),
        (lambda: file(""), "not-a-word-file", "has no words"),
        (
            OTHER.read_bytes,
            "another-document",
            "is the contract of agreements/brookfield/2026-support, not the contract of",
        ),
    ],
)
def test_a_file_that_cannot_be_compared_is_refused_and_nothing_is_written(root, data, rule, words):
    said = received(root, data())
    assert said.code == 1
    assert f"[{rule}]" in said.err
    assert words in said.err
    assert said.err.count("error: ") == 1
    assert not (root / FOLDER / "negotiation").exists()


def test_a_file_of_a_version_that_is_not_known_here_is_refused(root):
    data = edited(CONTRACT.read_bytes(), *CHANGED)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        item = whole.read("customXml/item1.xml").decode()
    other = item.replace('"sha256": "', '"sha256": "0', 1)
    assert other != item
    said = received(root, with_part(data, "customXml/item1.xml", other))
    assert "[unknown-version]" in said.err, said.err


def with_part(data, name, text):
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(into, "w") as copy:
        for each in whole.namelist():
            copy.writestr(each, text if each == name else whole.read(each))
    return into.getvalue()


def test_hostile_words_in_a_file_are_shown_and_kept_as_words(root):
    data = edited(CONTRACT.read_bytes(), ("lost profit, revenue", "{{ client.name }} &lt;script&gt; \u202edne\u202c"))
    said = received(root, data, "--output", str(root / "page.html"))
    assert said.code == 1, said.err
    assert "<script" not in (root / "page.html").read_text()
    assert received(root, data).code == 1
