"""Sends many webhooks at once, and kills the workers: no article is lost and no partial card is served.

`make slow` runs a part; `make endurance` sends 1,000 webhooks and kills 100 times (environment: KILLS, WEBHOOKS).
"""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Semaphore, Thread

import pytest

from local_stack import aws, stack
from support.endurance import desk, headline, processes_of
from support.one_format import link_assets
from support.photographs import large_photo
from support.web_server import page, web_server

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "15"))
WEBHOOKS = int(os.environ.get("WEBHOOKS", "100"))
WORKER = "render_worker.app.handler"


@pytest.fixture(autouse=True)
def _small_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack, "ASSETS", link_assets(tmp_path))


def test_webhooks_without_pause_all_become_cards():
    names = [f"story-{number}" for number in range(WEBHOOKS)]
    with desk() as system:
        started = time.monotonic()
        with ThreadPoolExecutor(16) as senders:
            list(senders.map(lambda name: system.send(name, 1), names))
        taken = time.monotonic() - started
        system.drain()
        drained = time.monotonic() - started
        for name in names:
            assert system.check_whole(name) == {headline(name, 1)}
    print(f"\n{WEBHOOKS} webhooks taken in {taken:.1f} s, {WEBHOOKS / taken:.0f} a second; all sets made within {drained:.1f} s")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_killed_worker_loses_no_article_and_leaves_no_partial_card():
    chance, stop, faults = random.Random(11), Event(), []
    names = [f"story-{number}" for number in range(10)]
    newest = dict.fromkeys(names, 0)
    looks = 0
    with desk() as system:

        def publish() -> None:
            """Sends revisions without pause, so that a render is running whenever the worker is killed."""
            while not stop.is_set():
                name = chance.choice(names)
                newest[name] += 1
                system.send(name, newest[name])
                stop.wait(0.2)

        def read() -> None:
            nonlocal looks
            reader = random.Random(12)
            while not stop.is_set():
                name = reader.choice(names)
                try:
                    system.check_whole(name)
                    looks += 1
                except Exception as error:
                    faults.append(f"{name}: {error!r}")
                stop.wait(0.1)

        threads = [Thread(target=publish), Thread(target=read)]
        for thread in threads:
            thread.start()
        killed, deadline = 0, time.monotonic() + 60 + 30 * KILLS
        while killed < KILLS and time.monotonic() < deadline:
            time.sleep(random.Random(killed).uniform(0.05, 2.5))
            for process in processes_of(WORKER):
                os.kill(process, signal.SIGKILL)
                killed += 1
        stop.set()
        for thread in threads:
            thread.join()
        system.drain()
        assert (killed >= KILLS, faults) == (True, [])
        for name, number in newest.items():
            assert system.check_whole(name) == ({headline(name, number)} if number else set())
    print(
        f"\n{killed} kills, {sum(newest.values())} revisions of {len(names)} articles, {looks} looks at a manifest and its cards"
    )


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_killed_photo_worker_holds_up_no_other_article_and_gives_cards_without_the_photo(monkeypatch):
    monkeypatch.setattr(aws, "PHOTO_VISIBILITY_TIMEOUT", 5)
    sent, photo = Semaphore(0), large_photo()

    def answer(request) -> None:
        page(photo)(request)
        sent.release()

    with web_server() as site, desk() as system:
        site.pages["/ferry.jpg"] = answer
        system.send("ferry", 1, image={"url": f"{site.base_url}/ferry.jpg"})
        system.send("tram", 1)
        kills = 0
        for attempt in (1, 2):
            assert sent.acquire(timeout=60)
            time.sleep(0.03)  # it is being decoded
            for process in processes_of("photo_worker.app.handler"):
                os.kill(process, signal.SIGKILL)
                kills += 1
            if attempt == 1:
                deadline = time.monotonic() + 4.5  # less than the photo message is hidden
                while not system.check_whole("tram"):
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                assert system.check_whole("ferry") == set()
        system.drain()
        assert kills >= 2
        assert len(site.requests) == 2
        assert system.check_whole("ferry") == {headline("ferry", 1)}
        assert system.notices("ferry") == ["The photograph could not be used: these cards are without it."]
