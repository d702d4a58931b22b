"""The rule about other clients: a document that goes out holds none of their names."""

import re
from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import inlines, plain_lines

_WORD = re.compile(r"\w+")


def other_clients(document: d.Document) -> Iterator[Problem]:
    """The name of another client in the document.

    **Why it is bad.** It shows a client who else you serve, and that the words were copied. **Example.** "as agreed with Acme
    Instruments" in another firm's contract. **Fix.** Remove the name. Only final versions are checked, against the names of
    all clients in the repository.
    """
    by_first_word: dict[str, list[str]] = {}
    for name in document.meta.strangers:
        by_first_word.setdefault(_WORD.findall(name)[0], []).append(name)
    if not by_first_word:
        return
    begins = "".join(
        sorted({re.escape(word[0]) for word in by_first_word})
    )  # a quick look at all words that begin alike
    if by_first_word.keys().isdisjoint(re.findall(rf"[{begins}]\w*", "\n".join(plain_lines(document)))):
        return
    for line, text in zip(inlines(document), plain_lines(document), strict=True):
        for word in _WORD.finditer(text):
            for name in by_first_word.get(word[0], ()):
                if text.startswith(name, word.start()) and not text[word.start() + len(name) :][:1].isalnum():
                    yield Problem("other-client", f"{name} is another client", line[0].origin, "remove the name")
