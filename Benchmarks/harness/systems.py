"""The systems that are compared, and how each runs through the phases."""

import importlib.util
import json
import shutil
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from harness.processes import Failure, run, size_mb, warm

PEERS = Path(__file__).parent.parent / "peers"

# What must be there, by engine: Python packages, or the commands in brackets.
NEEDS = {
    "chdb": ["chdb"],
    "duckdb": ["duckdb"],
    "pandas": ["pandas", "pyarrow"],
    "polars": ["polars"],
    "reference": [],
    "sqlite": ["(sqlite3)"],
}
COLUMN_ENGINES = ["chdb", "duckdb", "polars"]
WITH_MART = ["duckdb", "polars"]
MART = "-mart"
ALL_PEERS = ["polars", "polars-mart", "duckdb", "duckdb-mart", "chdb", "pandas", "sqlite"]
PLUMBLINE = "plumbline"
ASKS = ["base", "again", "filter", "redef", "delta"]


@dataclass
class Log:
    """What was measured, over all repetitions; the keys are a system and a phase or process."""

    times: dict = field(default_factory=lambda: defaultdict(list))  # -> [(wall, cpu)]
    memory: dict = field(default_factory=lambda: defaultdict(list))  # -> [MB]
    disk: dict = field(default_factory=lambda: defaultdict(list))  # system -> [MB]
    bytes_touched: dict = field(default_factory=dict)

    def note(self, system, phase, wall, cpu):
        self.times[system, phase].append((wall, cpu))

    def read(self, path, system):
        """Takes in the lines that a process wrote."""
        for text in path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            self.note(system, line["phase"], line["wall"], line["cpu"])
            if "bytes" in line:
                self.bytes_touched[system, line["phase"]] = line["bytes"]

    def systems(self):
        return list(dict.fromkeys(system for system, _ in self.times))


@dataclass
class Place:
    """Where things lie in one run."""

    data: Path
    workspace: Path | None
    work: Path
    threads: int

    @property
    def output(self):
        return self.work / "answers"

    def store(self, system):
        return self.work / "stores" / system

    @property
    def environment(self):
        threads = str(self.threads)
        return {"POLARS_MAX_THREADS": threads, "OMP_NUM_THREADS": threads}

    def start(self, system, command):
        """Runs a command of a system; its files are in memory before."""
        warm(self.store(system))
        return run(command, self.work / f"{system}.txt", self.environment)


class PeerSystem:
    def __init__(self, name):
        self.name = name
        self.engine = name.removesuffix(MART)
        self.prepared = name.endswith(MART)

    def missing(self):
        """What is not installed, or nothing."""
        if self.engine not in NEEDS or (self.prepared and self.engine not in WITH_MART):
            return f"there is no such peer; the peers are {', '.join(ALL_PEERS)}, reference"
        for need in NEEDS[self.engine]:
            if need.startswith("("):
                if not shutil.which(need.strip("()")):
                    return f"the command {need.strip('()')} is not installed"
            elif not importlib.util.find_spec(need):
                return f"the Python package {need} is not installed"
        return None

    def measure(self, place, log):
        lines = place.work / f"{self.name}.jsonl"
        lines.unlink(missing_ok=True)
        store = place.store(self.name)
        warm(place.data)
        for process in ("import", "ask", "delta"):
            command = [sys.executable, PEERS / f"{self.engine}_peer.py", process]
            command += ["--system", self.name, "--data", place.data, "--store", store]
            command += ["--output", place.output, "--log", lines, "--threads", place.threads]
            command += ["--prepared"] if self.prepared else []
            usage = place.start(self.name, command)
            log.memory[self.name, process].append(usage.rss_mb)
            if process == "ask":
                log.disk[self.name].append(size_mb(store))
        log.read(lines, self.name)


class PlumblineSystem:
    """The command as its users run it: one process for the import, one for the questions."""

    name = PLUMBLINE
    exported = {"base": "2025-06-30T23:59:59", "delta": "2025-07-01T23:59:59"}

    def __init__(self, program):
        self.program = program

    def missing(self):
        path = shutil.which(str(self.program))
        return None if path else f"{self.program} is not there; `make release` builds it"

    def measure(self, place, log):
        store, lines = place.store(self.name), place.work / f"{self.name}.jsonl"
        shutil.rmtree(store, ignore_errors=True)
        store.mkdir(parents=True)
        for path in place.workspace.iterdir():
            shutil.copy(path, store)
        lines.unlink(missing_ok=True)
        for _ in range(5):
            usage = place.start(self.name, [self.program, "--version"])
            log.note(self.name, "start", usage.wall, usage.cpu)

        warm(place.data)
        usage = self.load(place, place.data, "base")
        log.note(self.name, "import", usage.wall, usage.cpu)
        log.memory[self.name, "import"].append(usage.rss_mb)

        usage = self.answer(place, "first,again,filter,redef", lines)
        log.memory[self.name, "ask"].append(usage.rss_mb)
        log.disk[self.name].append(size_mb(store))
        log.read(lines, self.name)

        # Both processes whole, from their start to their end; the peers are warm by then.
        usage = self.load(place, place.data / "delta", "delta")
        usage += self.answer(place, "delta", place.work / "delta.jsonl")
        log.note(self.name, "delta", usage.wall, usage.cpu)
        log.memory[self.name, "delta"].append(usage.rss_mb)

    def load(self, place, folder, batch):
        command = [self.program, "import", "--workspace", place.store(self.name)]
        command += ["--exported", self.exported[batch], *sorted(folder.glob("*.csv"))]
        return place.start(self.name, command)

    def answer(self, place, asks, lines):
        command = [self.program, "bench", "answer", "--workspace", place.store(self.name)]
        command += ["--output", place.output, "--ask", asks, "--log", lines]
        return place.start(self.name, command)


def choose(names, program):
    """The systems that can run here, and for each of the others a sentence why it cannot."""
    systems = [PeerSystem(name) for name in names]
    if program:
        systems.append(PlumblineSystem(program))
    there, absent = [], []
    for system in systems:
        reason = system.missing()
        if reason:
            absent.append(f"{system.name} is left out: {reason}.")
        else:
            there.append(system)
    return there, absent


def measure(systems, place, repetitions, tell):
    """All systems in turn, as often as asked; another one begins each time."""
    log, failures = Log(), {}
    for repetition in range(repetitions):
        shift = repetition % len(systems)
        for system in systems[shift:] + systems[:shift]:
            if system.name in failures:
                continue
            tell(f"{system.name}, {repetition + 1} of {repetitions}")
            try:
                system.measure(place, log)
            except Failure as failure:
                failures[system.name] = str(failure)
            shutil.rmtree(place.store(system.name), ignore_errors=True)
    return log, failures
