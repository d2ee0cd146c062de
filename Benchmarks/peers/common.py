"""What the peers share: the question, the phases of a run, and the text form of an answer.

A peer is one program. It is started once a phase, so that each phase has a process of its own:

    python3 polars_peer.py import|ask|delta --data FOLDER --store FOLDER --output FOLDER --log FILE

`--prepared` asks for the same engine with a prepared mart: a stored table with one row a lead.
The question is explained in ../README.md; this file holds its constants.
"""

import argparse
import datetime
import json
import os
import resource
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

DAY = 86_400
PATH = ("mql", "sql", "meeting_booked", "showed", "opportunity", "won")
EXITS = ("lost", "recycled")
STAGES = PATH + EXITS
KINDS = ("call", "email", "sms", "linkedin", "note", "task")
OUTREACH = KINDS[:4]
TABLES = ("leads", "events", "touches", "deals", "spend")

# Hundredths of a dollar for one unit of the currency, so that cents x rate are 1/10,000 dollars.
RATES = {"USD": 100, "EUR": 108, "GBP": 127}
CONFIRMED_WITHIN = 30 * DAY
FAR = 2**31 - 1

# A journey keeps what became of a lead in each stage as one small number: 4 x days + outcome,
# or CENSORED, because days until the cut-off change with the cut-off.
NEXT, LOST, RECYCLED, WAITING = range(4)
CENSORED = -1

HEADERS = {
    "cells": "channel,segment,cohort,leads,n1,n2,n3,n4,n5,n6,p1,p2,p3,p4,p5,n34,n56,rev,spend,"
    "won_p50,won_p90,touched,ft_p50,in1bh",
    "owners": "owner,leads,n1,n2,n3,n4,n5,n6,p1,p2,p3,p4,p5,n34,n56,rev,"
    "won_p50,won_p90,touched,ft_p50,in1bh",
    "aj": "channel,stage,lag,next,lost,recycled,censored",
}


@dataclass(frozen=True)
class Ask:
    """One question: the moment it looks from, the leads it is about, and the definition of MQL."""

    name: str
    cutoff: int  # seconds since 1970; rows at or after it are not known yet
    channel: str | None = None
    grain: str = "month"
    confirmed: bool = False  # an MQL counts only when an SQL follows within 30 days

    @property
    def cutoff_text(self):
        moment = datetime.datetime.fromtimestamp(self.cutoff, datetime.timezone.utc)
        return moment.strftime("%Y-%m-%d %H:%M:%S")

    @property
    def cutoff_day(self):
        return self.cutoff_text[:10]


BEFORE = 1_751_328_000  # 2025-07-01 00:00:00 UTC
AFTER = BEFORE + DAY
BASE = Ask("base", BEFORE)
FILTER = Ask("filter", BEFORE, channel="paid_social", grain="week")
REDEFINED = Ask("redef", BEFORE, confirmed=True)
DELTA = Ask("delta", AFTER)


class Peer:
    """What every peer can do; `Run` calls these in order and takes the time.

    An answer is three lists of rows: cells, owners, aj. Values are integers, texts or None, and
    the order of rows is free.
    """

    def __init__(self, store, threads, prepared):
        self.store, self.threads, self.prepared = Path(store), threads, prepared

    def load(self, folder):
        """Reads the files of the folder into an empty store."""
        raise NotImplementedError

    def prepare(self, ask):
        """Stores one row a lead with its journey, as the question `ask` sees it."""
        raise NotImplementedError

    def open(self):
        """Opens a store that another process has made."""

    def answer(self, ask):
        """Answers; from the prepared rows where there are some and the definition allows."""
        raise NotImplementedError

    def append(self, folder):
        """Adds the rows of the folder to the store."""
        raise NotImplementedError

    def refresh(self, folder, before, after):
        """Brings the prepared rows from one cut-off to the next, after `append`."""
        raise NotImplementedError


def processor_seconds():
    """User and system seconds of this process, its threads and the processes it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def canonical(table, rows):
    """The header, then the rows as sorted lines; None is an empty field."""
    lines = sorted(",".join("" if v is None else str(v) for v in row) for row in rows)
    return "\n".join([HEADERS[table], *lines, ""])


class Run:
    """One process of one peer."""

    def __init__(self, kind):
        parser = argparse.ArgumentParser()
        parser.add_argument("phase", choices=["import", "ask", "delta"])
        for name in ("data", "store", "output", "log"):
            parser.add_argument(f"--{name}", type=Path, required=True)
        parser.add_argument("--system", required=True, help="the name in the log and the files")
        parser.add_argument("--threads", type=int, default=2)
        parser.add_argument("--prepared", action="store_true")
        self.options = parser.parse_args()
        started = os.environ.get("BENCHMARK_STARTED")
        if started:
            self.note("start", time.time() - float(started), processor_seconds())
        options = self.options
        self.peer = kind(options.store, options.threads, options.prepared)
        {"import": self.load, "ask": self.ask, "delta": self.delta}[options.phase]()

    def load(self):
        shutil.rmtree(self.options.store, ignore_errors=True)
        self.options.store.mkdir(parents=True)
        self.time("import", lambda: self.peer.load(self.options.data))
        if self.options.prepared:
            self.time("mart", lambda: self.peer.prepare(BASE))

    def ask(self):
        def first():
            self.peer.open()
            return self.peer.answer(BASE)

        self.write("base", self.time("first", first))
        self.write("again", self.time("again", lambda: self.peer.answer(BASE)))
        self.write("filter", self.time("filter", lambda: self.peer.answer(FILTER)))
        self.write("redef", self.time("redef", lambda: self.peer.answer(REDEFINED)))

    def delta(self):
        """The peer is warm here: its process has answered the base question already."""
        folder = self.options.data / "delta"

        def append_and_answer():
            self.peer.append(folder)
            if self.options.prepared:
                self.peer.refresh(folder, BASE, DELTA)
            return self.peer.answer(DELTA)

        self.peer.open()
        self.peer.answer(BASE)
        self.write("delta", self.time("delta", append_and_answer))

    def time(self, phase, work):
        processor, clock = processor_seconds(), time.perf_counter()
        result = work()
        clock = time.perf_counter() - clock
        self.note(phase, clock, processor_seconds() - processor)
        return result

    def note(self, phase, wall, processor):
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = {"phase": phase, "wall": wall, "cpu": processor, "rss_mb": round(memory, 1)}
        with open(self.options.log, "a", encoding="utf-8") as log:
            log.write(json.dumps({"system": self.options.system, **line}) + "\n")

    def write(self, ask, answer):
        self.options.output.mkdir(parents=True, exist_ok=True)
        for table, rows in zip(HEADERS, answer, strict=True):
            path = self.options.output / f"{self.options.system}.{ask}.{table}.csv"
            path.write_text(canonical(table, rows), encoding="utf-8")
