"""Every sample document laid out by the second engine conforms to the same standards, says the same and can be signed."""

import re

import pytest

from contract_assembly.build.pipeline import draft, render
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.documents.contracts import DOCUMENTS, title
from tests.documents.judges import pdfinfo, qpdf, verapdf
from tests.helpers.corpus import based, run
from tests.helpers.signing import Seen, signatures, signed
from tests.whole.test_parity import ROOT, of_markdown, of_pdf, table_heads

STANDARDS = ("3a", "ua1")
AT_ONCE = 12  # verdicts in one start of Java, which has a limit of time
NOT_YET = re.compile("approved only from a later day")  # letters of a past year, which no build writes again


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Each document that can be built today, as a draft or, if it was sent, as the final version, with its review text."""
    into, repository, found = tmp_path_factory.mktemp("typst"), Repository(ROOT), {}
    for path in DOCUMENTS:
        try:
            document = draft(repository, *path.parts[-3:-1], path.stem, engine="typst")
        except RefusedError as error:
            if not NOT_YET.search(str(error)):
                raise
            continue
        files, _ = render(repository, document, ["pdf", "md"])
        file = into / f"{title(path)}.pdf"
        file.write_bytes(files[f"{path.stem}.pdf"])
        found[file] = files[f"{path.stem}.md"]
    return found


def test_verapdf_finds_each_document_compliant(made):
    asked = [(standard, file) for file in made for standard in STANDARDS]
    parts = [asked[n : n + AT_ONCE] for n in range(0, len(asked), AT_ONCE)]
    verdicts = [verdict for part in parts for verdict in verapdf(part)]
    assert len(made) >= 15
    assert [each for each, verdict in zip(asked, verdicts, strict=True) if not verdict["compliant"]] == []
    assert sum(each["checks"] for each in verdicts) > 1_000_000


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
