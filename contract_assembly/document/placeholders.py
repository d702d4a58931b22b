"""Blocks that the program makes, put where a clause asks for them: a paragraph `[](#changes)` becomes what is called so. Pure."""

from collections.abc import Mapping

from contract_assembly.document import tree as d


def placed(document: d.Document, blocks: Mapping[str, tuple[d.Block, ...]]) -> d.Document:
    """Put blocks in the place of the subsection that holds nothing but the reference of their name."""

    def put(node: d.Node) -> d.Node | tuple[d.Node, ...]:
        match node:
            case d.Section(children=(d.Paragraph(children=(d.Reference(target=name),)),)) if name in blocks:
                return blocks[name]
        return node

    return d.rewrite(document, put) if blocks else document
