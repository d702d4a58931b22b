"""Documents laid out by the second engine conform to the same standards, say the same and can be signed."""

import pytest
from msgspec.structs import replace

from contract_assembly.build.pipeline import draft, render
from contract_assembly.compare.marking import marked
from contract_assembly.compare.trees import compare
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.pdf.writer import pdf
from tests.documents.judges import pdfinfo, qpdf, verapdf
from tests.helpers.corpus import based, run
from tests.helpers.house import TYPST
from tests.helpers.sample_tree import cells, t
from tests.helpers.signing import Seen, signatures, signed
from tests.whole.test_parity import ROOT, of_markdown, of_pdf, table_heads
from tests.writers.pdf.test_writer import terms

STANDARDS = ("3a", "ua1")
DOCUMENTS = (
    ("acme", "2026-support", "contract"),
    ("acme", "2026-support", "cover-letter"),
    ("hudson", "2026-block", "contract"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The review text of each document, by the file of its draft."""
    into, repository, found = tmp_path_factory.mktemp("typst"), Repository(ROOT), {}
    for client, agreement, name in DOCUMENTS:
        files, _ = render(repository, draft(repository, client, agreement, name, engine="typst"), ["pdf", "md"])
        file = into / f"{client}-{name}.pdf"
        file.write_bytes(files[f"{name}.pdf"])
        found[file] = files[f"{name}.md"]
    return found


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Pages with what those documents do not have: a chart, a total held on a page, and changed rows."""
    rows = tuple(cells(f"row {n}", f"{n}.00") for n in range(60))
    table = d.Table(("left", "right"), cells("Item", "Fee"), rows, t("Fees"), total=True)
    chart = d.Chart(
        d.Table(("left", "right"), cells("Month", "Hours"), (cells("May", "5"), cells("June", "7")), t("Hours"))
    )
    old, new = (terms(table, d.Table(("left",), cells("A"), (cells(said),))) for said in ("before", "after"))
    both = marked(new, compare(old, new))
    (part,) = both.parts
    file = tmp_path_factory.mktemp("tables") / "tables.pdf"
    file.write_bytes(pdf(replace(both, parts=(replace(part, children=(chart, *part.children)),)), TYPST))
    return file


def test_verapdf_finds_each_document_compliant(made, tables):
    asked = [(standard, file) for file in (*made, tables) for standard in STANDARDS]
    verdicts = verapdf(asked)
    assert [each for each, verdict in zip(asked, verdicts, strict=True) if not verdict["compliant"]] == []
    assert sum(each["checks"] for each in verdicts) > 100_000


def test_qpdf_finds_the_syntax_sound_and_poppler_the_tags(made):
    for file in made:
        assert qpdf(file) == "", file.name
        assert pdfinfo(file)["Tagged"] == "yes", file.name


def test_each_document_says_what_its_review_text_says(made):
    for file, review in made.items():
        assert of_pdf(file.read_bytes(), table_heads(review)) == of_markdown(review), file.name


def test_a_final_version_by_the_second_engine_is_signed_by_both_and_checked_and_verified(tmp_path):
    root = based(tmp_path / "root")
    with (root / "provider/provider.yaml").open("a", encoding="utf-8") as file:
        file.write("esign: adobe-sign\ninitials: yes\npdf: typst\n")
    assert run(root, "approve", "--all", "--by", "J. Moss", "--on", "2026-09-01").code == 0
    assert run(root, "--client", "acme", "--final").code == 0
    ours = root / "agreements/acme/2026-support/contract.pdf"
    verdicts = verapdf([(standard, ours) for standard in STANDARDS])
    assert [(each["compliant"], each["broken"]) for each in verdicts] == [(True, {})] * 2
    both = signed(signed(ours.read_bytes(), "Client", tmp_path), "Provider", tmp_path)
    assert both.startswith(ours.read_bytes())
    assert signatures(both) == [
        Seen("Client", True, True, "ENTIRE_REVISION"),
        Seen("Provider", True, True, "ENTIRE_FILE"),
    ]
    assert run(root, "check").code == 0
    assert "byte for byte" in run(root, "verify", str(ours), "--rebuild").out
