"""Small documents for tests of the rules: text as in a clause file, with the line where each piece was written."""

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from tests.helpers.sample_tree import sample

CLAUSE = "clauses/x.md"


def words(text, line=1, path=CLAUSE):
    """A paragraph of typed text; ⟦…⟧ marks a fact and ‹…› a reference."""
    origin, inlines = Origin(path, line), []
    for position, piece in enumerate(
        text.replace("⟦", "\0⟦").replace("⟧", "⟧\0").replace("‹", "\0‹").replace("›", "›\0").split("\0")
    ):
        kind = {
            "⟦": d.Value(piece[1:-1], "some.fact", Origin("facts.yaml", 7)),
            "‹": d.Reference(piece[1:-1], "9 (X)", origin),
        }
        inlines += [kind.get(piece[:1], d.Text(piece, origin))] if piece or not position else []
    return d.Paragraph(tuple(inlines), origin)


def meaning(term, text, line=1):
    """An entry of the definitions."""
    inside = words(text, line)
    return d.Paragraph((d.Definition(term, inside.origin), *inside.children), inside.origin)


def items(*texts, line=1):
    return d.Items(
        tuple(d.Item((words(text, line + n),), "", Origin(CLAUSE, line + n)) for n, text in enumerate(texts)),
        Origin(CLAUSE, line),
    )


def document(*blocks, slot="services", path=CLAUSE):
    """One clause with these blocks; a string becomes a paragraph, each on a line of its own."""
    inside = tuple(words(each, n, path) if isinstance(each, str) else each for n, each in enumerate(blocks, 1))
    return d.Document(
        sample().meta,
        (d.Part("terms", "terms", (d.Text("Terms"),), (d.Section(slot, 1, (d.Text("Words"),), inside),)),),
    )


def told(rule, *blocks, **where):
    """The problems that a rule reports in a document."""
    return [problem.what for problem in rule(document(*blocks, **where))]


def places(rule, *blocks, **where):
    """Their places and levels."""
    return [(str(problem.origin), problem.level) for problem in rule(document(*blocks, **where))]
