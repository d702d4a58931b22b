"""Fill a Word template with docxtpl; run by the Python of `.venv-bench`: `peer_docxtpl.py TEMPLATE FACTS.json OUT`."""

import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate  # type: ignore[import-not-found]  # the peers have a Python of their own

template = DocxTemplate(sys.argv[1])
template.render(json.loads(Path(sys.argv[2]).read_text("utf-8")), autoescape=True)
template.save(sys.argv[3])
