"""Runs one process and says what it used, its threads and its children included."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


class Failure(Exception):
    """A process ended with an error; the text is for people."""


@dataclass(frozen=True)
class Usage:
    wall: float  # seconds
    cpu: float  # seconds, user + system
    rss_mb: float  # peak resident memory

    def __add__(self, other):
        return Usage(self.wall + other.wall, self.cpu + other.cpu, max(self.rss_mb, other.rss_mb))


def run(command, messages, environment=None):
    """Runs the command; what it prints goes to the file `messages`.

    The peak memory that Linux reports for a child is never less than what its parent had when it
    started the child. So this program has to stay small: answers are compared line by line, and
    bandwidth is measured by a child.
    """
    command = [str(part) for part in command]
    with open(messages, "ab") as file:
        file.write(f"$ {' '.join(command)}\n".encode())
        file.flush()
        start = time.time()
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {}), "BENCHMARK_STARTED": repr(start)},
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.time() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        with open(messages, encoding="utf-8", errors="replace") as file:
            last = "".join(file.readlines()[-12:])
        raise Failure(f"exit code {child.returncode}; the end of {messages}:\n{last}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def keep_to(threads):
    """Lets this process and its children run on that many processors only, where that is known."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def files(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(place, name)


def warm(folder):
    """Reads every file, so that no system pays for the disk."""
    for path in files(folder):
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 20):
                pass


def size_mb(folder):
    return sum(os.path.getsize(path) for path in files(folder)) / 1e6
