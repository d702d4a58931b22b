"""The provider's logo in a Word file: the picture and the package parts it needs. Pure text and bytes."""

from collections.abc import Mapping
from html import escape

from contract_assembly.document.style import Logo
from contract_assembly.document.tree import PartKind
from contract_assembly.writers.docx.placement import paragraph

EMU = 36_000  # English Metric Units in a millimetre
SIZES: Mapping[PartKind, tuple[str, int, int]] = {  # style, maximum width and height in millimetres, as in page.css
    "letter": ("LetterLogo", 45, 11),
    "cover": ("CoverLogo", 60, 14),
}
_PART, _RELATION = "word/media/logo.png", "rIdLogo"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def above(kind: PartKind, logo: Logo | None, owner: str, count: int) -> str:
    """The logo paragraph above a cover's title or a letterhead; empty for other parts. `owner` is the alternative text,
    and `count` distinguishes several pictures in one file."""
    if logo is None or kind not in SIZES:
        return ""
    style, width, height = SIZES[kind]
    wide = min(float(width), height * logo.ratio)
    return paragraph(style, _picture(round(wide * EMU), round(wide / logo.ratio * EMU), owner, count))


def packaged(parts: Mapping[str, bytes], logo: Logo | None) -> Mapping[str, bytes]:
    """Add the picture, its content type and its relationship to the package."""
    if logo is None:
        return parts
    kind = b'<Default Extension="png" ContentType="image/png"/>'
    relation = f'<Relationship Id="{_RELATION}" Type="{_IMAGE}" Target="media/logo.png"/>'.encode()
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    return {
        **parts,
        _PART: logo.raster,
        types: parts[types].replace(b"<Default ", kind + b"<Default ", 1),
        relations: parts[relations].replace(b"</Relationships>", relation + b"</Relationships>"),
    }


def _picture(wide: int, high: int, owner: str, count: int) -> str:
    name = f'id="{count}" name="Logo {count}" descr="{escape(owner)}"'
    return (
        "<w:r><w:drawing>"
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr {name}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{_RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
