"""The question lead by lead in plain Python, as ../README.md words it.

Slow, and written to be checked by reading: it stores nothing and shares no idea with the others.
"""

import calendar
import csv
import datetime
import time
from collections import Counter, defaultdict
from decimal import Decimal

from common import CONFIRMED_WITHIN, DAY, EXITS, OUTREACH, PATH, RATES, Peer, Run


def seconds(text):
    return calendar.timegm(time.strptime(text, "%Y-%m-%d %H:%M:%S"))


def cents(text):
    return int(Decimal(text) * 100)


def rows(folder, table):
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def first(moments, at_or_after):
    return min((moment for moment in moments if moment >= at_or_after), default=None)


def business_seconds(moment):
    """Seconds of Monday to Friday, 09:00 to 17:00, since a Monday before 1970."""
    week, weekday = divmod(moment // DAY + 3, 7)
    today = min(max(moment % DAY - 9 * 3600, 0), 8 * 3600) if weekday < 5 else 0
    return (week * 5 + min(weekday, 5)) * 8 * 3600 + today


def period(day, grain):
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
    if grain == "month":
        return date.replace(day=1).isoformat()
    return (date - datetime.timedelta(days=date.weekday())).isoformat()


def smallest(values, tenths):
    """The ceil(n x tenths / 10)-th smallest; None of nothing."""
    return sorted(values)[(len(values) * tenths + 9) // 10 - 1] if values else None


class Group:
    """The leads of a cell or of an owner."""

    def __init__(self):
        self.leads = 0
        self.counts = Counter()
        self.revenue = 0
        self.to_won, self.to_touch = [], []
        self.within_an_hour = 0

    def add(self, reached, touch, revenue):
        created = reached[0]
        self.leads += 1
        self.revenue += revenue
        for stage in range(1, 7):
            self.counts[f"n{stage}"] += reached[stage] is not None
            self.counts[f"p{stage}"] += any(moment is not None for moment in reached[stage:])
        self.counts["n34"] += reached[3] is not None and reached[4] is not None
        self.counts["n56"] += reached[5] is not None and reached[6] is not None
        if reached[6] is not None:
            self.to_won.append(reached[6] - created)
        if touch is not None:
            self.to_touch.append(touch - created)
            self.within_an_hour += business_seconds(touch) - business_seconds(created) <= 3600

    def row(self, *spend):
        names = ["n1", "n2", "n3", "n4", "n5", "n6", "p1", "p2", "p3", "p4", "p5", "n34", "n56"]
        return [
            self.leads,
            *(self.counts[name] for name in names),
            self.revenue,
            *spend,
            smallest(self.to_won, 5),
            smallest(self.to_won, 9),
            len(self.to_touch),
            smallest(self.to_touch, 5),
            self.within_an_hour,
        ]


class Reference(Peer):
    def load(self, folder):
        (self.store / "folders").write_text(f"{folder.resolve()}\n", encoding="utf-8")

    def append(self, folder):
        with open(self.store / "folders", "a", encoding="utf-8") as file:
            file.write(f"{folder.resolve()}\n")

    def read(self):
        """Every row of every folder; spend is summed only when asked for."""
        leads, spend = {}, []
        events, touches, deals = defaultdict(list), defaultdict(list), defaultdict(list)
        for line in (self.store / "folders").read_text(encoding="utf-8").splitlines():
            folder = self.store / line
            for row in rows(folder, "leads"):
                leads[row["id"]] = row
            for row in rows(folder, "events"):
                events[row["lead_id"]].append((row["stage"], seconds(row["at"])))
            for row in rows(folder, "touches"):
                if row["kind"] in OUTREACH and row["by"] != "automation":
                    touches[row["lead_id"]].append(seconds(row["at"]))
            for row in rows(folder, "deals"):
                if row["won"] == "true":
                    value = cents(row["amount"]) * RATES[row["currency"]]
                    deals[row["lead_id"]].append((seconds(row["closed_at"]), value))
            for row in rows(folder, "spend"):
                day = seconds(row["day"] + " 00:00:00") // DAY
                spend.append((row["channel"], day, cents(row["amount"])))
        return leads, events, touches, deals, spend

    def answer(self, ask):
        leads, events, touches, deals, spend = self.read()
        cells, owners = defaultdict(Group), defaultdict(Group)
        outcomes, in_channel, spent = Counter(), Counter(), Counter()
        for channel, day, amount in spend:
            if day * DAY < ask.cutoff:
                spent[channel, period(day, ask.grain)] += amount
        for lead, row in leads.items():
            created, channel = seconds(row["created_at"]), row["channel"]
            if created >= ask.cutoff or ask.channel not in (None, channel):
                continue
            moments = defaultdict(list)
            for stage, moment in events[lead]:
                if moment < ask.cutoff:
                    moments[stage].append(moment)
            reached = journey(created, moments, ask)
            for stage, lag, outcome in stays(reached, moments, ask.cutoff):
                outcomes[channel, stage, lag, outcome] += 1
            touch = first((m for m in touches[lead] if m < ask.cutoff), created)
            revenue = sum(value for closed, value in deals[lead] if closed < ask.cutoff)
            cohort = period(created // DAY, ask.grain)
            in_channel[channel, cohort] += 1
            cells[channel, row["segment"], cohort].add(reached, touch, revenue)
            owners[row["owner"]].add(reached, touch, revenue)

        def share(key):
            channel, _, cohort = key
            return spent[channel, cohort] * cells[key].leads // in_channel[channel, cohort]

        return (
            [[*key, *group.row(share(key))] for key, group in cells.items()],
            [[owner, *group.row()] for owner, group in owners.items()],
            [
                [*key, *(outcomes[(*key, outcome)] for outcome in range(4))]
                for key in {key[:3] for key in outcomes}
            ],
        )


def journey(created, moments, ask):
    """When the lead was created, then when it reached each stage of the path, or None."""
    if ask.confirmed:
        sql = moments["sql"]
        moments["mql"] = [
            mql for mql in moments["mql"] if any(mql <= s <= mql + CONFIRMED_WITHIN for s in sql)
        ]
    reached, last = [created], created
    for stage in PATH:
        moment = first(moments[stage], last)
        reached.append(moment)
        last = last if moment is None else moment
    return reached


def stays(reached, moments, cutoff):
    """For each stage reached before the last of the path: the days, and which way it was left."""
    for stage, since in enumerate(reached[:6]):
        if since is None:
            continue
        following = min((m for m in reached[stage + 1 :] if m is not None), default=None)
        left = [following, *(first(moments[way], since) for way in EXITS)]
        known = [(moment, way) for way, moment in enumerate(left) if moment is not None]
        moment, way = min(known, default=(cutoff, 3))
        yield stage, (moment - since) // DAY, way


if __name__ == "__main__":
    Run(Reference)
