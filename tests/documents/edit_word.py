"""Edit a Word file as another editor than LibreOffice does, with tracked changes; run by the Python of the tools.

    python edit_word.py IN.docx OUT.docx ORDERS.json

The orders are a list: {"do": "replace", "find": …, "with": …}, {"do": "delete", "find": …}, {"do": "insert", "after": …,
"text": …} or {"do": "comment", "find": …, "text": …}. Prints how many tracked changes there are in the end.
"""

import json
import sys
from pathlib import Path

from docx_editor import Document


def carry_out(document, order) -> None:
    match order["do"]:
        case "replace":
            document.replace(document.find_text(order["find"]), order["with"])
        case "delete":
            document.delete(document.find_text(order["find"]))
        case "insert":
            document.insert_after(document.find_text(order["after"]), order["text"])
        case "comment":
            document.add_comment(document.find_text(order["find"]), order["text"])
        case other:
            raise SystemExit(f"not an order: {other}")


def main(source: str, target: str, orders: str) -> None:
    document = Document.open(source, author="Counsel", workspace_dir=Path(target).parent / "workspace")
    for order in json.loads(Path(orders).read_text("utf-8")):
        carry_out(document, order)
    sys.stdout.write(f"{len(document.list_revisions())}\n")
    document.save(target)
    document.close()


main(*sys.argv[1:])
