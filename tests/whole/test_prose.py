"""Plain English in docstrings, comments, messages, help and docs: words that a native writer would not use here, each with better ones."""

import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.helpers.program import PATHS, read

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted(each for each in (ROOT / "docs").rglob("*.md") if each.name != "commands.md"),  # made from the help texts
]

AVOID = {
    r"(?<!there )\bis no (?!longer|more\b|later|earlier|less\b|fewer)": "is not a",
    r"(?<!there )\bare no (?!longer|more\b|later|earlier|less\b|fewer)": "are not",
    r"\b(?:tells|told)\b(?!(?: \w+){0,3} apart)": "reports, lists, says, is shown",
    r"\banew\b": "again",
    r"\breckon\w*": "compute, calculate",
    r"\bbesides\b": "other than, also, in addition to",
    r"\bnobody\b": "no one, or name who does not",
    r"\beverybody\b": "every client, everyone",
    r"\bbeware\b": "warning",
    r"\bstands? (?:for|in|on|there|here|beside|as|at|below|above|behind)\b": "is; means; approves",
    r"\bcomes on top\b": "is added",
    r"\btakes it that\b": "assumes",
    r"\bspeaks? of\b": "mentions, refers to",
    r"\bof one's choice\b": "that you choose",
    r"\bknows nobody\b": "imports nothing",
    r"\bthe door\b": "the entry point",
    r"\bby and by\b": "gradually",
    r"\ba judge\b|\bjudges that\b": "a validator",
    r"\bjust these\b": "exactly these",
    r"\bwhoever\b": "the person who, anyone who",
    r"\bthis one's\b": "its",
    r"\bin vain\b": "without effect",
    r"\bhas it that\b": "says",
}


def prose_of(path: Path) -> list[tuple[int, str]]:
    """The docstrings, comments and other strings with a blank in them, each with its line."""
    text = path.read_text("utf-8")
    found = [
        (line, words)
        for line, words in read(path).texts
        if not words.islower() or not words.replace(" ", "").isalpha()  # a list of words is data
    ]
    if "#" in text:
        found += [
            (token.start[0], token.string)
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            if token.type == tokenize.COMMENT
        ]
    return found


def pages_prose(path: Path) -> list[tuple[int, str]]:
    """The lines of a page that are not inside a block of code, without `code`."""
    found, fenced = [], False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        fenced ^= line.startswith("```")
        if not fenced:
            found.append((number, re.sub(r"`[^`]*`|“[^”]*”|\"[^\"]*\"", "", line)))
    return found


ANY = re.compile("|".join(f"(?:{word})" for word in AVOID), re.IGNORECASE)


def odd(pieces: list[tuple[int, str]]) -> list[str]:
    plain = ((line, re.sub(r"`[^`]*`", "", piece)) for line, piece in pieces)
    return [
        f"{line}: {' '.join(match[0].split())} -> {better}"
        for line, piece in plain
        if ANY.search(piece)  # nearly no piece has any of them
        for word, better in AVOID.items()
        for match in re.finditer(word, piece, re.IGNORECASE)
    ]


def test_code_speaks_plain_english():
    found = {path.relative_to(ROOT).as_posix(): odd(prose_of(path)) for path in PATHS}
    assert not {path: words for path, words in found.items() if words}


def test_pages_speak_plain_english():
    found = {path.relative_to(ROOT).as_posix(): odd(pages_prose(path)) for path in PAGES}
    assert not {path: words for path, words in found.items() if words}


@pytest.mark.parametrize(
    "sentence", ["This is no plan.", "It is told once.", "They reckon anew.", "It stands in line 4."]
)
def test_a_literal_translation_is_found(sentence):
    assert odd([(1, sentence)])


@pytest.mark.parametrize("sentence", ["It is no longer due.", "A standing order stands.", "The client understands it."])
def test_plain_words_pass(sentence):
    assert odd([(1, sentence)]) == []
