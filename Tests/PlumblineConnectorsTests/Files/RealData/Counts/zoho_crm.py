"""Leads by their own source and owner, their deals, and what the campaigns cost."""

from common import Counts, cents, rows

STAGES = ["lead", "opportunity", "won"]
counts = Counts()
deal_of = {deal["LEADID"]: deal for deal in rows("Potentials.csv")}
leads = rows("Leads.csv")
for lead in leads:
    deal = deal_of.get(lead["LEADID"])
    furthest = 0 if deal is None else 2 if deal["Stage"] == "Closed Won" else 1
    for dimension, group in [("channel", lead["Lead Source"]), ("owner", lead["Lead Owner"])]:
        counts.reach(dimension, group, STAGES, furthest)
        if deal is None:
            # The status speaks only while there is no deal.
            gone = lead["Lead Status"] in ("Junk Lead", "Lost Lead", "Contact in Future")
            counts["left" if gone else "open", dimension, group, "lead"] += 1
        elif deal["Stage"] == "Closed Lost":
            counts["left", dimension, group, "opportunity"] += 1
        elif deal["Stage"] != "Closed Won":
            counts["open", dimension, group, "opportunity"] += 1
        else:
            counts["won_deals", dimension, group, ""] += 1
            counts["revenue", dimension, group, ""] += cents(deal["Amount"])
for campaign in rows("Campaigns.csv"):
    counts["spend", "campaign", campaign["CAMPAIGNID"], ""] += cents(campaign["Actual Cost"])
source = {lead["LEADID"]: lead["Lead Source"] for lead in leads}
for call in rows("Calls.csv"):
    if call["LEADID"]:
        counts["activities", "channel", source[call["LEADID"]], ""] += 1
counts["facts", "", "", "lead"] = len(leads)
counts["facts", "", "", "deal"] = len(deal_of)
counts["facts", "", "", "activity"] = len(rows("Calls.csv"))
counts["facts", "", "", "spend"] = len(rows("Campaigns.csv"))
counts["facts", "", "", "owner"] = len(rows("Users.csv"))
counts.print()
