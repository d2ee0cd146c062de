"""Spend by channel and by campaign where it is known, and how often it is not."""

from common import Counts, cents, rows

# As the agreement writes them.
CHANNELS = [
    "Affiliate", "Email", "Facebook Ads", "Google Ads", "Instagram", "LinkedIn", "TikTok", "YouTube",
]
agreed = {name.lower(): name for name in CHANNELS}

counts = Counts()
days = rows("Marketing.csv")
for day in days:
    if day["ad_spend"].strip():
        amount = cents(day["ad_spend"])
        counts["spend", "channel", agreed[day["channel"].strip().lower()], ""] += amount
        counts["spend", "campaign", day["campaign_name"].strip(), ""] += amount
    else:
        counts["blanks", "", "", "amount"] += 1
    if day["revenue_generated"].strip():
        counts["numbers", "", "", "revenue"] += cents(day["revenue_generated"])
    else:
        counts["blanks", "", "", "revenue"] += 1
counts["facts", "", "", "spend"] = len(days)
counts.print()
