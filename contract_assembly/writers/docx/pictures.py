"""Chart bars as pictures in a Word file: the run for each bar and the package parts it needs. Pure."""

from collections.abc import Mapping
from html import escape

from contract_assembly.writers.charts import HEIGHT, WIDTH, Bar, png

_UNIT = 36_000  # English Metric Units in a millimetre
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST = 101
NUMBERED = "\ue0f0"  # replaced by the picture's number once all are counted; no fact may contain it
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"


def picture(bar: Bar) -> str:
    """A run with the picture of a bar, and its words as alternative text."""
    size, words, name = f'cx="{WIDTH * _UNIT}" cy="{HEIGHT * _UNIT}"', escape(bar.words), f"{bar.name}.png"
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{NUMBERED}" name="{name}" descr="{words}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_LINKS}" r:embed="{_link(bar)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def counted(body: str) -> str:
    """Number the pictures of a body in reading order, starting above the numbers of logos."""
    first, *others = body.split(NUMBERED)
    return first + "".join(f"{n}{each}" for n, each in enumerate(others, FIRST))


def with_pictures(word: Mapping[str, bytes], drawn: Mapping[str, Bar]) -> Mapping[str, bytes]:
    """Add the pictures of these bars, keyed by name, to a package; with no bars, return it unchanged."""
    if not drawn:
        return word
    links = "".join(
        f'<Relationship Id="{_link(bar)}" Type="{_LINKS}/image" Target="media/{name}.png"/>'
        for name, bar in sorted(drawn.items())
    )
    kind = b'<Default Extension="png" ContentType="image/png"/>' * (b'Extension="png"' not in word[TYPES])
    return {
        **word,
        **{f"word/media/{name}.png": png(bar) for name, bar in drawn.items()},
        RELATIONS: word[RELATIONS].replace(b"</Relationships>", links.encode() + b"</Relationships>", 1),
        TYPES: word[TYPES].replace(b"<Default ", kind + b"<Default ", 1),
    }


def _link(bar: Bar) -> str:
    return f"r-{bar.name}"
