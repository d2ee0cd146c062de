"""Leads by source: the stages completed, and where they were dropped."""

from common import Counts, rows

STAGES = [
    "lead", "contacted", "qualified", "documents", "credit_check", "valuation", "legal",
    "sanctioned", "disbursed",
]
WORDS = [
    "Lead Contacted", "Lead Qualified", "Document Collection", "Credit Check",
    "Property Valuation", "Legal Verification", "Sanction Approved", "Loan Disbursed",
]
counts = Counts()
leads = {row["Lead_ID"]: row for row in rows("Lead_Master.csv")}
log = rows("Stage_Tracking.csv")
completed = {id: 0 for id in leads}
dropped = set()
for row in log:
    if row["Stage_Status"] == "Completed":
        place = WORDS.index(row["Stage_Name"]) + 1
        completed[row["Lead_ID"]] = max(completed[row["Lead_ID"]], place)
    if row["Stage_Status"] == "Dropped":
        dropped.add(row["Lead_ID"])
for id, lead in leads.items():
    for dimension, column in [("channel", "Lead_Source"), ("segment", "Employment_Type")]:
        counts.reach(dimension, lead[column], STAGES, completed[id])
        if completed[id] + 1 < len(STAGES):
            what = "left" if id in dropped else "open"
            counts[what, dimension, lead[column], STAGES[completed[id]]] += 1
counts["facts", "", "", "lead"] = len(leads)
counts["facts", "", "", "stage_event"] = sum(row["Stage_Status"] != "Pending" for row in log)
counts.print()
