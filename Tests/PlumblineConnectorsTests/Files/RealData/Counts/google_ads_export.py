"""Spend by campaign: the lines between the header and the totals."""

import csv
import sys
from pathlib import Path

from common import Counts, cents

counts = Counts()
with open(Path(sys.argv[1]) / "Campaign report.csv", encoding="utf-8", newline="") as file:
    lines = list(csv.reader(file))
start = next(index for index, line in enumerate(lines) if "Campaign" in line)
header = lines[start]
for line in lines[start + 1 :]:
    row = dict(zip(header, line))
    if row["Campaign status"].startswith("Total"):
        break
    assert row["Currency code"] == "INR"
    counts["spend", "channel", "Google Ads", ""] += cents(row["Cost"])
    counts["spend", "campaign", row["Campaign"], ""] += cents(row["Cost"])
    counts["numbers", "", "", "impressions"] += int(row["Impr."].replace(",", ""))
    counts["facts", "", "", "spend"] += 1
counts.print()
