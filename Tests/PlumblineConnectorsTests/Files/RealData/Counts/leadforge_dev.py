"""Leads by source, rep and industry: deals, customers (through their deals), work done."""

from common import Counts, cents, rows

STAGES = ["lead", "opportunity", "won"]
counts = Counts()
leads = rows("leads.csv")
deal_of = {deal["lead_id"]: deal for deal in rows("opportunities.csv")}
lead_of = {deal["opportunity_id"]: deal["lead_id"] for deal in rows("opportunities.csv")}
customers = {lead_of[row["opportunity_id"]] for row in rows("customers.csv")}
industry = {row["account_id"]: row["industry"] for row in rows("accounts.csv")}
work = [row["lead_id"] for row in rows("sales_activities.csv.gz")]
effort = {}
for lead in work:
    effort[lead] = effort.get(lead, 0) + 1
for lead in leads:
    id = lead["lead_id"]
    deal = deal_of.get(id)
    furthest = 2 if id in customers else 0 if deal is None else 1
    lost = lead["current_stage"] == "closed_lost"
    for dimension, group in [
        ("channel", lead["lead_source"]),
        ("owner", lead["owner_rep_id"]),
        ("segment", industry[lead["account_id"]]),
    ]:
        counts.reach(dimension, group, STAGES, furthest)
        if furthest < 2:
            counts["left" if lost else "open", dimension, group, STAGES[furthest]] += 1
        else:
            counts["won_deals", dimension, group, ""] += 1
            counts["revenue", dimension, group, ""] += cents(deal["estimated_acv"])
        counts["activities", dimension, group, ""] += effort.get(id, 0)
counts["facts", "", "", "lead"] = len(leads)
counts["facts", "", "", "deal"] = len(deal_of)
counts["facts", "", "", "stage_event"] = len(customers)
counts["facts", "", "", "activity"] = len(work)
counts["facts", "", "", "touch"] = len(rows("touches.csv.gz")) + len(rows("sessions.csv"))
ASKED = ["employee_band", "region", "process_maturity_band"]
accounts = {row["account_id"]: row for row in rows("accounts.csv")}
counts["facts", "", "", "attribute"] = sum(
    accounts[lead["account_id"]][name] != "" for lead in leads for name in ASKED
)
counts.print()
