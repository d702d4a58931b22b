"""The stages of a build and the writers, in this process with everything loaded. Reads a repository, writes nothing."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import weasyprint  # whole: when the program imports it first, it leaves out the style sheets for arbitrary HTML

from bench.clock import Group, Job, collector_off, compared, here
from bench.naive_docx import naive_docx
from bench.naive_page import STYLE, naive_page
from contract_assembly.build import pipeline
from contract_assembly.clauses import assemble, clause, fill, parse
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Document
from contract_assembly.facts.outline import OUTLINES
from contract_assembly.facts.template_context import template_context
from contract_assembly.repository import models
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.document import check
from contract_assembly.writers.formats import FORMATS
from contract_assembly.writers.html import html
from contract_assembly.writers.pdf.weasyprint.writer import page_rule
from contract_assembly.writers.pdf.writer import pdf

WHOLE, PDF, DOCX = "all steps, every format", "pdf", "docx"
ALONE = "WeasyPrint alone on our page"
CACHED = (fill.compiled, parse.parse, parse.parse_inline)


def stages(words: Path, client: str, agreement: str, rounds: int) -> Group:
    """Each stage of another build in a process that has built this agreement before, including reading its files."""
    repository = Repository(words)
    inputs = repository.inputs(client, agreement)
    outline = repository.outline(OUTLINES[inputs.agreement.model.kind])
    library, facts, folder = (
        repository.library(client, agreement),
        template_context(inputs),
        f"agreements/{client}/{agreement}",
    )
    made = pipeline.draft(repository, client, agreement)
    assembled = partial(assemble.assemble, inputs, facts, outline, library, folder)
    tree = assembled()
    house = repository.house()
    work: dict[str, Callable[[], object]] = {
        "load: files, models, house style": lambda: _loaded(words, client, agreement),
        "facts by name": lambda: template_context(inputs),
        "assemble: fill and parse, nothing cached": lambda: _uncached(assembled),
        "assemble: fill and parse, clauses cached": assembled,
        "number and resolve": lambda: resolved(numbered(with_used_definitions(tree.document)), tree.elsewhere),
        "check": lambda: tuple(check(made.document)),
        "all steps to the finished tree, clauses cached": lambda: pipeline.draft(repository, client, agreement),
        "html": lambda: html(made.document, house),
        **{name: partial(write, made.document, house) for name, write in FORMATS.items()},
        WHOLE: lambda: pipeline.render(repository, pipeline.draft(repository, client, agreement), FORMATS),
        f"{WHOLE}, typst": lambda: pipeline.render(
            repository, pipeline.draft(repository, client, agreement, engine="typst"), FORMATS
        ),
    }
    return compared("Warm: each stage, ratio to all steps", _timed(work), WHOLE, rounds)


def _loaded(words: Path, client: str, agreement: str) -> None:
    clause.read_clause.cache_clear()
    models.read_once.cache_clear()
    repository = Repository(words)
    repository.inputs(client, agreement)
    repository.library(client, agreement)
    repository.house()


def _uncached(work: Callable[[], object]) -> object:
    for function in CACHED:
        function.cache_clear()
    return work()


def _timed(work: Mapping[str, Callable[[], object]]) -> dict[str, Job]:
    return {name: here(each) for name, each in work.items()}


def around_weasyprint(words: Path, client: str, agreement: str, rounds: int) -> Group:
    """Our share of another build in a batch, in all formats, measured against itself plus WeasyPrint alone on our page. The
    whole build takes less than the two together, because it saves WeasyPrint some work."""
    repository = Repository(words)
    made, house = pipeline.draft(repository, client, agreement), repository.house()
    weasyprint_alone = weasyprint_on_our_page(made.document, house)

    def ours() -> None:
        pipeline.draft(repository, client, agreement)
        pipeline.render(repository, made, ("md", "docx"))
        _our_part_of_the_pdf(made.document, house)

    both, alone = "all that is ours, and WeasyPrint alone on our page", "all that is ours"
    jobs = {
        both: here(lambda: (ours(), weasyprint_alone())),
        alone: here(ours),
        ALONE: here(weasyprint_alone),
        WHOLE: here(lambda: pipeline.render(repository, pipeline.draft(repository, client, agreement), FORMATS)),
    }
    return compared("Warm: what is ours around WeasyPrint", jobs, both, rounds, {alone: 0.05})


def _our_part_of_the_pdf(document: Document, house: HouseStyle) -> None:
    from contract_assembly.writers.pdf.glyphs import unprintable

    unprintable(document, tuple(sorted(house.fonts.items())))
    html(document, house)


def against_naive(document: Document, house: HouseStyle, rounds: int) -> Iterator[Group]:
    """Our writers against straightforward ones on the same tree, and our PDF against WeasyPrint alone on our own page."""
    naive, ours = "python-docx, paragraph by paragraph", "our DOCX"
    words = {naive: here(lambda: naive_docx(document, house)), ours: here(lambda: FORMATS["docx"](document, house))}
    yield compared("Warm: DOCX against python-docx's paragraph API", words, naive, rounds, {ours: 0.1})
    page, page_ours = "WeasyPrint on a straightforward page", "our PDF"
    pages = {
        page: here(weasyprint_on_the_naive_page(document, house)),
        page_ours: here(lambda: pdf(document, house)),
        ALONE: here(weasyprint_on_our_page(document, house)),
    }
    yield compared("Warm: PDF against WeasyPrint on a straightforward page", pages, page, rounds, {page_ours: 0.65})


def weasyprint_on_the_naive_page(document: Document, house: HouseStyle) -> Callable[[], object]:
    faces = "".join(line for line in house.css.splitlines() if line.startswith("@font-face"))
    return partial(_printed, lambda: naive_page(document), *_sheet(faces + STYLE, house))


def weasyprint_on_our_page(document: Document, house: HouseStyle) -> Callable[[], object]:
    """WeasyPrint alone: of ours, only the page, made beforehand, and garbage collection turned off as in `pdf`."""
    widths = "".join(f".w{percent}{{width:{percent}%}}" for percent in range(1, 101))
    page, sheet = html(document, house), _sheet(f"{house.css}@page{{{page_rule(document.meta, house)}}}{widths}", house)

    def printed() -> object:
        with collector_off():
            return _printed(lambda: page, *sheet)

    return printed


def _printed(page: Callable[[], str], sheet: Any, fonts: Any, fetch: Any) -> object:
    return weasyprint.HTML(string=page(), url_fetcher=fetch).write_pdf(stylesheets=[sheet], font_config=fonts)


def _sheet(css: str, house: HouseStyle) -> tuple[Any, Any, Any]:
    """A parsed style sheet with its fonts, from the house style as in `pdf`, so that both sides use the same fonts."""
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()

    def fetch(url: str) -> Any:
        from weasyprint.urls import URLFetcherResponse

        name = url.removeprefix("house:")
        kind = "font/ttf" if name.endswith(".ttf") else "image/svg+xml"
        return URLFetcherResponse(url, {**house.fonts, **house.pictures}[name], {"Content-Type": kind})

    return weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetch), fonts, fetch
