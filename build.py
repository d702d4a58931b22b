#!/usr/bin/env python3
"""The door: everything else is in contract_assembly/."""

import sys

try:
    from contract_assembly.cli import main
except ModuleNotFoundError as missing:
    sys.exit(f"{missing.name} is not installed here: run make contract once, then .venv/bin/python build.py")
main()
