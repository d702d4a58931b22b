"""Carry out Schematron rules, made into XSLT, on XML files: a line of JSON for each file. Runs in .venv-documents, which has Saxon."""

import json
import sys
from xml.etree import ElementTree as ET

from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def main() -> None:
    rules, *paths = sys.argv[1:]
    with PySaxonProcessor(license=False) as saxon:
        judge = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=rules)
        for path in paths:
            report = ET.fromstring(judge.transform_to_string(source_file=path))  # noqa: S314  # Saxon wrote it
            failed = [
                f"[{each.get('id')}] {' '.join(''.join(each.itertext()).split())}"
                for each in report.iter(f"{SVRL}failed-assert")
            ]
            print(json.dumps({"fired": len(list(report.iter(f"{SVRL}fired-rule"))), "failed": failed}))  # noqa: T201  # the answer


main()
