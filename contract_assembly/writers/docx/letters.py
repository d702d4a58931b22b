"""Letterhead and closing of a letter as WordprocessingML. All formatting comes from named styles. Pure."""

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.placement import Place, paragraph
from contract_assembly.writers.docx.runs import BOLD, runs


def letterhead(node: d.Letterhead, at: Place) -> str:
    """Write the lines above the subject. Their styles make the names bold, so no run is formatted."""
    name, *ways = node.sender
    return (
        paragraph("LetterName", runs(name, at.links, BOLD))
        + paragraph("LetterContact", runs(d.stacked(ways), at.links))
        + paragraph("LetterDate", runs(node.date, at.links))
        + paragraph("LetterAddress", runs(d.stacked(node.reader), at.links))
    )


def closing(node: d.Closing, at: Place) -> str:
    """Write the closing, with space for a signature above the writer's name, all on one page."""
    enclosed = paragraph("LetterEnclosed", runs(node.enclosed, at.links)) if node.enclosed else ""
    return (
        paragraph("LetterClose", runs(node.words, at.links))
        + paragraph("LetterWriter", runs(d.stacked(node.writer), at.links), keep=bool(enclosed))
        + enclosed
    )
