"""Final versions with signature fields, anchors and embedded files conform to both standards, for veraPDF, qpdf and the Open
XML SDK."""

import re
from pathlib import Path

import pytest

from contract_assembly.facts.esign_anchors import ESIGN
from tests.documents.judges import open_xml_sdk, pdfinfo, qpdf, verapdf
from tests.helpers.corpus import based, run
from tests.helpers.signing import Seen, p12, signatures, signed

FOLDER = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small contract as final version for each e-signature service: the folder where it was built."""
    found = {}
    for service in ESIGN:
        root = based(tmp_path_factory.mktemp(service) / "root")
        with (root / "provider/provider.yaml").open("a", encoding="utf-8") as file:
            file.write(f"esign: {service}\ninitials: yes\n")
        assert run(root, "approve", "--all", "--by", "J. Moss", "--on", "2026-09-01").code == 0
        assert run(root, "--client", "acme", "--final").code == 0
        found[service] = root / FOLDER
    return found


@pytest.fixture(scope="module")
def verdicts(made):
    asked = [(standard, service) for service in made for standard in ("3a", "ua1")]
    answers = verapdf([(standard, made[service] / "contract.pdf") for standard, service in asked])
    return dict(zip(asked, answers, strict=True))


@pytest.mark.parametrize("standard", ["3a", "ua1"])
@pytest.mark.parametrize("service", ESIGN)
def test_verapdf_finds_a_final_version_compliant(verdicts, service, standard):
    verdict = verdicts[standard, service]
    assert (verdict["compliant"], verdict["broken"]) == (True, {})


@pytest.mark.parametrize("service", ESIGN)
def test_the_open_xml_sdk_finds_no_error_in_a_final_version(made, service):
    assert open_xml_sdk(made[service] / "contract.docx") == []


@pytest.mark.parametrize("service", ESIGN)
def test_poppler_finds_a_form_and_tags(made, service):
    about = pdfinfo(made[service] / "contract.pdf")
    assert about["Form"] == "AcroForm"
    assert about["Tagged"] == "yes"


def test_a_final_version_can_be_signed_by_both(made, tmp_path):
    ours = (made["none"] / "contract.pdf").read_bytes()
    both = signed(signed(ours, "Client", tmp_path), "Provider", tmp_path)
    (tmp_path / "signed.pdf").write_bytes(both)
    assert both.startswith(ours)
    assert qpdf(tmp_path / "signed.pdf") == ""
    assert signatures(both) == [
        Seen("Client", True, True, "ENTIRE_REVISION"),
        Seen("Provider", True, True, "ENTIRE_FILE"),
    ]


def test_the_footer_of_a_final_version_has_the_digest_and_initials(made):
    from pypdfium2 import PdfDocument

    cover, *others = [page.get_textpage().get_text_range() for page in PdfDocument(made["none"] / "contract.pdf")]
    assert re.search(r"NL-2026-0042 · version.1 · [0-9a-f]{10}\b", cover)
    assert "Initials" not in cover
    assert all("Initials: ____ ____" in page.replace("\u00a0", " ") for page in others)


def test_a_copy_that_both_sides_signed_with_the_command_still_conforms(made, tmp_path, monkeypatch):
    root = made["none"].parents[2]
    assert run(root, "status", "acme", "--set", "sent").code == 0
    monkeypatch.setenv("CONTRACTS_P12_PASSWORD", "secret")
    files: list[str] = []
    for side in ("provider", "client"):
        (tmp_path / f"{side}.p12").write_bytes(p12(f"{side} (test)", b"secret"))
        before = ["--file", files[-1]] if files else []
        files.append(str(tmp_path / f"by-{side}.pdf"))
        said = run(
            root, "sign", "acme", "--as", side, "--p12", str(tmp_path / f"{side}.p12"), *before, "--output", files[-1]
        )
        assert (said.code, said.err) == (0, "")
    verdicts = verapdf([(standard, Path(each)) for each in files for standard in ("3a", "ua1")])
    assert [(each["compliant"], each["broken"]) for each in verdicts] == [(True, {})] * 4
    assert qpdf(Path(files[-1])) == ""
    assert [each.valid for each in signatures(Path(files[-1]).read_bytes())] == [True, True]
