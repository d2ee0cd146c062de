"""The goals: Plumbline's figures beside those of the best peer of the same run."""

from dataclasses import dataclass

from harness.report import PHASES, WALL, least, middle, number, table
from harness.systems import COLUMN_ENGINES, MART, PLUMBLINE


@dataclass(frozen=True)
class Goal:
    """Plumbline's figure may be at most `goal` times the best of the peers that it names."""

    what: str
    phase: str
    against: str  # "raw", "mart", "all" or "column engines"
    goal: float
    stretch: float


SPEED = [
    Goal("import, stored for good", "import", "raw", 0.70, 0.45),
    Goal("first answer, new process", "first", "mart", 0.30, 0.15),
    Goal("first answer, new process", "first", "raw", 0.08, 0.04),
    Goal("again, warm", "again", "mart", 0.30, 0.15),
    Goal("another filter, warm", "filter", "mart", 0.30, 0.15),
    Goal("another definition, warm", "redef", "all", 0.12, 0.06),
    Goal("10,500 new rows, then the answer", "delta", "mart", 0.20, 0.10),
]


def meant(system, against):
    if system in (PLUMBLINE, "reference"):
        return False
    return {
        "raw": not system.endswith(MART),
        "mart": system.endswith(MART),
        "all": True,
        "column engines": system.removesuffix(MART) in COLUMN_ENGINES,
        "polars": system == "polars",
    }[against]


def judged(ratio, goal, stretch):
    if ratio is None:
        return "not measured"
    return "stretch met" if ratio <= stretch else "met" if ratio <= goal else "**missed**"


def best_of(values):
    """The system with the least value, and the value."""
    known = [(value, system) for system, value in values.items() if value is not None]
    return min(known, default=(None, None))


def row_of(what, against, best, peer, ours, goal, stretch, extra=None, scale=1):
    ratio = ours / best if ours is not None and best else None
    return [
        what,
        f"{peer or '–'} ({against})",
        number(best and best * scale),
        number(ours and ours * scale),
        number(ratio),
        extra or "–",
        f"{goal:g}",
        f"{stretch:g}",
        judged(ratio, goal, stretch),
    ]


def reached(log):
    """Plumbline beside the best peer of the same run."""
    rows = []
    peers = [system for system in log.systems() if system != PLUMBLINE]
    for goal in SPEED:
        group = [system for system in peers if meant(system, goal.against)]
        best, peer = best_of({s: least(log, s, goal.phase) for s in group})
        best_median, _ = best_of({s: middle(log, s, goal.phase) for s in group})
        ours, our_median = least(log, PLUMBLINE, goal.phase), middle(log, PLUMBLINE, goal.phase)
        medians = number(our_median / best_median) if our_median and best_median else None
        what = f"{goal.what}, CPU s"
        rows.append(row_of(what, goal.against, best, peer, ours, goal.goal, goal.stretch, medians))
    memory = {
        system: {p: max(log.memory[system, p], default=None) for p in ("import", "ask")}
        for system in log.systems()
    }
    ours = memory.get(PLUMBLINE, {})
    for what, process, against, goal, stretch in (
        ("peak memory of the answers, MB", "ask", "column engines", 0.5, 0.3),
        ("peak memory of the import, MB", "import", "polars", 1.0, 1.0),
    ):
        group = {s: memory[s][process] for s in peers if meant(s, against)}
        best, peer = best_of(group)
        rows.append(row_of(what, against, best, peer, ours.get(process), goal, stretch))
    group = {s: max(log.disk[s], default=None) for s in peers if meant(s, "raw")}
    best, peer = best_of(group)
    our_disk = max(log.disk[PLUMBLINE], default=None)
    rows.append(row_of("disk, MB", "raw", best, peer, our_disk, 1.3, 1.0))
    header = ["what", "best peer", "its figure", "Plumbline", "ratio", "of medians"]
    lines = table([*header, "goal", "stretch", ""], rows)
    start = least(log, PLUMBLINE, "start", WALL)
    if start is not None:
        lines += [
            f"The whole of `plumbline --version`: {start * 1000:.1f} ms wall, "
            f"{least(log, PLUMBLINE, 'start') * 1000:.1f} ms CPU; goal 20 ms, stretch 10 ms: "
            f"{judged(start, 0.020, 0.010)}.",
            "",
        ]
    return lines


def growth(small, large, factor):
    """CPU seconds of the large size over those of the small one."""
    lines = [
        f"From the smaller size to the larger, {factor:g} times the leads, CPU seconds grow by:",
        "",
    ]
    rows = []
    for system in large.systems():
        row = [system]
        for phase in PHASES:
            before, after = least(small, system, phase), least(large, system, phase)
            row.append(f"{after / before:.1f} x" if before and after else "–")
        rows.append(row)
    lines += table(["system", *PHASES], rows)
    for phase in PHASES:
        before, after = least(small, PLUMBLINE, phase), least(large, PLUMBLINE, phase)
        if before and after:
            goal, stretch = (1.3 if phase == "import" else 1.1) * factor, factor
            lines.append(
                f"- {phase}: goal {goal:g} x, stretch {stretch:g} x: "
                f"{judged(after / before, goal, stretch)}."
            )
    return [*lines, ""]
