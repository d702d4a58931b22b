"""Rules about lists: a lead-in that every item continues. Pure."""

from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.core.values import WEEKDAYS
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import Terms, compile_terms, without_uses
from contract_assembly.rules.document.reading import every, line

DEEPEST = 2
_WITH_LISTS = frozenset({d.Part, d.Section, d.Box, d.Item, d.Items})
# Names begin with a capital everywhere.
_NAMES = frozenset({"Schedule", "English", "Microsoft", "Internet", "Google", "Apple", *WEEKDAYS})


def list_grammar(document: d.Document) -> Iterator[Problem]:
    """A list without a lead-in that ends in a colon, with items that begin differently, or with a third level below (i).

    **Why it is bad.** Without a lead-in, no party owes what the items say. An item that begins with a capital reads as a
    separate sentence, outside the lead-in. A third level cannot be cited. **Example.** "The Provider shall keep logs." with
    "(a) Backups;" and "(b) settings." below it. **Fix.** "The Provider shall keep:" with "(a) backups; and" and "(b)
    settings." below it. Defined terms keep their capital.
    """
    terms = compile_terms(node.term for node in every(d.Definition, document))
    for node in d.walk(document, _WITH_LISTS):
        if isinstance(node, d.Part | d.Section | d.Box | d.Item):
            yield from _leads(node)
        elif isinstance(node, d.Items):
            yield from _starts(node, terms)
            yield from _depth(node)


def _leads(node: d.Part | d.Section | d.Box | d.Item) -> Iterator[Problem]:
    before: d.Block | None = None
    for child in node.children:
        if isinstance(child, d.Items) and not _is_lead(before):
            what = "the list has no lead-in that ends with a colon"
            origin = before.origin if isinstance(before, d.Paragraph) else child.origin
            yield Problem(
                "list-grammar", what, origin, "write the words that every item continues, and end them with a colon"
            )
        before = child


def _is_lead(block: d.Block | None) -> bool:
    return isinstance(block, d.Paragraph) and line(block.children).text.rstrip().endswith(":")


def _starts(items: d.Items, terms: Terms) -> Iterator[Problem]:
    starts = [_start(item, terms) for item in items.items]
    if {"capital", "small"} <= set(starts):
        odd = min(("capital", "small"), key=starts.count)
        item = items.items[starts.index(odd)]
        what = f"this item begins with a {odd} letter; the others do not"
        yield Problem(
            "list-grammar", what, item.origin, "begin all items alike; only defined terms and names keep a capital"
        )


def _start(item: d.Item, terms: Terms) -> str:
    """How an item begins: with a "capital" or a "small" letter, or "" for a term, a name or a fact, which count as neither."""
    first = item.children[0]
    text = without_uses(line(first.children).text, terms).lstrip("“‘(") if isinstance(first, d.Paragraph) else ""
    word = text.split(" ")[0].rstrip(".,;:’s")
    if not word[:1].isalpha() or word in _NAMES or any(letter.isupper() for letter in word[1:]):
        return ""
    return "capital" if word[0].isupper() else "small"


def _depth(items: d.Items) -> Iterator[Problem]:
    if _deepest(items) > DEEPEST:
        yield Problem("list-grammar", "a list is nested three deep", items.origin, "write the inner list as a sentence")


def _deepest(items: d.Items) -> int:
    inside = (child for item in items.items for child in item.children if isinstance(child, d.Items))
    return 1 + max((_deepest(each) for each in inside), default=0)
