"""Words that went from one place and came at another: one move, not a deletion and an insertion. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.paragraph_matching import Aligned

LEAST_MOVED = 4  # words: fewer are found in two places by chance


def with_moves(found: Sequence[ReturnedChange], body: Sequence[Aligned]) -> Iterator[ReturnedChange]:
    """The changes, with words that went from one place and came at another as one move. `body` are the aligned words that their
    spots point at, as far as they are in the body of the file."""
    going = [each for each in found if each.kind == "deleted" and len(each.removed) >= LEAST_MOVED]
    arrived = [each for each in found if each.kind == "inserted" and len(each.added) >= LEAST_MOVED]
    coming = {each.added: each for each in arrived}
    counts = Counter(each.removed for each in going) + Counter(each.added for each in arrived)
    pairs: Mapping[int, ReturnedChange] = {
        id(each): coming[each.removed]
        for each in going
        if each.removed in coming and counts[each.removed] == 2 and coming[each.removed].where == each.where
    }
    taken = {id(each) for each in pairs.values()}
    for each in found:
        if id(each) in taken:
            continue
        yield _move(each, pairs[id(each)], body) if id(each) in pairs else each


def _move(going: ReturnedChange, coming: ReturnedChange, body: Sequence[Aligned]) -> ReturnedChange:
    in_body = going.where == "body"
    return replace(
        going,
        kind="moved",
        new=coming.new,
        added=coming.added,
        spots=going.spots + coming.spots,
        tracked=going.tracked and coming.tracked,
        around=f"{going.around} … {coming.around}",
        to=coming.clause,
        between=coming.between,
        title=coming.title,
        numbers=(_number(body, going.spots), _number(body, coming.spots)) if in_body else ("", ""),
    )


def _number(body: Sequence[Aligned], spots: Sequence[int]) -> str:
    """The number of the first numbered paragraph of moved words or, if none has one, of the section above them; an item comes
    with its section, as in "5.2 (a)"."""
    words = [n for n in spots if not body[n].word.is_end]
    if not words:
        return ""
    sent = body[words[0]].sent is not None
    side = [
        n
        for n, each in enumerate(body)
        if each.word.is_end and (each.sent is not None if sent else each.fate != "removed")
    ]
    last = next((n for n in side if n > words[-1]), len(body))
    own = next((n for n in side if words[0] < n <= last and body[n].word.number), None)
    number = body[own].word.number if own is not None else ""
    if number and not number.startswith("("):
        return number
    above = (body[n].word.number for n in reversed(side) if n < words[0])
    section = next((each for each in above if each and not each.startswith("(")), "")
    return f"{section} {number}".strip()
