"""Which changes on disk matter, and how they reach a page."""

from datetime import date

import anyio
import pytest

from contract_assembly.web.live import Listeners, matters, watch
from contract_assembly.web.state import SiteState


@pytest.mark.parametrize(
    "path", ["agreements/acme/client.yaml", "clauses/notices.md", ".git/HEAD", ".git/refs/heads/main"]
)
def test_files_of_ours_and_the_last_commit_matter(path):
    assert matters(path)


@pytest.mark.parametrize(
    "path",
    [
        ".build/lock",
        "agreements/acme/.client.yaml.swp",
        "agreements/acme/client.yaml~",
        ".git/index.lock",
        ".git/objects/ab/cd",
        ".git/HEAD.lock",
        ".git",
    ],
)
def test_files_that_other_programs_leave_behind_do_not(path):
    assert not matters(path)


def test_a_page_hears_of_each_change_and_of_those_before_it_listened(tmp_path):
    state = SiteState(tmp_path, lambda: date(2026, 11, 30))
    listeners = Listeners(state)

    async def heard():
        listeners.notify(["provider/rates.yaml"])
        events = listeners.events(1)
        yield await anext(events)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(later)
            yield await anext(events)

    async def later():
        await anyio.sleep(0.01)
        listeners.notify(["provider/rates.yaml"])

    async def collected():
        return [each async for each in heard()]

    assert anyio.run(collected) == ["event: changed\ndata: 2\n\n", "event: changed\ndata: 3\n\n"]


def test_where_the_system_watches_no_more_folders_the_files_are_looked_at_instead(tmp_path, monkeypatch):
    tried, seen = [], []

    async def awatch(base, **how):
        tried.append(how.get("force_polling", False))
        if not how.get("force_polling"):
            raise OSError(28, "no space left on device")  # what inotify says
        yield {(1, str(base / "provider/rates.yaml")), (1, str(base / ".build/x"))}

    monkeypatch.setattr("contract_assembly.web.live.awatch", awatch)
    anyio.run(watch, tmp_path.resolve(), seen.append)
    assert (tried, seen) == ([False, True], [["provider/rates.yaml"]])


def test_a_change_on_disk_is_seen_in_under_300_ms(tmp_path):
    (tmp_path / "agreements").mkdir()
    seen = []

    async def run():
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch, tmp_path, seen.append)
            await anyio.sleep(0.3)
            (tmp_path / "agreements/x.yaml").write_text("a: b\n")
            began = anyio.current_time()
            while not seen and anyio.current_time() < began + 5:
                await anyio.sleep(0.005)
            took = anyio.current_time() - began
            tasks.cancel_scope.cancel()
        return took

    took = anyio.run(run)
    assert seen[0] == ["agreements/x.yaml"]
    assert took < 0.3
