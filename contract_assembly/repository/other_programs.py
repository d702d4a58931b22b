"""Files that other programs leave next to ours: locks, caches, backups, and copies made by a sync service.

Pure: only names are examined. Locks, caches and backups are skipped in every folder. A conflict copy may contain
someone's changes, so it is never skipped: `conflict_copy` names the program, and reading the folder reports the file.
"""

import re

# Names that begin with a dot hide macOS metadata (._x, .DS_Store), LibreOffice locks (.~lock.x#), Emacs locks (.#x), Vim swap
# files and more. One such name, in a Word package, is ours.
_OURS = frozenset({".rels"})
_LEFT_BEHIND = re.compile(
    r"""
      ~\$.*                                     # Word, Excel: the file is open
    | ~.*\.tmp | ~wr[adl]\d+.* | lu\w+\.tmp       # Word, LibreOffice: temporary
    | thumbs\.db(:.*)? | ehthumbs(_vista)?\.db | desktop\.ini | \$recycle\.bin | system\ volume\ information    # Windows
    | icon\r | __macosx                          # macOS
    | .*~ | \#.*\# | .*\.(bak|old|orig|rej|sw[a-p]|tmp|temp|crdownload|part|partial|kate-swp)    # editors, merges, downloads
    | 4913                                       # Vim: a test of the folder
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_COPIES = (
    ("Syncthing", re.compile(r"\.sync-conflict-\d{8}-\d{6}", re.IGNORECASE)),
    ("Dropbox or Nextcloud", re.compile(r"\([^)]*conflicted copy[^)]*\)|_conflict-\d{8}-\d{6}", re.IGNORECASE)),
    ("Google Drive or a browser", re.compile(r" ?\(\d+\)(?=\.|$)")),
    ("a file manager", re.compile(r" - copy\b|^copy of | copy( \d+)?(?=\.|$)", re.IGNORECASE)),
    (
        "OneDrive",
        re.compile(r"-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,}(?=\.)"),
    ),  # -DESKTOP-4F3A; our names are in lower case
)


def is_left_behind(name: str) -> bool:
    """Whether a file or folder belongs to another program and contains nothing of ours."""
    return (name.startswith(".") and name not in _OURS) or _LEFT_BEHIND.fullmatch(name) is not None


def conflict_copy(name: str) -> str | None:
    """The program that made this copy when two people changed a file at the same time; None for any other file."""
    return next((program for program, pattern in _COPIES if pattern.search(name)), None)
