"""A logo is a picture and nothing else: what is more, less, or too much of one is told with its file, its line and a cure."""

import struct
import time
import zlib
from base64 import b64encode
from functools import partial
from pathlib import Path

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository import logo

ROOT = Path(__file__).parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"{}>\n{}\n</svg>'


def refused(look, data):
    with pytest.raises(RefusedError) as found:
        look(data, "provider/logo.any")
    assert all(each.rule == "logo" and each.hint and each.origin.path for each in found.value.problems)
    return [(each.what.removeprefix("the logo cannot be used: "), each.origin.line) for each in found.value.problems]


def drawn(inside, more="", before=""):
    return (before + SVG.format(more, inside)).encode()


def picture(width=400, height=100, *, head=None, rows=None, before=b"", after=b""):
    """A grey PNG, with other chunks where they are asked for."""
    size = struct.pack(">IIBBBBB", *(head or (width, height, 8, 0, 0, 0, 0)))
    body = zlib.compress(rows if rows is not None else (b"\0" + b"\x80" * width) * height)
    chunks = ((b"IHDR", size), (b"tEXt", before), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(logo._chunk(*each) for each in chunks if each != (b"tEXt", b"")) + after


def test_the_sample_is_sound_in_both_forms():
    ratio = logo.svg((ROOT / "provider/logo.svg").read_bytes(), "provider/logo.svg")
    again, of_png = logo.png((ROOT / "provider/logo.png").read_bytes(), "provider/logo.png")
    assert ratio == pytest.approx(of_png, rel=0.01)
    assert again == (ROOT / "provider/logo.png").read_bytes()


@pytest.mark.parametrize(
    ("inside", "more", "what", "line"),
    [
        ("<script>alert(1)</script>", "", "<script> is not a plain shape", 2),
        ("<g>\n<foreignObject/></g>", "", "<foreignObject> is not a plain shape", 3),
        ('<image href="https://example.com/a.png"/>', "", "<image> is not a plain shape", 2),
        (
            "<style>@import url(https://example.com/a.css)</style>",
            "",
            "<style> holds more than plain rules for shapes",
            2,
        ),
        ("<text>Northlight</text>", "", "<text> is not a plain shape", 2),
        ('<animate attributeName="x"/>', "", "<animate> is not a plain shape", 2),
        ("<filter/>", "", "<filter> is not a plain shape", 2),
        ('<use href="#a"/>', "", "<use> names #a, which is not in the picture", 2),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "", "<p> is not an element of SVG", 2),
        ('<g onclick="alert(1)"/>', "", "onclick= reaches beyond the picture", 2),
        ('<g fill="url(https://example.com/a)"/>', "", "fill= reaches beyond the picture", 2),
        ('<g style="fill: URL(//example.com)"/>', "", "style= reaches beyond the picture", 2),
        ('<g style="fill: u\\72l(//example.com)"/>', "", "style= reaches beyond the picture", 2),
        ('<linearGradient href="file:///etc/passwd"/>', "", "href= reaches beyond the picture", 2),
        ("<g/>", ' onload="alert(1)"', "onload= reaches beyond the picture", 1),
        ("<g/>", ' xml:base="https://example.com/"', "base= reaches beyond the picture", 1),
    ],
)
def test_an_svg_holds_shapes_and_nothing_that_acts_or_reaches_out(inside, more, what, line):
    assert (what, line) in refused(logo.svg, drawn(inside, more))


def test_gradients_of_its_own_are_welcome():
    inside = '<defs><linearGradient id="a"><stop/></linearGradient></defs><rect fill="url(#a)" width="9" height="9"/>'
    assert logo.svg(drawn(inside), "logo.svg") == 4


LAUGHS = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (drawn("&b;", before=LAUGHS), "it holds a document type of its own, in which entities could grow"),
        (
            drawn("", before='<!DOCTYPE svg SYSTEM "file:///etc/passwd">'),
            "it holds a document type of its own, in which entities could grow",
        ),
        (
            drawn("", before='<?xml-stylesheet href="https://example.com/a.css"?>'),
            "it holds an instruction to xml-stylesheet",
        ),
        (b"<svg", "it is not an SVG, or it is damaged"),
        (b"", "it is not an SVG, or it is damaged"),
        (b"GIF89a", "it is not an SVG, or it is damaged"),
        (b"<html/>", "it holds <html> at its root, so it is not an SVG"),
        (
            SVG.format("", "").replace("0 0 40 10", "0 0 1e9 10").encode(),
            "it holds neither a viewBox of four plain numbers nor a plain width and height",
        ),
        (SVG.format("", "").replace("0 0 40 10", "0 0 40 0").encode(), "it is 40 wide and 0 high"),
        (SVG.format("", "").replace("0 0 40 10", "0 0 900 10").encode(), "it is 900 wide and 10 high"),
        (drawn("<g>" * 30 + "</g>" * 30), "it holds more than 2000 shapes, or shapes over 20 deep"),
        (drawn("<g/>" * 3000), "it holds more than 2000 shapes, or shapes over 20 deep"),
        (drawn("<!--" + "x" * 500_000 + "-->"), "it has 500,075 bytes"),
    ],
)
def test_what_is_no_drawing_is_told(data, what):
    assert [each for each, _ in refused(logo.svg, data)] == [what]


def test_words_in_another_encoding_hide_nothing():
    sly = drawn("<script/>", before='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16")
    assert refused(logo.svg, sly)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xff\xd8\xff\xe0 a photograph", "it is not a PNG"),
        (b"", "it is not a PNG"),
        (picture()[:-5], "it is truncated or damaged"),
        (picture().replace(b"\x08\x00", b"\x08\x02", 1), "it is truncated or damaged"),
        (picture(head=(400, 100, 8, 0, 0, 0, 1)), "it is an unusual kind of PNG"),
        (picture(head=(400, 100, 4, 2, 0, 0, 0)), "it is an unusual kind of PNG"),
        (picture(head=(60_000, 60_000, 8, 0, 0, 0, 0)), "it has 60,000 by 60,000 pixels"),
        (picture(head=(0, 100, 8, 0, 0, 0, 0)), "it has 0 by 100 pixels"),
        (picture(rows=b"\0" * 10), "its picture is not as long as its header says"),
        (partial(picture, rows=bytes(50_000_000)), "its picture is not as long as its header says"),
        (picture(60, 15), "it is 60 pixels wide, and would look jagged in print"),
        (picture(400, 10), "it is 400 wide and 10 high"),
        (picture(after=b"x" * (500_000 - len(picture()) + 1)), "it has 500,001 bytes"),
    ],
)
def test_what_is_no_picture_is_told_before_it_is_unpacked(data, what):
    data = data() if callable(data) else data
    before = time.process_time()
    assert [each for each, _ in refused(logo.png, data)] == [what]
    assert time.process_time() - before < 2


def test_notes_on_who_made_a_png_are_left_out():
    data, ratio = logo.png(
        picture(before=b"Author\0Jo of the machine at home", after=b"more after the end"), "logo.png"
    )
    assert ratio == 4
    assert b"home" not in data
    assert b"after" not in data


# ---- as drawing programs export them

ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: a drawing program, SVG Export Plug-In -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px"
\t viewBox="0 0 140 30" style="enable-background:new 0 0 140 30;" xml:space="preserve">
<style type="text/css">
\t.st0{fill:#1F3A5F;}
\t.st1,.st2{fill:none;stroke:#000000;stroke-width:2;stroke-miterlimit:10;} /* two at once */
\t.st3{fill:url(#a);}
</style>
<rect class="st0" width="140" height="30"/>
</svg>"""
INKSCAPE = """<svg width="140mm" height="30mm" version="1.1" id="svg5" xmlns="http://www.w3.org/2000/svg"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/" inkscape:version="1.2" sodipodi:docname="logo.svg">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:document-units="mm"/>
  <metadata id="m"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format></cc:Work></rdf:RDF></metadata>
  <defs id="defs2"/>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1"><path d="M0 0h9v9z" style="fill:#1f3a5f"/></g>
</svg>"""
FIGMA = """<svg width="140" height="30" fill="none" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<defs><path id="a" d="M0 0h9v9z"/><symbol id="b"><circle r="3"/></symbol></defs>
<use xlink:href="#a" fill="#123456"/><use href="#b" x="10"/>
</svg>"""


@pytest.mark.parametrize("drawing", [ILLUSTRATOR, INKSCAPE, FIGMA], ids=["illustrator", "inkscape", "figma"])
def test_a_logo_as_a_drawing_program_exports_it_is_accepted(drawing):
    assert logo.svg(drawing.encode(), "logo.svg") == pytest.approx(140 / 30)


def test_a_style_sheet_inside_gives_the_logo_its_colours_in_the_pdf():
    from weasyprint import HTML

    data = ILLUSTRATOR.replace("#1F3A5F", "#00ff00").encode()
    page = HTML(string=f'<img src="data:image/svg+xml;base64,{b64encode(data).decode()}">').write_pdf(
        uncompressed_pdf=True
    )
    assert b"0 1 0 rg" in page


BOMB = "<g id='a'>" + "<path d='M0 0'/>" * 900 + "</g>" + "<use href='#a'/>" * 3


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<style>@font-face{src:url(https://example.com/a)}</style>", "<style> holds more than plain rules for shapes"),
        ("<style>.a{fill:url(https://example.com/a)}</style>", "<style> holds more than plain rules for shapes"),
        ("<style>.a{fill:u\\72l(//example.com)}</style>", "<style> holds more than plain rules for shapes"),
        ("<style>.a{fill:red</style>", "<style> holds more than plain rules for shapes"),
        ("<style>/* */@import 'a';</style>", "<style> holds more than plain rules for shapes"),
        ('<use href="https://example.com/a.svg#a"/>', "href= reaches beyond the picture"),
        ('<g id="a"><use href="#a"/></g>', "<use> of a group that holds another <use>"),
        (BOMB, "it holds more than 2000 shapes, each <use> counted"),
    ],
)
def test_what_such_exports_could_smuggle_in_is_refused(inside, what):
    assert what in [each for each, _ in refused(logo.svg, drawn(inside))]


def test_the_hint_says_how_drawing_programs_export_a_plain_logo():
    with pytest.raises(RefusedError) as error:
        logo.svg(drawn("<text>Words</text>"), "logo.svg")
    assert all(name in error.value.problems[0].hint for name in ("Illustrator", "Inkscape", "Figma"))
