#!/usr/bin/env python3
"""How many readers the web app bears, and how long they wait.

    Benchmarks/web/run.py --plumbline PATH [--leads 100000] [--connections 200] [--seconds 30]
                          [--whatif-leads 1000000] [--keep FOLDER]

Needs wrk, which Debian has. First, so many readers ask for the pages Verdict and Channels for so
many seconds while files are imported all the time: no answer may be an error. Then one reader
moves the controls of the what-if on the page Channels over a larger company, each time to another
value that nobody has asked for before.
"""

import argparse
import csv
import datetime
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(FOLDER)), "Tests", "Browser"))
sys.dont_write_bytecode = True

from accounts import Accounts  # noqa: E402
from server import Server, ask  # noqa: E402


def company(plumbline, folder, leads):
    """A workspace with so many leads; made once a folder."""
    place = os.path.join(folder, f"{leads}-leads")
    workspace = os.path.join(place, "workspace")
    if not os.path.exists(os.path.join(workspace, "plumbline.sqlite")):
        subprocess.run([plumbline, "bench", "generate", "--leads", str(leads), place], check=True)
        subprocess.run(
            [plumbline, "import", "--workspace", workspace, os.path.join(place, "data")],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return workspace


class Office:
    """A server with a session of leadership."""

    def __init__(self, plumbline, workspace):
        self.server = Server(plumbline, workspace)
        accounts = Accounts(workspace)
        name = f"bench-{time.time_ns()}"
        self.cookie, _ = accounts.session(accounts.add("leadership", name))
        self.headers = {"Cookie": f"plumbline_session={self.cookie}"}

    def ask(self, path):
        return ask(self.server.address + path, headers=self.headers, timeout=120)


class Imports:
    """Imports small files again and again, so that what is on disk changes all the time."""

    def __init__(self, plumbline, workspace):
        self.command = [plumbline, "import", "--workspace", workspace]
        self.folder = os.path.join(workspace, "news")
        os.makedirs(self.folder, exist_ok=True)
        self.mapping = os.path.join(self.folder, "mapping.yaml")
        with open(self.mapping, "w", encoding="utf-8") as file:
            file.write(
                "mapping: 1\nsource: crm\ntime_zone: UTC\nfiles:\n  - file: news.csv\n"
                "    records:\n      - {kind: lead, id: Id, created: Created, channel: Source}\n"
            )
        self.over = threading.Event()
        self.count = 0
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        path = os.path.join(self.folder, "news.csv")
        while not self.over.is_set():
            first = 10**9 + time.time_ns() // 10**6
            with open(path, "w", encoding="utf-8") as file:
                file.write("Id,Created,Source\n")
                for lead in range(100):
                    file.write(f"{first + lead},2026-06-01 10:00,Bench\n")
            done = subprocess.run(
                [*self.command, "--mapping", self.mapping, path],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(done.stderr)
            self.count += 1
            self.over.wait(2)

    def stop(self):
        self.over.set()
        self.thread.join()


def wrk(office, path, connections, seconds):
    """What wrk says of a page."""
    done = subprocess.run(
        [
            "wrk",
            *("--threads", "2"),
            *("--connections", str(connections)),
            *("--duration", f"{seconds}s"),
            *("--timeout", "60s"),
            "--latency",
            *("--header", f"Cookie: {office.headers['Cookie']}"),
            office.server.address + path,
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    def found(pattern):
        match = re.search(pattern, done)
        return match.group(1) if match else "-"

    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    sockets = re.search(r"Socket errors: (.*)", done)
    return {
        "rate": found(r"Requests/sec:\s+(\S+)"),
        "middle": found(r"50%\s+(\S+)"),
        "slow": found(r"99%\s+(\S+)"),
        "wrong": int(wrong.group(1)) if wrong else 0,
        "sockets": sockets.group(1) if sockets else "",
    }


def readers(options, folder):
    workspace = company(options.plumbline, folder, options.leads)
    office = Office(options.plumbline, workspace)
    for path in ("/", "/channels"):
        assert office.ask(path).status == 200, path
    imports = Imports(options.plumbline, workspace)
    failed = False
    print(f"{options.leads:,} leads, {options.connections} readers, imports all the time:")
    print("| page | requests a second | p50 | p99 | errors |")
    print("| --- | ---: | ---: | ---: | ---: |")
    try:
        for title, path in (("Verdict", "/"), ("Channels", "/channels")):
            told = wrk(office, path, options.connections, options.seconds)
            errors = f"{told['wrong']} {told['sockets']}".strip()
            failed |= errors != "0"
            print(f"| {title} | {told['rate']} | {told['middle']} | {told['slow']} | {errors} |")
    finally:
        imports.stop()
    print(f"{imports.count} imports; at most {office.server.peak_memory() / 1e6:,.0f} MB.\n")
    office.server.stop(60)
    return failed or imports.count == 0


SCORES = """
hand_off: mql
score:
  engagement: {download: 10, email_open: {points: 2, most: 10}, pricing_visit: 15, half_life: 30 days}
  mql_at: 20
"""
TOUCHES = """mapping: 1
source: web
time_zone: UTC
files:
  - file: web.csv
    records:
      - {kind: touch, lead: lead, type: type, at: at}
"""


def scored(plumbline, workspace):
    """Gives the company touches, two a lead and more, and a score that an MQL takes."""
    folder = os.path.join(workspace, "web")
    if os.path.exists(folder):
        return
    os.makedirs(folder)
    draw = random.Random(7)
    leads = os.path.join(os.path.dirname(workspace), "data", "leads.csv")
    with open(leads, encoding="utf-8") as rows, open(
        os.path.join(folder, "web.csv"), "w", encoding="utf-8"
    ) as file:
        file.write("lead,type,at\n")
        for row in csv.DictReader(rows):
            time_of = datetime.datetime.fromisoformat(row["created_at"])
            for _ in range(draw.choice([0, 1, 2, 3, 5])):
                time_of += datetime.timedelta(seconds=draw.randrange(3600, 12 * 86_400))
                kind = draw.choice(["download", "email_open", "pricing_visit"])
                file.write(f"{row['id']},{kind},{time_of:%Y-%m-%d %H:%M:%S}\n")
    mapping = os.path.join(folder, "mapping.yaml")
    with open(mapping, "w", encoding="utf-8") as file:
        file.write(TOUCHES)
    agreement = os.path.join(workspace, "agreement.yaml")
    with open(agreement, encoding="utf-8") as file:
        text = file.read()
    stage = "{id: mql, owner: marketing, evidence: []"
    assert stage in text
    with open(agreement, "w", encoding="utf-8") as file:
        file.write(text.replace(stage, stage + ", gate: {score: 20}") + SCORES)
    subprocess.run(
        [
            *(plumbline, "import", "--workspace", workspace, "--mapping", mapping),
            os.path.join(folder, "web.csv"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


# What a control says, how the page is asked, and the values that it is moved over.
WHAT_IFS = [
    ("an SQL follows within N days", "confirmed=mql:sql:{}", range(1, 121)),
    ("an MQL takes N points", "mql-at={}", [*range(19, 4, -1), *range(21, 61)]),
    ("MQL to SQL is judged in N days", "horizon=mql-sql:{}", range(1, 61)),
    ("strict, judged in N days", "skips=strict&horizon=mql-sql:{}", range(1, 61)),
    ("new episodes, judged in N days", "returns=new_episode&horizon=mql-sql:{}", range(1, 61)),
    ("one channel, within N days", "where=channel%3Dwebinar&confirmed=mql:sql:{}", range(1, 61)),
]


def what_if(options, folder):
    workspace = company(options.plumbline, folder, options.whatif_leads)
    scored(options.plumbline, workspace)
    office = Office(options.plumbline, workspace)
    office.headers["X-Fragment"] = "channels"
    assert office.ask("/channels?by=channel").status == 200
    print(f"{options.whatif_leads:,} leads, one reader moves a control of the page Channels:")
    print("| what if | values | p50 ms | p95 ms | longest ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    failed = False
    for title, path, values in WHAT_IFS:
        path = "/channels?by=channel&" + path
        # What a first question of its kind makes for all others is made before.
        assert office.ask(path.format(20)).status == 200, path
        seconds = []
        for value in values:
            began = time.monotonic()
            assert office.ask(path.format(value)).status == 200
            seconds.append(time.monotonic() - began)
        middle, slow, longest = (
            statistics.median(seconds), statistics.quantiles(seconds, n=20)[18], max(seconds)
        )
        failed |= slow > 0.1
        print(
            f"| {title} | {len(seconds)} | {middle * 1000:.0f} | {slow * 1000:.0f}"
            f" | {longest * 1000:.0f} |",
            flush=True,
        )
    print(f"\nAt most {office.server.peak_memory() / 1e6:,.0f} MB.")
    office.server.stop(60)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--plumbline", required=True)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--whatif-leads", type=int, default=1_000_000)
    parser.add_argument("--keep", help="a folder in which the companies stay")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk")
    folder = options.keep or tempfile.mkdtemp(prefix="plumbline-web-")
    try:
        failed = readers(options, folder)
        failed |= what_if(options, folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
