"""Whether all systems gave the same answers, to the last integer."""

import hashlib
import itertools

from harness.systems import ASKS

TABLES = ["cells", "owners", "aj"]


def digest(path):
    if not path.exists():
        return None
    result = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 16):
            result.update(block)
    return result.hexdigest()


def path_of(folder, system, ask, table):
    """`again` is the base question once more; a system that writes it once has proved it so."""
    path = folder / f"{system}.{ask}.{table}.csv"
    if ask == "again" and not path.exists():
        return folder / f"{system}.base.{table}.csv"
    return path


def first_differences(one, other, most=3):
    """The first lines that differ, as pairs; None where a file has ended."""
    with open(one, encoding="utf-8") as left, open(other, encoding="utf-8") as right:
        pairs = itertools.zip_longest(left, right)
        found = ((a, b) for a, b in pairs if a != b)
        for a, b in itertools.islice(found, most):
            yield a and a.rstrip("\n"), b and b.rstrip("\n")


def compare(folder, systems):
    """Lines that say what agrees and what does not, and whether everything agrees."""
    lines, same = [], True
    for ask, table in itertools.product(ASKS, TABLES):
        digests = {system: digest(path_of(folder, system, ask, table)) for system in systems}
        groups = {}
        for system, value in digests.items():
            groups.setdefault(value, []).append(system)
        for system in groups.pop(None, []):
            same = False
            lines.append(f"- {ask}, {table}: {system} wrote no answer.")
        if len(groups) < 2:
            continue
        same = False
        # The greatest group is taken to be right; which one is, only a reader can tell.
        ordered = sorted(groups.values(), key=len, reverse=True)
        trusted = ordered[0][0]
        for others in ordered[1:]:
            lines.append(f"- {ask}, {table}: {', '.join(others)} and {trusted} differ:")
            ours = path_of(folder, trusted, ask, table)
            theirs = path_of(folder, others[0], ask, table)
            for expected, found in first_differences(ours, theirs):
                lines.append(f"      {trusted}: {'(no line)' if expected is None else expected}")
                lines.append(f"      {others[0]}: {'(no line)' if found is None else found}")
    return lines, same
