"""Small companies made to be difficult: equal instants, edges of every window, rows of nobody."""

import csv
import random
from pathlib import Path

from peers.common import (
    AFTER,
    BEFORE,
    CONFIRMED_WITHIN,
    DAY,
    KINDS,
    RATES,
    STAGES,
    TABLES,
    Ask,
)

HEADERS = {
    "leads": ["id", "created_at", "channel", "campaign", "segment", "owner"],
    "events": ["lead_id", "stage", "at"],
    "touches": ["lead_id", "kind", "at", "by"],
    "deals": ["lead_id", "amount", "currency", "closed_at", "won"],
    "spend": ["channel", "day", "amount"],
}
CHANNELS = ["paid_social", "email", "referral"]
CAMPAIGNS = ["plain", 'the "best" one', "Q1, EMEA", ""]
SEGMENTS = ["smb", "enterprise"]
PEOPLE = ["rep_001", "rep_002", "automation"]
FIRST_ID = 2**40

# Seconds between two moments that stand on either side of an edge.
STEPS = [
    0, 0, 0, 1, -1, 3600, 3601, DAY - 1, DAY, -DAY, 3 * DAY,
    CONFIRMED_WITHIN - 1, CONFIRMED_WITHIN, CONFIRMED_WITHIN + 1,
]  # fmt: skip
CUTS = [BEFORE - 1, BEFORE, BEFORE + 1, AFTER - 1, AFTER, AFTER + 30 * DAY]
# Friday 16:59:59, Saturday, Monday 08:59:59, and the first second of a month.
CLOCKS = [1_748_624_399, 1_748_700_000, 1_748_854_799, 1_748_736_000]


def text(moment):
    return Ask("", moment).cutoff_text


class Company:
    def __init__(self, seed, leads=150):
        self.random = random.Random(seed)
        self.count = leads
        self.created = {}

    def write(self, folder):
        """The base files, then the delta, which also speaks of leads of the base."""
        self.part(Path(folder), self.count, BEFORE)
        self.part(Path(folder) / "delta", self.count // 4, AFTER)

    def part(self, folder, count, cut):
        folder.mkdir(parents=True)
        start = FIRST_ID + 3 * len(self.created)
        leads = [start + 3 * n for n in range(count)]
        for lead in leads:
            base = self.random.choice([*CLOCKS, *CUTS, cut - 40 * DAY])
            self.created[lead] = base + self.random.choice(STEPS)
        rows = {
            "leads": [self.lead(lead) for lead in leads],
            "events": [self.event() for _ in range(6 * count)],
            "touches": [self.touch() for _ in range(4 * count)],
            "deals": [self.deal() for _ in range(count)],
            "spend": [
                [channel, text(cut - days * DAY)[:10], self.amount()]
                for channel in ["paid_social", "email", "nobody"]
                for days in (0, 1, 2, 30, 31, 40)
            ],
        }
        for table in TABLES:
            with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(HEADERS[table])
                writer.writerows(rows[table])

    def lead(self, lead):
        pick = self.random.choice
        return [
            lead, text(self.created[lead]), pick(CHANNELS), pick(CAMPAIGNS), pick(SEGMENTS),
            pick([*PEOPLE, ""]),
        ]  # fmt: skip

    def someone(self):
        """A lead, or now and then an id that is nobody's, or that a later file makes somebody's."""
        if not self.created or self.random.random() < 0.05:
            return FIRST_ID + self.random.randrange(4 * self.count + 4)
        return self.random.choice(list(self.created))

    def moment(self, lead):
        if self.random.random() < 0.1:
            return self.random.choice(CUTS)
        steps = self.random.sample(STEPS, 2)
        return self.created.get(lead, BEFORE - DAY) + sum(steps)

    def event(self):
        lead = self.someone()
        return [lead, self.random.choice(STAGES), text(self.moment(lead))]

    def touch(self):
        lead = self.someone()
        kind, by = self.random.choice(KINDS), self.random.choice(PEOPLE)
        return [lead, kind, text(self.moment(lead)), by]

    def deal(self):
        lead = self.someone()
        won = self.random.choice(["true", "true", "false", ""])
        closed = text(self.moment(lead)) if won else ""
        return [lead, self.amount(), self.random.choice(list(RATES)), closed, won]

    def amount(self):
        """Amounts such as 1.15 and 0.29, which no binary fraction holds exactly."""
        return f"{self.random.choice([0, 1, 115, 29, 435, 1_000_003, 99_999_999]) / 100:.2f}"
