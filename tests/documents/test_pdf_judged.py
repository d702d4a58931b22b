"""Every committed PDF conforms to its standards, for veraPDF, qpdf and poppler; and each of them can fail."""

import pytest

from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.writers.formats import FORMATS
from tests.documents.contracts import DOCUMENTS, GOOD, spoilt_pdf, title
from tests.documents.judges import pdfinfo, qpdf, verapdf
from tests.helpers.letters import branded_with, letter
from tests.helpers.sample_tree import sample

STANDARDS = ("3a", "ua1")
LOGOS = ("logo.svg", "logo.png")
WITH_LOGO = {"letter": lambda: letter()[0], "cover": sample}
SPOILT = {"colours": {"3a": "6.2.4.3-2", "ua1": ""}, "links": {"3a": "", "ua1": "7.18.5-2"}}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """All answers of veraPDF, in one start of Java."""
    into = tmp_path_factory.mktemp("pdf")
    files = {title(each): each.with_suffix(".pdf") for each in DOCUMENTS}
    files |= {each: spoilt_pdf(into, each) for each in SPOILT}
    files |= {f"{kind} {logo}": with_logo(into, kind, logo) for kind in WITH_LOGO for logo in LOGOS}
    asked = [(standard, file) for file in files for standard in STANDARDS]
    answers = verapdf([(standard, files[file]) for standard, file in asked])
    return dict(zip(asked, answers, strict=True))


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_verapdf_finds_the_pdf_compliant(verdicts, path, standard):
    verdict = verdicts[standard, title(path)]
    assert (verdict["compliant"], verdict["broken"]) == (True, {})
    assert verdict["checks"] > (10_000 if path.stem == "contract" else 2_000)


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("spoilt", SPOILT)
def test_verapdf_says_which_standard_a_spoilt_pdf_breaks(verdicts, spoilt, standard):
    broken = SPOILT[spoilt][standard]
    assert verdicts[standard, spoilt]["compliant"] is not bool(broken)
    assert not broken or broken in verdicts[standard, spoilt]["broken"]


def with_logo(into, kind, logo):
    file = into / f"{kind}-{logo}.pdf"
    file.write_bytes(FORMATS["pdf"](WITH_LOGO[kind](), branded_with(logo), NO_EXTRAS))
    return file


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("kind", WITH_LOGO)
@pytest.mark.parametrize("logo", LOGOS)
def test_verapdf_finds_a_letter_and_a_cover_with_a_logo_compliant(verdicts, logo, kind, standard):
    verdict = verdicts[standard, f"{kind} {logo}"]
    assert (verdict["compliant"], verdict["broken"]) == (True, {})


@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_qpdf_finds_the_syntax_sound(path):
    assert qpdf(path.with_suffix(".pdf")) == ""


def test_qpdf_finds_a_truncated_pdf(tmp_path):
    whole = (GOOD / "contract.pdf").read_bytes()
    (tmp_path / "torn.pdf").write_bytes(whole[: len(whole) // 2])
    assert qpdf(tmp_path / "torn.pdf")


@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_poppler_reads_tags_title_and_paper(path):
    about = pdfinfo(path.with_suffix(".pdf"))
    assert about["Tagged"] == "yes"
    heading = about["Title"] + (" to IT Support Agreement" if path.stem.startswith("amendment-") else "\n")
    assert f"# {heading}" in path.read_text("utf-8")
    assert about["Page size"] in {"612 x 792 pts (letter)", "595.276 x 841.89 pts (A4)"}
    assert (about["Encrypted"], about["JavaScript"]) == ("no", "no")


def test_poppler_sees_that_tags_are_missing(tmp_path):
    assert pdfinfo(spoilt_pdf(tmp_path, "tags"))["Tagged"] == "no"
