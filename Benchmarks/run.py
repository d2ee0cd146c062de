#!/usr/bin/env python3
"""Plumbline and its peers answer the same question from the same files; see README.md."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from harness import answers, goals, report
from harness.bandwidth import measured
from harness.processes import keep_to
from harness.systems import ALL_PEERS, PLUMBLINE, Place, choose, measure

ROOT = Path(__file__).parent.parent
GOALS_ARE_MEANT_FOR = 1_000_000


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000, help="how many leads the company has")
    parser.add_argument("--smaller", type=int, help="measure this size too, and print the growth")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the company")
    parser.add_argument("--repetitions", type=int, default=1, help="how often all is measured")
    parser.add_argument(
        "--peers", default=",".join(ALL_PEERS), help=f"of {','.join(ALL_PEERS)},reference"
    )
    parser.add_argument(
        "--plumbline", default=ROOT / ".build/release/plumbline", help="the built command"
    )
    parser.add_argument("--only-peers", action="store_true", help="leave Plumbline out")
    parser.add_argument("--data", type=Path, help="measure these files instead of making some")
    parser.add_argument(
        "--workspace", type=Path, help="with --data: a folder with agreement.yaml and mapping.yaml"
    )
    parser.add_argument("--threads", type=int, default=2, help="for each system")
    parser.add_argument("--work", type=Path, default=ROOT / ".build/benchmarks", help="scratch")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file as well")
    chosen = parser.parse_args()
    for name in ("leads", "smaller", "repetitions", "threads"):
        value = getattr(chosen, name)
        if value is not None and value < 1:
            parser.error(f"--{name} takes a number of at least 1, not {value}")
    if chosen.data and chosen.smaller:
        parser.error("--smaller makes its own files, so it does not go with --data")
    return chosen


def company(chosen, leads):
    """The folders of the data and of the workspace; made when they are not there yet."""
    if chosen.data:
        return chosen.data.resolve(), chosen.workspace and chosen.workspace.resolve()
    folder = chosen.work / f"company-{leads}-{chosen.seed}"
    done = folder / "complete"
    if not done.exists():
        if not shutil.which(str(chosen.plumbline)):
            sys.exit(
                f"{chosen.plumbline}, which makes the files, is not there. "
                "Build it with `make release`, or give the files with --data."
            )
        shutil.rmtree(folder, ignore_errors=True)
        tell(f"making a company of {leads:,} leads")
        command = [str(chosen.plumbline), "bench", "generate"]
        command += ["--leads", str(leads), "--seed", str(chosen.seed), str(folder)]
        subprocess.run(command, check=True, stdout=sys.stderr)
        done.touch()
    return folder / "data", folder / "workspace"


def tell(text):
    print(f"… {text}", file=sys.stderr, flush=True)


def one_size(chosen, systems, leads):
    """Measures one size; the log, the report of it, and whether all is well."""
    data, workspace = company(chosen, leads)
    work = chosen.work / f"run-{leads}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    place = Place(data, workspace, work, chosen.threads)
    log, failures = measure(systems, place, chosen.repetitions, tell)
    names = [system.name for system in systems if system.name not in failures]

    rows = {path.stem: count_rows(path) for path in sorted(data.glob("*.csv"))}
    csv_bytes = sum(path.stat().st_size for path in data.glob("*.csv"))
    lines = [f"## {rows.get('leads', 0):,} leads", ""]
    lines += [f"Rows: {', '.join(f'{table} {count:,}' for table, count in rows.items())}.", ""]
    for name, failure in failures.items():
        lines += [f"**{name} failed**: {failure}", ""]
    differences, same = answers.compare(place.output, names)
    if same and len(names) > 1:
        lines += [f"All answers are equal: {', '.join(names)}.", ""]
    elif same:
        lines += ["There is nothing to compare the answers with.", ""]
    else:
        lines += ["**The answers differ:**", "", *differences, ""]
    lines += ["CPU seconds, least / median, and the least wall seconds in brackets:", ""]
    lines += report.phases(log) + report.resources(log)
    unsteady = report.unsteady(log)
    if unsteady:
        lines += [f"Unsteady, so better repeated on a quiet machine: {'; '.join(unsteady)}.", ""]
    if PLUMBLINE in names:
        lines += ["### Goals", ""]
        if rows.get("leads", 0) < GOALS_ARE_MEANT_FOR:
            lines += [f"The goals are meant for {GOALS_ARE_MEANT_FOR:,} leads.", ""]
        lines += goals.reached(log)
    if names and same:
        totals = report.base_totals(
            lambda table: answers.path_of(place.output, names[0], "base", table)
        )
        lines += ["### Distance to the limit", ""]
        lines += report.limits(log, totals, csv_bytes, measured(chosen.threads))
    return log, [*lines, ""], same and not failures


def count_rows(path):
    """Lines below the header. The files have no line ends within fields."""
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1


def main():
    chosen = options()
    keep_to(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)
    chosen.work = chosen.work.resolve()
    program = None if chosen.only_peers else chosen.plumbline
    if chosen.data and not chosen.workspace and program:
        tell("Plumbline is left out: --data without --workspace does not say how to read it")
        program = None
    peers = [name.strip() for name in chosen.peers.split(",") if name.strip()]
    systems, absent = choose(peers, program)
    for sentence in absent:
        tell(sentence)
    if not systems:
        sys.exit("There is nothing to measure.")

    lines = ["# Benchmark", "", *report.machine(chosen.threads)]
    lines += [f"- {sentence}" for sentence in absent]
    lines += [f"- Seed {chosen.seed}, repetitions {chosen.repetitions}.", ""]
    logs, well = [], True
    for leads in filter(None, [chosen.smaller, chosen.leads]):
        log, section, fine = one_size(chosen, systems, leads)
        logs.append(log)
        lines += section
        well = well and fine
    if len(logs) == 2:
        factor = chosen.leads / chosen.smaller
        lines += ["## Growth", "", *goals.growth(*logs, factor)]
    text = "\n".join(lines).rstrip() + "\n"
    print(text, end="")
    if chosen.markdown:
        chosen.markdown.write_text(text, encoding="utf-8")
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
