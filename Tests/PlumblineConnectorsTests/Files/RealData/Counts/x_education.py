"""Leads by source and by specialization, and how many bought."""

from common import NOBODY, Counts, rows

STAGES = ["lead", "won"]
counts = Counts()
leads = rows("Leads.csv.gz")
spellings = {}
for row in leads:
    # One channel however it is spelt; the spelling that stands most often names it.
    spellings.setdefault(row["Lead Source"].lower(), []).append(row["Lead Source"])
name = {key: max(set(all), key=all.count) for key, all in spellings.items()}
for row in leads:
    furthest = int(row["Converted"])
    counts.reach("channel", name[row["Lead Source"].lower()], STAGES, furthest)
    asked = row["Specialization"]
    counts.reach("segment", NOBODY if asked == "Select" else asked, STAGES, furthest)
    if furthest == 0:
        counts["open", "channel", name[row["Lead Source"].lower()] or NOBODY, "lead"] += 1
counts["facts", "", "", "lead"] = len({row["Prospect ID"] for row in leads})
counts["facts", "", "", "merge"] = len({row["Lead Number"] for row in leads})
counts["facts", "", "", "stage_event"] = sum(row["Converted"] == "1" for row in leads)
ASKED = [
    "TotalVisits", "Total Time Spent on Website", "Page Views Per Visit", "Lead Origin",
    "Do Not Email",
]
counts["facts", "", "", "attribute"] = sum(
    row[name].strip() not in ("", "Select") for row in leads for name in ASKED
)
counts.print()
