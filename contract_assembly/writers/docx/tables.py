"""Tables and signature blocks as WordprocessingML, with fixed columns and formatting from table styles. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from contract_assembly.document import tree as d
from contract_assembly.writers.charts import SHARE, Bar, bars
from contract_assembly.writers.column_widths import widths
from contract_assembly.writers.docx.pictures import picture
from contract_assembly.writers.docx.placement import Place, paragraph
from contract_assembly.writers.docx.runs import ANCHOR, BOLD, TAB, runs, value, words

SHORT_TABLE = 6  # rows; a table with no more than this is kept on one page
_OFF = 280  # twentieths of a point between figures and the words to their right
_ALIGNED: Mapping[d.Align, str] = {"left": "TableText", "right": "TableNumber", "center": "TableCentered"}
TABLE_END = paragraph("TableEnd", "")  # separates two tables, and a table from the text below it


def table(node: d.Table, at: Place) -> str:
    """Write a table under its caption, from the text's indent to the right margin."""
    columns = _shared(at.width - at.styles.indent, widths(node))
    caption = paragraph(at.styles.caption, runs(node.caption, at.links, BOLD)) if node.caption else ""
    head = [_tr(_cells(node.head, node, columns, at, [BOLD] * len(columns), keep=True), head=True)] if node.head else []
    rows = [
        _tr(_cells(row, node, columns, at, _styles(n, node), keep=_keeps(n, node))) for n, row in enumerate(node.rows)
    ]
    return caption + _tbl("AgreementTable", columns, at.styles.indent, _look(node), [*head, *rows]) + TABLE_END


def chart(node: d.Chart, at: Place) -> str:
    """Write a chart: its table with an additional column for the pictures of its bars."""
    inner, width = node.table, at.width - at.styles.indent
    shares = [each * (100 - SHARE) // 100 for each in widths(inner)]
    columns = _shared(width, (*shares, 100 - sum(shares)))
    caption = paragraph(at.styles.caption, runs(inner.caption, at.links, BOLD)) if inner.caption else ""
    empty = _tc(columns[-1], paragraph("TableText", "", keep=True))
    head = _tr([*_cells(inner.head, inner, columns[:-1], at, [BOLD] * len(shares), keep=True), empty], head=True)
    rows = [
        _tr(
            [
                *_cells(row, inner, columns[:-1], at, [""] * len(shares), keep=keep),
                _pictured(bar, columns[-1], keep=keep),
            ]
        )
        for n, (row, bar) in enumerate(zip(inner.rows, bars(node), strict=True))
        for keep in [_keeps(n, inner)]
    ]
    return caption + _tbl("AgreementTable", columns, at.styles.indent, _look(inner), [head, *rows]) + TABLE_END


def _pictured(bar: Bar | None, width: int, *, keep: bool) -> str:
    return _tc(width, paragraph("TableText", picture(bar) if bar else "", keep=keep))


def _styles(row: int, node: d.Table) -> list[str]:
    """`BOLD` for each cell that the table style makes bold: the total row, or the first column of a table without a head."""
    total = node.total and row == len(node.rows) - 1
    return [BOLD if total or (n == 0 and not node.head) else "" for n in range(len(node.aligns))]


def _keeps(row: int, node: d.Table) -> bool:
    """Whether to keep a row with the next: every row of a short table, the first of any, and the last before a total."""
    left = len(node.rows) - 1 - row
    return left > 0 and (row == 0 or len(node.rows) <= SHORT_TABLE or (node.total and left == 1))


def _cells(
    row: Sequence[d.Cell], node: d.Table, columns: Sequence[int], at: Place, styles: Sequence[str], *, keep: bool
) -> list[str]:
    before = (None, *node.aligns)  # words to the right of figures are set apart from them, as in page.css
    return [
        _tc(
            width,
            paragraph(_ALIGNED[align], runs(cell.children, at.links, style), keep=keep),
            off=last == "right" and align != "right",
        )
        for width, cell, align, style, last in zip(columns, row, node.aligns, styles, before, strict=False)
    ]


def _shared(width: int, shares: Sequence[int]) -> list[int]:
    """Split a width by percentages that sum to 100, without losing a point to rounding."""
    edges = [width * sum(shares[:n]) // 100 for n in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _look(node: d.Table) -> str:
    """The parts of the table style that apply: head row, total row, or the first column of a table without a head."""
    first_row, last_row, first_column = bool(node.head), node.total, not node.head
    bits = 0x0600 | 0x20 * first_row | 0x40 * last_row | 0x80 * first_column
    return (
        f'<w:tblLook w:val="{bits:04X}" w:firstRow="{first_row:d}" w:lastRow="{last_row:d}" '
        f'w:firstColumn="{first_column:d}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _tbl(style: str, columns: Sequence[int], indent: int, look: str, rows: Sequence[str]) -> str:
    grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in columns])
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _tr(cells: Sequence[str], *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _tc(width: int, inside: str, *, off: bool = False) -> str:
    margin = f'<w:tcMar><w:left w:w="{_OFF}" w:type="dxa"/></w:tcMar>' if off else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{margin}</w:tcPr>{inside}</w:tc>'


# ---- signatures


def signatures(node: d.Signatures, at: Place) -> str:
    """Write the lead and, on the same page, the signature blocks side by side."""
    lead = paragraph(at.style, runs(node.lead, at.links), keep=True) if node.lead else ""
    count = len(node.signatories)
    columns = _shared(at.width - at.styles.indent, [100 * (n + 1) // count - 100 * n // count for n in range(count)])
    cells = [_tc(width, _signatory(each, node.is_open)) for width, each in zip(columns, node.signatories, strict=True)]
    return lead + _tbl("SignatureTable", columns, at.styles.indent, "", [_tr(cells)]) + TABLE_END


def _signatory(node: d.Signatory, is_open: bool) -> str:
    sign, named, titled, date = node.labels
    signature, day = node.anchors if is_open else ("", "")
    head = paragraph("SignatureRole", words(node.role)) + paragraph("SignatureEntity", value(node.entity))
    return head + "".join(
        [
            _line("SignatureLine", sign, anchor=signature),
            _line("SignatureDetail", named, value(node.name)),
            _line("SignatureDetail", titled, value(node.title)),
            _line("SignatureLine", date, anchor=day),
            TABLE_END,  # LibreOffice omits the border below a cell's last paragraph
        ]
    )


def _line(style: str, label: str, inside: str = "", anchor: str = "") -> str:
    return paragraph(style, words(label) + TAB + inside + words(anchor, ANCHOR))
