#!/usr/bin/env python3
"""The door: everything else is in contract_assembly/."""

import atexit
import gc

try:
    from contract_assembly.cli import main
except ModuleNotFoundError as missing:
    raise SystemExit(f"{missing.name} is missing: run make contract once, then .venv/bin/python build.py") from None

if __name__ == "__main__":  # a worker process imports this file, too
    gc.disable()  # what one build makes lives until its end: looking for dead objects took a fifth of its time
    atexit.register(gc.freeze)
    main()
