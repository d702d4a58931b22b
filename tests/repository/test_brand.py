"""The provider's colour and logo stand in every face, or are told with the line and a cure."""

import re
import shutil
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from contract_assembly.core.problems import RefusedError
from contract_assembly.document.style import COLOUR
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.facts.fields import Located
from contract_assembly.facts.parties import Provider
from contract_assembly.repository import brand
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.formats import FORMATS
from tests.helpers.letters import ROOT, letter
from tests.helpers.sample_tree import sample


@pytest.fixture
def root(tmp_path):
    """The house and the provider of the samples."""
    for name in ("provider", "templates/house"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def housed(root, **changes):
    """The house of a provider whose brand is changed."""
    repository = Repository(root)
    file = repository.load(Provider, "provider/provider.yaml")
    assert file.model.brand
    model = file.model.model_copy(update={"brand": file.model.brand.model_copy(update=changes)})
    return repository.house(Located(model, file.origins))


def refused(root, **changes):
    with pytest.raises(RefusedError) as found:
        housed(root, **changes)
    return [(each.rule, each.what, str(each.origin), each.hint) for each in found.value.problems]


def figures(data):
    """The alternative words of each figure that the structure of a PDF holds, and how large it is on the page."""
    with pikepdf.open(BytesIO(data)) as file:
        return [
            str(each.Alt)
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]


def test_no_brand_is_the_house_as_it_is(root):
    assert housed(root, colour=None, logo=None).digest == Repository(root).house().digest


def test_a_colour_takes_the_place_of_the_house_blue_everywhere(root):
    house = housed(root, colour="#7a1f3d")
    document = replace(sample(), meta=replace(sample().meta, watermark="DRAFT"))
    blue = re.compile(COLOUR[1:].encode(), re.IGNORECASE)
    assert not blue.search(
        house.css.encode() + b"".join([*house.word.values(), *house.pictures["draft.svg"].splitlines()])
    )
    with ZipFile(BytesIO(FORMATS["docx"](document, house, NO_EXTRAS))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name, data in parts.items() if blue.search(data)]
    assert b"7A1F3D" in parts["word/styles.xml"]
    assert b'fillcolor="#7a1f3d"' in parts["word/header2.xml"]
    made = FORMATS["pdf"](document, house, NO_EXTRAS)
    assert made != FORMATS["pdf"](document, housed(root), NO_EXTRAS)


def test_another_colour_or_logo_is_another_house(root):
    before = housed(root).digest
    assert housed(root, colour="#7a1f3d").digest != before
    assert housed(root, logo=None).digest != before
    assert housed(root, logo="logo.png").digest != before


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_the_logo_stands_on_the_cover_and_above_a_letter_with_the_name_of_its_owner(root, name, tmp_path):
    house = housed(root, logo=name)
    for document in (sample(), letter()[0]):
        made = FORMATS["pdf"](document, house, NO_EXTRAS)
        assert figures(made) == ["Northlight IT Services LLC"]
        path = tmp_path / "made.docx"
        path.write_bytes(FORMATS["docx"](document, house, NO_EXTRAS))
        assert OpenXmlValidator().validate(str(path)).errors == []
        with ZipFile(path) as file:
            body = file.read("word/document.xml").decode()
            assert file.read("word/media/logo.png") == (root / "provider/logo.png").read_bytes()
        assert body.count("<w:drawing") == 1
        assert body.count('descr="Northlight IT Services LLC"') == 2
        wide, high = map(int, re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', body)[0])
        assert wide <= 60 * 36_000
        assert high <= 14 * 36_000


def test_a_png_is_not_smoothed_in_the_pdf_for_archives_forbid_it(root):
    with pikepdf.open(BytesIO(FORMATS["pdf"](sample(), housed(root, logo="logo.png"), NO_EXTRAS))) as file:
        pictures = [
            each for each in file.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        assert pictures
        assert not any(bool(each.get("/Interpolate", False)) for each in pictures)


def test_contrast_is_reckoned_as_wcag_says():
    assert brand.contrast("#000000") == pytest.approx(21)
    assert brand.contrast("#ffffff") == pytest.approx(1)
    assert brand.contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_colour_too_light_to_read_is_told_with_one_that_can_be_read(root):
    ((rule, what, origin, hint),) = refused(root, colour="#7fb2ff")
    assert (rule, "2.2 to 1" in what, origin) == ("brand-contrast", True, "provider/provider.yaml:21")
    shade = re.search("#[0-9a-f]{6}", hint)
    assert brand.contrast(shade[0]) >= 4.5
    assert housed(root, colour=shade[0]).colour == shade[0]


def test_a_logo_that_is_not_there_is_told_where_it_is_named(root):
    ((rule, what, origin, _),) = refused(root, logo="sign.svg")
    assert (rule, what, origin) == ("logo", "the logo provider/sign.svg is not there", "provider/provider.yaml:22")


def test_an_svg_needs_its_png_for_word(root):
    (root / "provider/logo.png").unlink()
    ((rule, what, origin, hint),) = refused(root)
    assert (rule, what, origin) == ("logo", "the logo provider/logo.png is not there", "provider/provider.yaml:22")
    assert "Word shows no SVG" in hint


def test_svg_and_png_must_be_the_same_picture(root):
    path = root / "provider/logo.svg"
    path.write_text(re.sub(r'viewBox="[^"]*"', 'viewBox="0 0 640 200"', path.read_text()))
    ((rule, what, origin, _),) = refused(root)
    assert (rule, what, origin) == (
        "logo",
        "logo.svg is 3.20 times as wide as high, and its PNG 4.67 times",
        "provider/logo.png:1",
    )


def test_a_wrong_colour_and_a_wrong_logo_are_told_at_once(root):
    (root / "provider/logo.svg").write_text("<html/>")
    assert [each[0] for each in refused(root, colour="#ffff00")] == ["brand-contrast", "logo"]


def test_a_logo_that_is_a_link_out_of_the_repository_is_not_followed(root):
    (root / "provider/logo.svg").unlink()
    (root / "provider/logo.svg").symlink_to("/etc/passwd")
    assert [each[0] for each in refused(root)] == ["outside-root"]
