"""The architecture of docs/architecture.md, read from the code's own imports."""

import ast
from fnmatch import fnmatchcase
from functools import cache

import pytest

from tests.helpers.program import MODULES, PACKAGE, read

# What each package may import, besides itself.
MAY_IMPORT = {
    "core": "",
    "document": "core",
    "facts": "core document",
    "clauses": "core document facts",
    "rules": "core document facts",
    "compare": "core document facts",
    "writers": "core document compare",
    "repository": "core document facts clauses",
    "blocks": "core facts clauses rules repository",
    "renewals": "core facts clauses rules repository blocks",
    "billing": "core facts clauses rules repository blocks renewals",
    "letters": "core document facts clauses rules compare writers repository blocks renewals billing",
    "build": "core document facts clauses rules compare writers repository blocks letters",
    "actions": "core document facts clauses compare writers repository blocks renewals billing letters build",
    "web": "core document facts clauses compare writers repository blocks renewals billing letters build actions",
    "cli": "core rules writers repository blocks renewals billing letters build actions web",
}

# Who alone may import what. Models may use pydantic, for they are made of it.
ONE_HOME = {
    "jinja2": {"clauses.evaluation", "clauses.fill", "web.templates"},
    "markdown": {"clauses.markup"},
    "yaml": {"facts.yaml_reader"},
    "click": {"cli.*"},
    "babel": {"facts.formatters"},
    "dateutil": {"core.values"},
    "holidays": {"facts.business_days"},
    "distributed": {"repository.cluster"},
    "filelock": {"repository.store.lock"},
    "icalendar": {"renewals.duties.calendar_file"},
    "pyphen": {"rules.document.readability"},
    "weasyprint": {"writers.pdf.weasyprint.setup"},
    "typst": {"writers.pdf.typst.setup"},
    "pikepdf": {"writers.returned.pdf_file"},
    "pyhanko": {"writers.pdf.signatures"},
    "pypdfium2": {"writers.returned.pdf_pages"},
    "docx": {"writers.docx.writer"},
    "lxml": {"writers.docx.redline.*"},
    "ruamel": {"repository.yaml_editor.tree"},
    "subprocess": {"repository.git_process"},
    "starlette": {"web.application"},
    "h11": {"web.punctual"},
    "uvicorn": {"web.punctual", "web.server"},
    "watchfiles": {"web.live"},
    "anyio": {"web.application", "web.live"},
    "pydantic": {
        "facts.*",
        "repository.models",
        "clauses.clause",
        "clauses.clause_duty",
        "actions.json_schema",
        "web.figure_cache",
    },
}


def top(module: str) -> str:
    return module.partition(".")[0]


def imports(module: str) -> tuple[str, ...]:
    """Every module that is named in an import statement, in a call of import_module, or in a table of what is loaded on demand."""
    return read(MODULES[module]).imports


@cache
def ours(module: str) -> frozenset[str]:
    names = {
        each.removeprefix("contract_assembly.") for each in imports(module) if each.startswith("contract_assembly.")
    }
    return frozenset(names & MODULES.keys())


@cache
def offered(package: str) -> frozenset[str]:
    """The modules of a package that others may import: those in its `__all__`, and in the `__all__` of packages inside it."""
    found: set[str] = set()
    for node in ast.parse((PACKAGE / package.replace(".", "/") / "__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            found |= {f"{package}.{name}" for name in ast.literal_eval(node.value)}
    inner = {each for each in found if MODULES[each].name == "__init__.py"}
    return frozenset(found.union(*map(offered, inner)))


def test_the_listing_is_the_architecture():
    entries = {each.name for each in PACKAGE.iterdir() if each.name != "__pycache__"}
    assert entries == {*MAY_IMPORT, "__init__.py"}


def test_imports_between_packages_are_in_the_table():
    others = {module: {top(other) for other in ours(module)} - {top(module)} for module in MODULES}
    wrong = {module: used - set(MAY_IMPORT[top(module)].split()) for module, used in others.items()}
    assert not {module: used for module, used in wrong.items() if used}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_the_table_allows_nothing_that_is_not_used(package):
    used = {top(other) for module in MODULES if top(module) == package for other in ours(module)} - {package}
    assert used == set(MAY_IMPORT[package].split())


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_only_what_others_offer(package):
    used = {other for module in MODULES if top(module) == package for other in ours(module) if top(other) != package}
    assert used <= {each for other in MAY_IMPORT if other != "cli" for each in offered(other)}


@pytest.mark.parametrize("package", [each for each in MAY_IMPORT if each != "cli"])
def test_a_package_offers_what_somebody_uses(package):
    used = {other for module in MODULES for other in ours(module) if top(module) != package and top(other) == package}
    ways = {".".join(each.split(".")[:depth]) for each in used for depth in range(2, 5)}
    assert used <= offered(package) <= used | ways


def test_there_are_no_circles():
    graph = {module: ours(module) for module in MODULES}
    while leaves := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for leaf in leaves:
            del graph[leaf]
    assert not graph


@pytest.mark.parametrize("library", ONE_HOME)
def test_a_library_has_one_home(library):
    homes = {module for module in MODULES if any(each.split(".")[0] == library for each in imports(module))}
    strangers = {home for home in homes if not any(fnmatchcase(home, name) for name in ONE_HOME[library])}
    assert not strangers
    assert homes, f"nothing imports {library}: drop it here and in pyproject.toml"


def calls(module: str) -> frozenset[str]:
    """The names of what a module calls, without the objects whose methods they are."""
    return frozenset(each.name for each in read(MODULES[module]).calls)


def test_only_the_command_line_prints_and_exits():
    found = {module: calls(module) & {"print", "echo", "exit", "secho"} for module in MODULES if top(module) != "cli"}
    assert not {module: names for module, names in found.items() if names}


def test_only_sources_are_read_and_only_the_store_writes():
    touching = {
        module
        for module in MODULES
        if calls(module)
        & {
            "read_bytes",
            "read_text",
            "write_bytes",
            "write_text",
            "unlink",
            "replace_file",
            "open",
            "open_file",
            *(["File"] if top(module) != "web" else []),  # there it is an answer: bytes in memory
        }
    }
    # source_digest reads the program's own text; cli.output writes the log of a bug to the temporary folder, neither an input nor
    # an output; writers.pdf.typst.setup makes a temporary folder in which typst finds the page;
    # writers.pdf.weasyprint.setup reads style sheets of WeasyPrint's own; writers.returned opens packages that are in memory already; actions.esign.connection opens a connection
    assert touching <= {
        "repository.source",
        "repository.text_files",
        "core.source_digest",
        "cli.output",
        "build.embedded_files.pdf",
        "writers.pdf.typst.setup",
        "writers.pdf.weasyprint.setup",
        "writers.returned.pdf_file",
        "writers.returned.pdf_pages",
        "writers.returned.word_package",
        "actions.esign.connection",
    } | {name for name in MODULES if name.startswith("repository.store")}


NETWORK = ("asyncio", "distributed", "ftplib", "http.client", "http.server", "imaplib", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib.error", "urllib.request", "urllib3", "webbrowser", "xmlrpc")  # fmt: skip


def test_what_opens_a_connection_is_reached_by_the_commands_that_say_so():
    homes = {
        module
        for module in MODULES
        for each in imports(module)
        if f"{each}.".startswith(tuple(f"{name}." for name in NETWORK))
    }
    assert homes == {"actions.esign.connection", "repository.cluster", "web.server"}
    assert commands_that_reach("actions.esign.connection") == {"cli.send", "cli.fetch"}
    assert commands_that_reach("web.server") == {"cli.serve"}
    assert commands_that_reach("repository.cluster") == {
        "cli.workers",
        "cli.build",
        "cli.check",
        "cli.impact",
        "cli.renew",
    }


def commands_that_reach(home: str) -> set[str]:
    reached = {home}
    while more := {module for module in MODULES if ours(module) & reached} - reached:
        reached |= more
    return {each for each in reached if each.startswith("cli.")}


def test_no_command_opens_a_file_to_write():
    """What is named on the command line goes through the store, too: whole or not at all."""
    opened = {
        (module, each.constants)
        for module, path in MODULES.items()
        for each in read(path).calls
        if each.whole in {"click.File", "click.open_file"}
    }
    assert not {(module, modes) for module, modes in opened if any(set(each) & set("wax") for each in modes)}


def test_heavy_libraries_are_not_loaded_with_their_modules():
    heavy = {"weasyprint", "typst", "docx", "babel", "holidays", "icalendar", "pikepdf"}
    at_top = {module: read(path).at_top & heavy for module, path in MODULES.items()}
    assert not {module: found for module, found in at_top.items() if found}
