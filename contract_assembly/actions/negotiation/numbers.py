"""Numbers that changed while the words stayed: references that were updated, numbers that were typed where ours are automatic,
and lists that count otherwise. They are reported as what they are, and need no decision. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from contract_assembly.actions.negotiation.paragraph_matching import Aligned
from contract_assembly.actions.negotiation.returned_words import Word

_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivxIVX]{1,5})\)?[.)]?")


def numbers_back(body: Sequence[Aligned], after: Sequence[Word]) -> dict[str, str]:
    """The number that each bookmark of ours has in the file that came back, whose words are `after`."""
    return {
        mark: after[each.back].number
        for each in body
        if each.fate == "kept" and each.word.is_end and each.back is not None
        for mark in each.word.marks
    }


def is_renumbering(body: Sequence[Aligned], run: Sequence[int], now: Mapping[str, str]) -> bool:
    """Whether a stretch of changed words is a number and nothing else: that of a reference, which now is the number of the same
    paragraph in their file, or which a program updated because paragraphs came or went; or a number that was typed before a
    paragraph which we number."""
    words = [body[n] for n in run]
    if any(each.word.is_end for each in words):
        return False
    removed = [each.word for each in words if each.fate == "removed"]
    added = [each.word for each in words if each.fate == "added"]
    if removed:
        targets = {each.target for each in removed}
        text = "".join(each.text for each in added)
        if len(targets) != 1 or "" in targets or not text:
            return False
        if text == now.get(next(iter(targets))):
            return True
        updated = {each.target for each in added} == targets and not any(each.tracked for each in words)
        return updated and has_shifted(body)
    at_start = run[0] == 0 or body[run[0] - 1].word.is_end
    end = next((body[n] for n in range(run[-1], len(body)) if body[n].word.is_end), None)
    ours = end is not None and end.fate == "kept" and bool(end.word.number)
    return at_start and ours and bool(_NUMBER.fullmatch("".join(each.text for each in added)))


def recounted(body: Sequence[Aligned], after: Sequence[Word]) -> Iterator[tuple[int, str, str]]:
    """Each paragraph whose words came back and whose automatic number is another: the position of its end, and both numbers. None
    if a numbered paragraph came or went, because then all that follow it count on."""
    if has_shifted(body):
        return
    for n, each in enumerate(body):
        if not each.word.is_end:
            continue
        now = after[each.back].number if each.fate == "kept" and each.back is not None else each.word.number
        if each.word.number and now and now != each.word.number:
            yield n, each.word.number, now


def has_shifted(body: Sequence[Aligned]) -> bool:
    """Whether a numbered paragraph came or went."""
    return any(each.word.is_end and each.fate != "kept" and each.word.number for each in body)


def listed(pairs: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Old and new numbers as two lists, each pair once; a number that was typed is new."""
    once = tuple(dict.fromkeys(pairs))
    return ", ".join(old for old, _ in once if old), ", ".join(new for _, new in once if new)
