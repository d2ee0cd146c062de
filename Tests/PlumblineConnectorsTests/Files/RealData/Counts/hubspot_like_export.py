"""Contacts by source: the furthest that their status, their meetings or their deals show."""

from common import Counts, cents, rows

STAGES = ["lead", "mql", "sql", "meeting_booked", "meeting_held", "opportunity", "won"]
STATUS = {
    "Marketing Qualified Lead": "mql",
    "Sales Qualified Lead": "sql",
    "Opportunity": "opportunity",
    "Customer": "won",
    "Evangelist": "won",
}
OUTCOME = {
    "Completed": "held",
    "No Show": "no_show",
    "Cancelled": "cancelled",
    "Rescheduled": "rescheduled",
}
counts = Counts()
contacts = rows("hubspot_contacts.csv")
source = {row["Email"]: row["Lead Source"] for row in contacts}
furthest = {row["Email"]: STAGES.index(STATUS.get(row["Lifecycle Stage"], "lead")) for row in contacts}


def show(email, stage):
    furthest[email] = max(furthest[email], STAGES.index(stage))


activities = rows("hubspot_activities.csv")
for row in activities:
    email = row["Associated Contact Email"]
    if row["Activity Type"] == "Meeting":
        outcome = OUTCOME.get(row["Meeting Outcome"], "unconfirmed")
        counts["meetings", "channel", source[email], outcome] += 1
        show(email, "meeting_held" if outcome == "held" else "meeting_booked")
    if row["Activity Type"] in ("Call", "Email"):
        counts["activities", "channel", source[email], ""] += 1
deals = rows("hubspot_deals.csv")
for row in deals:
    email = row["Associated Contact Email"]
    show(email, "opportunity")
    if row["Deal Stage"] == "Closed Won":
        show(email, "won")
        counts["won_deals", "channel", source[email], ""] += 1
        counts["revenue", "channel", source[email], ""] += cents(row["Amount"])
# A contact may come back after a lost deal, so people are counted here, not passes.
for email, stage in furthest.items():
    for name in STAGES[: stage + 1]:
        counts["leads", "channel", source[email], name] += 1
counts["facts", "", "", "lead"] = len(contacts)
counts["facts", "", "", "merge"] = len(source)
counts["facts", "", "", "deal"] = len(deals)
counts["facts", "", "", "meeting"] = sum(row["Activity Type"] == "Meeting" for row in activities)
counts["facts", "", "", "activity"] = sum(
    row["Activity Type"] in ("Call", "Email") for row in activities
)
counts.print()
