"""The same pages as files, for an artifact of a pipeline or an intranet. The same repository and day give the same bytes. Pure:
the command writes them."""

from collections.abc import Callable, Iterator, Mapping
from posixpath import dirname, relpath

from msgspec import Struct, field

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web import templates
from contract_assembly.web.firm import Firm, firm_of
from contract_assembly.web.page import Answer, File, Page, PageRequest, Route
from contract_assembly.web.portfolio import clients_gathered
from contract_assembly.web.routes import ROUTES, SECTIONS, refused_page
from contract_assembly.web.snapshot import Snapshot

ABSENT = "#not-in-these-files"  # where a link goes whose page only a server has
ASSETS = ("style.css", "icon.svg")


class Site(Struct):
    """The pages of a snapshot. `problems` is what kept a page from being made, and `absent` the addresses to which pages link and
    that are not among them; both are complete once every file was taken."""

    snapshot: Snapshot
    problems: list[Problem] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file, by its name below the folder of the site."""
        firm = firm_of(self.snapshot)
        for name in ASSETS:
            yield name, templates.asset(name, firm.colour)
        names = {address(route, each): file_name(address(route, each)) for route, each in self._pages()}
        names |= {f"/{each}": each for each in ASSETS}
        for route, each in self._pages():
            name = names[address(route, each)]
            answer = self._made(route, each)
            if isinstance(answer, File):
                yield name, answer.data
            elif isinstance(answer, Page):
                yield name, self._rendered(answer, firm, self._links(name, names)).encode()
        self.problems += [
            each for client in clients_gathered(PageRequest(self.snapshot)).found for each in client.problems
        ]

    def _pages(self) -> Iterator[tuple[Route, Mapping[str, str]]]:
        for route in ROUTES:
            if route.every:
                yield from ((route, each) for each in route.every(self.snapshot))

    def _made(self, route: Route, names: Mapping[str, str]) -> Answer:
        try:
            return route.page(PageRequest(self.snapshot, names))
        except RefusedError as error:
            self.problems += error.problems
            return refused_page(error)

    def _rendered(self, page: Page, firm: Firm, link: Callable[[str], str]) -> str:
        return templates.rendered(page, link, on=self.snapshot.on, sections=SECTIONS, firm=firm.name)

    def _links(self, name: str, names: Mapping[str, str]) -> Callable[[str], str]:
        """How a page with this file name refers to others."""

        def link(to: str) -> str:
            path = to.partition("?")[0].partition("#")[0]
            if path not in names:
                self.absent.add(path)
                return ABSENT
            return relpath(names[path], dirname(name) or ".")

        return link


def address(route: Route, names: Mapping[str, str]) -> str:
    """The address of a page with these names in it."""
    return route.path.format(**names)


def file_name(path: str) -> str:
    """The name of the file for an address: "/" is index.html, and "/due/acme" is due/acme.html."""
    last = path.rpartition("/")[2]
    return path[1:] if "." in last else f"{path[1:] or 'index'}.html"
