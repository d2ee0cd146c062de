"""Power cuts and polite stops, while people read and files are imported."""

import json
import os
import signal
import subprocess
import threading
import time
import unittest
from urllib.error import URLError

from server import Server, ask
from stage import STAGE, Office

ROUNDS = int(os.environ.get("PLUMBLINE_KILL_ROUNDS", "10"))


class Readers:
    """People who look at pages all the time, until told to stop."""

    def __init__(self, server, cookie, count=8, paths=("/", "/channels", "/api/questions/funnel")):
        self.server = server
        self.headers = {"Cookie": f"plumbline_session={cookie}"}
        self.paths = paths
        self.over = threading.Event()
        self.answers = []
        self.threads = [threading.Thread(target=self._read, daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def _read(self):
        while not self.over.is_set():
            for path in self.paths:
                try:
                    answer = ask(self.server.address + path, headers=self.headers, timeout=20)
                    self.answers.append((path, answer.status))
                except (URLError, OSError):
                    time.sleep(0.05)

    def stop(self):
        self.over.set()
        for thread in self.threads:
            thread.join(30)


class Killed(unittest.TestCase):
    """kill -9 under load, and up again."""

    def test_nothing_is_lost_and_sessions_hold(self):
        office = Office(STAGE, "killed")
        workspace, server = office.workspace, office.server
        whole = imported(workspace)
        cookie = office.cookies["leadership"]
        headers = {"Cookie": f"plumbline_session={cookie}"}
        before = ask(server.address + "/api/questions/funnel", headers=headers).text
        begun, made = [], 0
        for number in range(ROUNDS):
            readers = Readers(server, cookie)
            file, mapping = news(workspace, number)
            command = [STAGE.binary, "import", "--workspace", workspace, "--mapping", mapping, file]
            importing = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            # Something the server itself writes: a session begins, which must outlive the cut.
            begun.append(office.accounts.session(office.numbers["marketing"])[0])
            time.sleep(0.05 + 0.12 * (number % 5))
            server.kill()
            if number % 2:
                importing.send_signal(signal.SIGKILL)
            importing.wait()
            readers.stop()
            wrong = [answer for answer in readers.answers if answer[1] >= 500]
            self.assertEqual(wrong, [], f"round {number}")

            server = office.server = Server(STAGE.binary, workspace)
            after = ask(server.address + "/api/questions/funnel", headers=headers)
            self.assertEqual(after.status, 200, f"round {number}: the session holds")
            for other in begun:
                answer = ask(server.address + "/", headers={"Cookie": f"plumbline_session={other}"})
                self.assertEqual(answer.status, 200, f"round {number}: a session begun before")
            now_imported = imported(workspace)
            self.assertIn(now_imported - whole, (0, NEWS), f"round {number}: a half import")
            if not number % 2:
                self.assertEqual(now_imported - whole, NEWS, f"round {number}: an import is lost")
            made += now_imported != whole
            whole = now_imported
            STAGE.command("doctor", "--workspace", workspace)
        self.assertGreater(made, 0)
        self.assertNotEqual(before, after.text, "what was imported counts")
        self.assertEqual(server.stop(), 0)


class Stopped(unittest.TestCase):
    """SIGTERM, as from a service manager."""

    def test_what_is_being_answered_is_answered_first(self):
        # Other seeds, so that no answer is kept; as many months as may be drawn from outside.
        slow = "/api/questions/simulate?changes=hire%201&months=60&draws=2000&seed={}"
        for attempt in range(3):
            office = Office(STAGE, "stopped")
            office.ask("/api/questions/funnel", timeout=120)
            began = time.monotonic()
            self.assertEqual(office.ask(slow.format(99), timeout=120).status, 200)
            # About three seconds of work, on a fast machine as on a slow one.
            count = min(20, max(4, int(6 / (time.monotonic() - began))))
            answers = []
            threads = [
                threading.Thread(
                    target=lambda seed: answers.append(
                        office.ask(slow.format(seed), timeout=120).status
                    ),
                    args=[seed],
                )
                for seed in range(count)
            ]
            for thread in threads:
                thread.start()
            time.sleep(0.2)
            self.assertLess(len(answers), count, f"attempt {attempt}: some are being answered")
            self.assertEqual(office.server.stop(110), 0, f"attempt {attempt}")
            for thread in threads:
                thread.join()
            self.assertEqual(answers, [200] * count, f"attempt {attempt}")

    def test_open_pages_do_not_keep_it_from_stopping(self):
        office = Office(STAGE, "open-pages")
        browser = STAGE.browser()
        office.enter(browser, "leadership")
        browser.open(office.address)
        time.sleep(1)
        began = time.monotonic()
        self.assertEqual(office.server.stop(), 0)
        self.assertLess(time.monotonic() - began, 10)
        browser.complaints()

    def test_it_can_be_stopped_before_it_was_asked_anything(self):
        server = Server(STAGE.binary, STAGE.workspace("unasked"))
        self.assertEqual(server.stop(), 0)


# Leads in each file of news: enough that an import is cut in the middle.
NEWS = 20_000
CHANNEL = "News file"


def news(workspace, number):
    """A file with leads that are not in the workspace yet, and its mapping."""
    folder = os.path.join(workspace, "news")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"news-{number}.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Id,Created,Source\n")
        first = 5_000_000 + number * NEWS
        for lead in range(first, first + NEWS):
            file.write(f"{lead},2026-06-{1 + lead % 28:02d} 10:00,{CHANNEL}\n")
    mapping = os.path.join(folder, "mapping.yaml")
    with open(mapping, "w", encoding="utf-8") as file:
        file.write(
            "mapping: 1\nsource: crm\ntime_zone: Europe/Berlin\nfiles:\n  - file: news-*.csv\n"
            "    records:\n      - {kind: lead, id: Id, created: Created, channel: Source}\n"
        )
    return path, mapping


def imported(workspace):
    """How many leads came from files of news."""
    answer = STAGE.command(
        "funnel", "--workspace", workspace, "--where", f"channel={CHANNEL}", "--format", "json"
    )
    return json.loads(answer)["total"]["leads"]
