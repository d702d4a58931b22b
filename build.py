#!/usr/bin/env python3
"""The door: everything else is in contract_assembly/."""

try:
    from contract_assembly.cli import run
except ModuleNotFoundError as missing:
    raise SystemExit(f"{missing.name} is missing: run make contract once, then .venv/bin/python build.py") from None

if __name__ == "__main__":  # a worker process imports this file, too
    run()
