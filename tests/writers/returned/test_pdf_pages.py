"""Every page of a PDF is read, with its annotations and fields; a small file that draws a great deal is refused by a count."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from contract_assembly.writers.returned import pdf_pages, words_of
from contract_assembly.writers.returned.limits import UnreadableError


def drawn(*pages: bytes, forms: tuple[bytes, ...] = (), annotations: tuple[Dictionary, ...] = ()) -> bytes:
    """A PDF with these page contents; each form may draw the one before it as /F."""
    file = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    inner = None
    for form in forms:
        stream = pikepdf.Stream(file, form, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 600])
        stream.Resources = Dictionary(
            XObject=Dictionary(F=inner) if inner is not None else Dictionary(), Font=Dictionary(H=font)
        )
        inner = file.make_indirect(stream)
    for page in pages:
        added = file.add_blank_page()
        added.Resources = Dictionary(
            Font=Dictionary(H=font), XObject=Dictionary(F=inner) if inner is not None else Dictionary()
        )
        added.Contents = pikepdf.Stream(file, page)
        added.Annots = pikepdf.Array([file.make_indirect(each) for each in annotations])
    file.save(into := io.BytesIO())
    return into.getvalue()


def shown(text: str) -> bytes:
    return f"BT /H 12 Tf 50 700 Td ({text}) Tj ET".encode()


def texts(data: bytes) -> list[str]:
    return [each.text for each in words_of(data).lines]


def test_every_page_is_read():
    assert texts(drawn(shown("First page"), shown("Second page"))) == ["First page", "Second page"]


def test_annotations_and_filled_in_fields_are_read_and_links_are_not():
    rect = [0, 0, 9, 9]
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=rect, Contents="Not agreed")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, Contents="Section 3")
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=rect, T="amount", V="58.00")
    said = texts(drawn(shown("Words"), annotations=(note, link, field)))
    assert said == ["Words", "[note on page 1: Not agreed]", "[field on page 1: 58.00]"]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        words_of(data)
    return str(caught.value)


def test_forms_that_draw_each_other_many_times_are_counted_not_drawn():
    ten = b"/F Do " * 10
    assert "draws more" in refused(drawn(ten, forms=(shown("ha") * 20, *[ten] * 6)))


def test_a_form_that_draws_itself_is_refused():
    file = pikepdf.open(io.BytesIO(drawn(b"/F Do", forms=(b"/F Do",))))
    form = file.pages[0].Resources.XObject.F
    form.Resources.XObject.F = form
    file.save(into := io.BytesIO())
    assert "draws more" in refused(into.getvalue())


def test_a_page_that_draws_too_much_is_refused():
    assert "draws more" in refused(drawn(b"(a) Tj " * (pdf_pages.MAX_DRAWN // 7 + 1)))


def test_damage_and_passwords_are_reported_in_a_sentence():
    whole = drawn(shown("Words"))
    assert "damaged" in refused(whole[: len(whole) // 2])
    with pikepdf.open(io.BytesIO(whole)) as file:
        file.save(into := io.BytesIO(), encryption=pikepdf.Encryption(user="x", owner="y"))
    assert "password" in refused(into.getvalue())


def test_a_page_is_drawn_as_a_picture_of_so_many_pixels_across():
    data = drawn(b"", b"1 0 0 rg 0 0 612 792 re f")
    assert pdf_pages.count(data) == 2
    with Image.open(io.BytesIO(pdf_pages.picture(data, 2, 300))) as red:
        assert (red.width, red.getpixel((150, 150))) == (300, (255, 0, 0))
    with Image.open(io.BytesIO(pdf_pages.picture(data, 1, 301))) as white:
        assert (white.width, white.getpixel((150, 150))) == (301, (255, 255, 255))


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_cannot_be_drawn(page):
    with pytest.raises(UnreadableError):
        pdf_pages.picture(drawn(b"", b""), page, 300)


def test_what_is_no_pdf_cannot_be_drawn():
    for work in (pdf_pages.count, lambda data: pdf_pages.picture(data, 1, 300)):
        with pytest.raises(UnreadableError):
            work(b"%PDF-1.7 nothing")
