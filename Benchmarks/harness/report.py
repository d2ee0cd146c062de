"""What was measured, as Markdown tables."""

import csv
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from statistics import median

PHASES = ["import", "mart", "first", "again", "filter", "redef", "delta"]
NOTABLE_SPREAD = 1.3
WALL, CPU = 0, 1


def number(value):
    """Three figures, but never a rounded thousand."""
    if value is None:
        return "–"
    digits = next((d for d, limit in ((4, 0.01), (3, 1), (2, 10), (1, 100)) if value < limit), 0)
    return f"{value:,.{digits}f}"


def table(header, rows):
    left = "| " + " | ".join(header) + " |"
    line = "| " + " | ".join(["---"] + ["---:"] * (len(header) - 1)) + " |"
    return [left, line, *("| " + " | ".join(row) + " |" for row in rows), ""]


def least(log, system, phase, unit=CPU):
    times = log.times.get((system, phase))
    return min(time[unit] for time in times) if times else None


def middle(log, system, phase, unit=CPU):
    times = log.times.get((system, phase))
    return median(time[unit] for time in times) if times else None


def machine(threads):
    model = ""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            models = (line.split(":", 1)[1] for line in file if line.startswith("model name"))
            model = next(models, "").strip()
    except OSError:
        model = platform.processor()
    versions = []
    for package in ("polars", "duckdb", "chdb", "pandas", "pyarrow", "numpy"):
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"- {platform.system()} {platform.machine()}, {model or 'unknown processor'}, "
        f"{os.cpu_count()} processors, of which {threads} are used; load average now {load}.",
        f"- Python {platform.python_version()}, {', '.join(versions)}.",
    ]


def phases(log):
    """CPU seconds, least / median, and the least wall seconds, of each system and phase."""
    rows = []
    for system in log.systems():
        row = [system]
        for phase in PHASES:
            cpu, wall = least(log, system, phase), least(log, system, phase, WALL)
            text = f"{number(cpu)} / {number(middle(log, system, phase))} ({number(wall)})"
            row.append("–" if cpu is None else text)
        rows.append(row)
    return table(["system", *PHASES], rows)


def resources(log):
    rows = []
    for system in log.systems():
        memory = [max(log.memory[system, p], default=None) for p in ("import", "ask", "delta")]
        start = least(log, system, "start", WALL)
        rows.append(
            [system, *(number(m) for m in memory), number(max(log.disk[system], default=None))]
            + ["–" if start is None else number(start * 1000)]
        )
    header = ["import, MB", "answers, MB", "delta, MB", "disk, MB", "start, ms"]
    return table(["system", *header], rows)


def unsteady(log):
    """Phases whose CPU seconds moved so much that the run is better repeated."""
    found = []
    for (system, phase), times in log.times.items():
        cpu = [time[CPU] for time in times]
        if phase in PHASES and min(cpu) > 0.01 and max(cpu) > NOTABLE_SPREAD * min(cpu):
            found.append(f"{system} {phase} {max(cpu) / min(cpu):.1f} x")
    return found


def base_totals(path_of_table):
    """Sums that say how much the base answer has to look at."""
    with open(path_of_table("cells"), encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    with open(path_of_table("aj"), encoding="utf-8", newline="") as file:
        ways = list(csv.DictReader(file))

    def total(rows, *names):
        return sum(int(row[name]) for row in rows for name in names)

    return {
        "leads": total(cells, "leads"),
        "entries": total(cells, "n1", "n2", "n3", "n4", "n5", "n6"),
        "won": total(cells, "n6"),
        "touched": total(cells, "touched"),
        "exits": total(ways, "lost", "recycled"),
    }


def least_bytes(totals):
    """What the base answer must read at the least, each value once, in columns without compression.

    A lead: creation 4, channel 1, segment 1, owner 2. An entry, a first touch, an exit: 4 each.
    A won lead: its revenue, 8.
    """
    return (
        8 * totals["leads"]
        + 4 * (totals["entries"] + totals["touched"] + totals["exits"])
        + 8 * totals["won"]
    )


def limits(log, totals, csv_bytes, bandwidth):
    """How far each system is from what the memory of this machine allows."""
    answer = least_bytes(totals)
    lines = [
        f"Memory is read at {bandwidth / 1e9:.1f} GB/s by all threads together. The base answer "
        f"must read {number(answer / 1e6)} MB at the least, which takes "
        f"{number(answer / bandwidth * 1000)} ms; the files hold {number(csv_bytes / 1e6)} MB, "
        f"which takes {number(csv_bytes / bandwidth * 1000)} ms. Wall time as a multiple of that:",
        "",
    ]
    rows = []
    for system in log.systems():
        again, load = (least(log, system, phase, WALL) for phase in ("again", "import"))
        rows.append(
            [
                system,
                "–" if again is None else f"{again * bandwidth / answer:,.0f} x",
                "–" if load is None else f"{load * bandwidth / csv_bytes:,.0f} x",
            ]
        )
    lines += table(["system", "again", "import"], rows)
    for (system, phase), touched in log.bytes_touched.items():
        wall = least(log, system, phase, WALL)
        lines.append(
            f"{system} says that it touched {touched / 1e6:.1f} MB for {phase}: "
            f"{touched / bandwidth * 1000:.1f} ms at that speed, of {wall * 1000:.1f} ms."
        )
    return lines
