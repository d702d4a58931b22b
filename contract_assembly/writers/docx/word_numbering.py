"""Whether Word's automatic numbering would produce the tree's numbers. Pure; uses only the tree.

In an amended contract, units keep their numbers (8A after 8, a gap after a deletion); no list produces these: they are
typed.
"""

from itertools import count

from contract_assembly.document import tree as d


def matches_word_numbering(document: d.Document) -> bool:
    """Whether every schedule, clause and subsection has exactly the next number in order."""
    letters = (chr(code) for code in count(ord("A")))
    return all(
        (part.kind != "schedule" or part.number == next(letters)) and _in_order(part.children)
        for part in document.parts
    )


def _in_order(clauses: tuple[d.Block, ...]) -> bool:
    numbered = [each for each in clauses if isinstance(each, d.Section) and each.number]
    return all(
        clause.number == str(n) and _below(clause.number, clause.children) for n, clause in enumerate(numbered, 1)
    )


def _below(number: str, blocks: tuple[d.Block, ...]) -> bool:
    found = [each.number for each in blocks if isinstance(each, d.Section) and each.number]
    return found == [f"{number}.{n}" for n in range(1, len(found) + 1)]
