"""What the scripts that take samples through their steps share: a command of the program, and one of git."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COUNSEL = "Sample counsel (nobody: delete this file and begin your own)"


def build(root: Path, *line: str) -> None:
    """Run a command of the program in a repository; end here if it fails."""
    subprocess.run([sys.executable, ROOT / "build.py", "--root", root, *line], check=True, stdout=subprocess.DEVNULL)


def git(root: Path, *line: str) -> None:
    """Run git in a repository; end here if it fails."""
    subprocess.run(["git", *line], cwd=root, check=True, stdout=subprocess.DEVNULL)
