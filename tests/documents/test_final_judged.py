"""Final versions with signature fields, anchors and embedded files conform to both standards, for veraPDF, qpdf and the Open
XML SDK."""

import re
import shutil

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
def signed_copies(made, tmp_path_factory):
    """The copies that the command signed: by us, and then by the client."""
    into = tmp_path_factory.mktemp("signed")
    root = shutil.copytree(made["none"].parents[2], into / "root", symlinks=True)
    assert run(root, "status", "acme", "--set", "sent").code == 0
    files = []
    for side in ("provider", "client"):
        (into / f"{side}.p12").write_bytes(p12(f"{side} (test)", b"secret"))
        before = ["--file", str(files[-1])] if files else []
        files.append(into / f"by-{side}.pdf")
        line = ("sign", "acme", "--as", side, "--p12", str(into / f"{side}.p12"), *before, "--output", str(files[-1]))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CONTRACTS_P12_PASSWORD", "secret")
            said = run(root, *line)
        assert (said.code, said.err) == (0, "")
    return files


@pytest.fixture(scope="module")
def verdicts(made, signed_copies):
    """All answers of veraPDF, in one start of Java."""
    files = {service: made[service] / "contract.pdf" for service in made} | {each.stem: each for each in signed_copies}
    asked = [(standard, name) for name in files for standard in ("3a", "ua1")]
    return dict(zip(asked, verapdf([(standard, files[name]) for standard, name in asked]), strict=True))


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


def test_a_copy_that_both_sides_signed_with_the_command_still_conforms(signed_copies, verdicts):
    found = [verdicts[standard, each.stem] for each in signed_copies for standard in ("3a", "ua1")]
    assert [(each["compliant"], each["broken"]) for each in found] == [(True, {})] * 4
    assert qpdf(signed_copies[-1]) == ""
    assert [each.valid for each in signatures(signed_copies[-1].read_bytes())] == [True, True]
