"""What the counting programs share: reading a table, and printing what was counted.

Every program is given the folder of a data set and prints one line a number:
measure, dimension, group, name, value. Zeros need not be printed. Amounts are in minor units.
"""

import csv
import gzip
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

NOBODY = "(none)"


def rows(name):
    """The rows of a file in the folder of the data set, as dictionaries."""
    path = Path(sys.argv[1]) / name
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cents(text):
    """Minor units of an amount such as 12.5, $22,700.00 or $342.09K."""
    text = text.strip().lstrip("$").replace(",", "")
    thousand = text.endswith("K")
    amount = Decimal(text.rstrip("K")) * (1000 if thousand else 1) * 100
    assert amount == amount.to_integral_value(), text
    return int(amount)


class Counts(Counter):
    """Numbers by (measure, dimension, group, name)."""

    def reach(self, dimension, group, stages, furthest):
        """Counts a lead in every stage up to the furthest it reached."""
        for stage in stages[: furthest + 1]:
            self["reached", dimension, group or NOBODY, stage] += 1

    def print(self):
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["measure", "dimension", "group", "name", "value"])
        for key, value in sorted(self.items()):
            out.writerow([*key, value])
