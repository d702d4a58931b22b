"""The DOCX writer: puts a document tree into the Word package of the house style. Only this module uses python-docx.

python-docx opens the empty package and sets what differs by document: properties, language, paper size, header and
footer. The body is written as text by `body` and inserted when the file is saved, so no long XML is ever parsed. The
zip file has fixed timestamps and a fixed order.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import NO_EXTRAS, WriterExtras
from contract_assembly.writers.charts import drawn
from contract_assembly.writers.docx.attachments import with_enclosed
from contract_assembly.writers.docx.body import TEXT_WIDTH, watermark, wordml
from contract_assembly.writers.docx.logo import packaged
from contract_assembly.writers.docx.pictures import with_pictures
from contract_assembly.writers.docx.right_to_left import stretches

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import _Footer
    from docx.text.run import Run

PAPER: Mapping[str, tuple[int, int]] = {"letter": (12240, 15840), "a4": (11906, 16838)}  # twentieths of a point
LONGEST_PROPERTY = 255  # characters, by Open Packaging Conventions as python-docx implements them
HEADS = ("word/header1.xml", "word/header2.xml")
FIRST = ("[Content_Types].xml", "_rels/.rels")


def docx(document: d.Document, house: HouseStyle, extras: WriterExtras = NO_EXTRAS) -> bytes:
    """Write the document as a Word file. The same tree, house style and pages give the same bytes on any machine."""
    return packed(parts(document, house, extras))


def parts(document: d.Document, house: HouseStyle, extras: WriterExtras = NO_EXTRAS) -> Mapping[str, bytes]:
    """The parts of the document's Word file by name, not yet packed."""
    empty = packaged(house.word, house.logo)
    word = _opened(_marked(watermark(document.meta.watermark, house.colour), empty))
    _set_properties(word, document.meta)
    _set_language(word, document.meta.language)
    _set_paper(word, document.meta.paper)
    _set_head_and_foot(word, document.meta)
    made = {part.partname.membername: part.blob for part in word.part.package.iter_parts()}
    _take_apart(word)
    return with_enclosed(_filled(document, house, {**empty, **made}, extras), extras.enclosed)


def _marked(mark: str, word: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Add the watermark to the headers of the package."""
    return {**word, **{name: word[name].replace(b"</w:p>", mark.encode() + b"</w:p>", 1) for name in HEADS}}


def _filled(
    document: d.Document, house: HouseStyle, word: Mapping[str, bytes], extras: WriterExtras
) -> Mapping[str, bytes]:
    """Insert the text into the body of the package, and the list instances at the end of its numbering."""
    body, lists = wordml(document, house, extras.pages)
    word = with_pictures(word, drawn(document))
    return {
        **word,
        "word/document.xml": word["word/document.xml"].replace(b"<w:body>", b"<w:body>" + body.encode(), 1),
        "word/numbering.xml": word["word/numbering.xml"].replace(
            b"</w:numbering>", lists.encode() + b"</w:numbering>", 1
        ),
    }


def _opened(parts: Mapping[str, bytes]) -> "Word":
    import docx as python_docx

    return python_docx.Document(BytesIO(packed(parts, ZIP_STORED)))


def _take_apart(word: "Word") -> None:
    """Let go of the package: its parts hold each other, and its XML would stay until Python's collector looks for circles."""
    package = word.part.package
    for each in (*package.iter_parts(), package):
        vars(each).clear()


def _set_properties(word: "Word", meta: d.Meta) -> None:
    known = word.core_properties
    known.title, known.subject, known.author, known.language = (
        text[:LONGEST_PROPERTY] for text in (meta.title, meta.subject, meta.author, meta.language)
    )
    if meta.dated:  # dated to the start of the agreement, no matter who built it and when
        known.created = known.modified = datetime.fromisoformat(meta.dated)
    known.revision = 1


def _set_language(word: "Word", language: str) -> None:
    from docx.oxml.ns import qn

    for each in word.styles.element.iterfind(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        each.set(qn("w:val"), language)


def _set_paper(word: "Word", paper: str) -> None:
    """Set the paper size, and the footer's right tab stop to match."""
    from docx.shared import Twips

    section = word.sections[0]
    section.page_width, section.page_height = map(Twips, PAPER[paper])
    section.left_margin = section.right_margin = Twips((PAPER[paper][0] - TEXT_WIDTH[paper]) // 2)
    word.styles["footer"].paragraph_format.tab_stops[0].position = Twips(TEXT_WIDTH[paper])


def _set_head_and_foot(word: "Word", meta: d.Meta) -> None:
    """Put text into the first run of the running header and of both footers; the first page's header stays empty."""
    section = word.sections[0]
    places = ((section.header, meta.head), (section.first_page_footer, meta.footer), (section.footer, meta.footer))
    for place, text in places:
        _put(place.paragraphs[0].runs[0], text)
    if meta.initials:
        _page_number(section.footer).text = f"{meta.initials}\u2003Page "


def _put(run: "Run", text: str) -> None:
    """Set the text of a run; if its direction changes, put the rest into copies of the run."""
    from docx.oxml import OxmlElement
    from docx.text.run import Run

    found = list(stretches(text))
    others = [Run(deepcopy(run._r), run._parent) for _ in found[1:]]  # noqa: SLF001  # python-docx cannot copy a run
    for each, (words, backwards) in zip((run, *others), found, strict=True):
        each.text = words
        if backwards:
            each._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001  # nor set its direction
    for each in reversed(others):
        run._r.addnext(each._r)  # noqa: SLF001


def _page_number(foot: "_Footer") -> "Run":
    """The run of a footer that reads "Page ", for text in front of the page number."""
    found: Run = next(run for run in foot.paragraphs[0].runs if run.text == "Page ")
    return found


def packed(parts: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """A zip file with no trace of when or where it was made: the parts that readers look for first, then the rest by name."""
    names = sorted(parts, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name in names:
            info = ZipInfo(name)  # dated 1980, the earliest date that a zip file can store
            info.compress_type, info.create_system, info.external_attr = compression, 0, 0
            file.writestr(info, parts[name])
    return packed.getvalue()
