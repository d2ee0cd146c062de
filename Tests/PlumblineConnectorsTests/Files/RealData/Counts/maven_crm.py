"""Opportunities by rep and by product: how far each came, and what was won."""

from common import Counts, cents, rows

STAGES = ["prospecting", "engaging", "won"]
FURTHEST = {"Prospecting": 0, "Engaging": 1, "Lost": 1, "Won": 2}
counts = Counts()
deals = rows("sales_pipeline.csv")
for deal in deals:
    product = {"GTXPro": "GTX Pro"}.get(deal["product"], deal["product"])
    stage = deal["deal_stage"]
    for dimension, group in [("owner", deal["sales_agent"]), ("segment", product)]:
        counts.reach(dimension, group, STAGES, FURTHEST[stage])
        counts["left", dimension, group, "engaging"] += stage == "Lost"
        counts["open", dimension, group, "engaging"] += stage == "Engaging"
        counts["open", dimension, group, "prospecting"] += stage == "Prospecting"
        if stage == "Won":
            counts["won_deals", dimension, group, ""] += 1
            counts["revenue", dimension, group, ""] += cents(deal["close_value"])
counts["facts", "", "", "lead"] = len(deals)
counts["facts", "", "", "deal"] = sum(deal["engage_date"] != "" for deal in deals)
counts["facts", "", "", "owner"] = len(rows("sales_teams.csv"))
counts.print()
