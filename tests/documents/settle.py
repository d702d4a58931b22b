"""Accept or reject every tracked change in Word files and save them; run by LibreOffice's own Python.

    python3 settle.py PIPE (accept|reject IN.docx OUT.docx)...

For each file, prints a line with the number of changes found and the number left. LibreOffice listens on the pipe and exits
afterwards.
"""

import sys

from office import changes, connected, desktop_of, dispatch, ended, opened, saved

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def main(pipe: str, *orders: str) -> None:
    context = connected(pipe)
    desktop = desktop_of(context)
    for how, source, target in zip(orders[::3], orders[1::3], orders[2::3], strict=True):
        document = opened(desktop, source)
        before = changes(document)
        dispatch(context, document, COMMANDS[how])
        saved(document, target)
        sys.stdout.write(f"{before} {changes(document)}\n")
        document.close(True)
    ended(desktop)


main(*sys.argv[1:])
