"""Spend by category and by campaign."""

from common import Counts, cents, rows

counts = Counts()
days = rows("Marketing_iso.csv")
for day in days:
    amount = cents(day["Mark Spent"])
    counts["spend", "channel", day["Category"], ""] += amount
    counts["spend", "campaign", day["Campaign Name"].lower(), ""] += amount
    counts["numbers", "", "", "impressions"] += int(day["Impressions"])
    counts["numbers", "", "", "clicks"] += int(day["Clicks"])
    counts["numbers", "", "", "leads"] += int(day["Leads"])
    counts["numbers", "", "", "orders"] += int(day["Orders"])
    counts["numbers", "", "", "revenue"] += cents(day["Revenue"])
counts["facts", "", "", "spend"] = len(days)
counts.print()
