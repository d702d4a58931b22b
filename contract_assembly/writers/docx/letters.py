"""The frame of a letter as WordprocessingML: who writes, the day, to whom, and the close. Looks are named styles. Pure."""

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.placement import Place, paragraph
from contract_assembly.writers.docx.runs import BOLD, runs


def letterhead(node: d.Letterhead, at: Place) -> str:
    """Write the lines above the subject. The names stand out by their styles, so no run is marked."""
    name, *ways = node.sender
    return (
        paragraph("LetterName", runs(name, at.links, BOLD))
        + paragraph("LetterContact", runs(d.stacked(ways), at.links))
        + paragraph("LetterDate", runs(node.date, at.links))
        + paragraph("LetterAddress", runs(d.stacked(node.reader), at.links))
    )


def closing(node: d.Closing, at: Place) -> str:
    """Write the close, with room for ink above the writer's name, all on one page."""
    enclosed = paragraph("LetterEnclosed", runs(node.enclosed, at.links)) if node.enclosed else ""
    return (
        paragraph("LetterClose", runs(node.words, at.links))
        + paragraph("LetterWriter", runs(d.stacked(node.writer), at.links), keep=bool(enclosed))
        + enclosed
    )
