"""Tokens of private-use characters that carry facts through Jinja and Markdown. Imports nothing from this program.

A token holds only the position of a formatted fact in a separate list, so no fact can be read as markup, and two clients on the
same branches of a clause have the same filled text. Line marks are carried the same way.
"""

import re

SEAL, LINE, END = "\ue000", "\ue001", "\ue002"
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
TOKEN = re.compile(f"([{SEAL}{LINE}])([0-9]+){END}")


def sealed(position: int) -> str:
    """The token for the fact at this position."""
    return f"{SEAL}{position}{END}"


def line_mark(line: int) -> str:
    """The token for a line: the text before it was written on this line of the clause file."""
    return f"{LINE}{line}{END}"


def without_tokens(text: str) -> str:
    """The text without line marks and with an ellipsis for each sealed fact, for use in a message."""
    return TOKEN.sub(lambda m: "…" if m[1] == SEAL else "", text)
