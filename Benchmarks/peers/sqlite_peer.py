"""SQLite: seconds and small numbers as integers, and an index that covers each part of a question.

The files are read by the `sqlite3` command, whose CSV reader is compiled. The journeys walk the
leads in the order of the event index; leads that did not walk in order get a second look, one
statement a stage.
"""

import os
import shutil
import sqlite3
import subprocess

from common import (
    CENSORED,
    CONFIRMED_WITHIN,
    DAY,
    EXITS,
    FAR,
    OUTREACH,
    PATH,
    RATES,
    STAGES,
    Peer,
    Run,
)

STAGE_NUMBER = {name: number for number, name in enumerate(STAGES, 1)}
KINDS_OF_OUTREACH = ", ".join(f"'{kind}'" for kind in OUTREACH)
OUTREACH_ONLY = f"kind IN ({KINDS_OF_OUTREACH}) AND by <> 'automation'"
RATE = " ".join(f"WHEN '{code}' THEN {rate}" for code, rate in RATES.items())

RAW = {
    "leads": "id INTEGER, created_at TEXT, channel TEXT, campaign TEXT, segment TEXT, owner TEXT",
    "events": "lead_id INTEGER, stage TEXT, at TEXT",
    "touches": "lead_id INTEGER, kind TEXT, at TEXT, by TEXT",
    "deals": "lead_id INTEGER, amount REAL, currency TEXT, closed_at TEXT, won TEXT",
    "spend": "channel TEXT, day TEXT, amount REAL",
}
STORED = {
    "leads": "id INTEGER PRIMARY KEY, t0 INTEGER, channel TEXT, campaign TEXT, segment TEXT, "
    "owner TEXT",
    "events": "lead_id INTEGER, stage INTEGER, at INTEGER",
    "touches": "lead_id INTEGER, kind TEXT, at INTEGER, by TEXT",
    "deals": "lead_id INTEGER, value INTEGER, closed_at INTEGER",
    "spend": "channel TEXT, day INTEGER, cents INTEGER",
}
NUMBERED = " ".join(f"WHEN '{name}' THEN {number}" for name, number in STAGE_NUMBER.items())
CENTS = "CAST(round(amount * 100) AS INTEGER)"
CONVERTED = {
    "leads": "SELECT id, unixepoch(created_at), channel, campaign, segment, owner "
    "FROM raw.leads ORDER BY id",
    "events": f"SELECT lead_id, CASE stage {NUMBERED} END, unixepoch(at) FROM raw.events",
    "touches": "SELECT lead_id, kind, unixepoch(at), by FROM raw.touches",
    # Only won deals bear on the question; the others are kept without a moment.
    "deals": f"SELECT lead_id, {CENTS} * CASE currency {RATE} END, "
    "CASE WHEN won = 'true' THEN unixepoch(closed_at) END FROM raw.deals",
    "spend": f"SELECT channel, unixepoch(day) / {DAY}, {CENTS} FROM raw.spend",
}
INDEXES = [
    "CREATE INDEX event ON events(lead_id, stage, at)",
    f"CREATE INDEX outreach ON touches(lead_id, at) WHERE {OUTREACH_ONLY}",
    "CREATE INDEX won ON deals(lead_id, closed_at, value) WHERE closed_at IS NOT NULL",
]


def listed(pattern, numbers, separator=", "):
    return separator.join(pattern.format(n) for n in numbers)


def leaving(stage, lost, recycled):
    """SQL: 4 x days + outcome, or CENSORED, for a lead that reached the stage; else NULL."""
    since = f"t{stage}"
    following = f"coalesce({listed('t{}', range(stage + 1, 7))}, {FAR})"
    return f"""CASE
      WHEN {since} IS NULL THEN NULL
      WHEN {following} < {FAR} AND {following} <= {lost} AND {following} <= {recycled}
        THEN ({following} - {since}) / {DAY} * 4
      WHEN {lost} < {FAR} AND {lost} <= {recycled} THEN ({lost} - {since}) / {DAY} * 4 + 1
      WHEN {recycled} < {FAR} THEN ({recycled} - {since}) / {DAY} * 4 + 2
      ELSE {CENSORED} END AS z{stage}"""


def walked_in_order(ask):
    def latest(stages):
        return f"max({listed('coalesce(t{}, 0)', stages)}, 0)"

    tests = [f"(t{k} IS NULL OR t{k} >= {latest(range(k))})" for k in range(1, 7)]
    for way in EXITS:
        tests.append(f"({way} IS NULL OR {way} = last_{way} OR {way} >= {latest(range(7))})")
    if ask.confirmed:
        tests.append(f"(t1 IS NULL OR ifnull(t2 - t1 BETWEEN 0 AND {CONFIRMED_WITHIN}, 0))")
    return " AND ".join(tests)


def journeys(ask):
    """Statements that leave one row a lead in the temporary table `journey`."""
    cut = ask.cutoff
    wanted = f"t0 < {cut}" + (f" AND channel = '{ask.channel}'" if ask.channel else "")
    firsts = [f"min(CASE WHEN stage = {k} AND at >= t0 THEN at END) AS t{k}" for k in range(1, 7)]
    for way in EXITS:
        moments = f"(CASE WHEN stage = {STAGE_NUMBER[way]} THEN at END)"
        firsts += [f"min{moments} AS {way}", f"max{moments} AS last_{way}"]
    columns = "id, channel, segment, owner, touch, revenue, " + listed("t{}", range(7))
    left = [
        leaving(stage, *(f"CASE WHEN {way} >= t{stage} THEN {way} ELSE {FAR} END" for way in EXITS))
        for stage in range(6)
    ]
    yield "DROP TABLE IF EXISTS temp.journey"
    yield f"""
      CREATE TEMP TABLE journey AS
      SELECT {columns}, {", ".join(left)}, ({walked_in_order(ask)}) AS in_order
        FROM (
          SELECT id, channel, segment, owner, t0,
            (SELECT min(at) FROM touches
              WHERE lead_id = id AND at >= t0 AND at < {cut} AND {OUTREACH_ONLY}) AS touch,
            (SELECT sum(value) FROM deals WHERE lead_id = id AND closed_at < {cut}) AS revenue,
            {", ".join(firsts)}
            FROM leads LEFT JOIN events ON lead_id = id AND at < {cut}
           WHERE {wanted} GROUP BY id)"""
    yield "DROP TABLE IF EXISTS temp.other"
    yield f"""
      CREATE TEMP TABLE other AS
      SELECT id, channel, segment, owner, touch, revenue, t0, t0 AS last,
        {listed("NULL AS t{}", range(1, 7))} FROM journey WHERE NOT in_order"""
    since_last = f"SELECT min(at) FROM events AS e WHERE lead_id = id AND at >= last AND at < {cut}"
    confirmed = f"""AND EXISTS (
      SELECT 1 FROM events AS s WHERE s.lead_id = id AND s.stage = {STAGE_NUMBER["sql"]}
         AND s.at BETWEEN e.at AND e.at + {CONFIRMED_WITHIN} AND s.at < {cut})"""
    for stage in range(1, len(PATH) + 1):
        condition = confirmed if stage == 1 and ask.confirmed else ""
        yield f"UPDATE other SET t{stage} = ({since_last} AND stage = {stage} {condition})"
        yield f"UPDATE other SET last = coalesce(t{stage}, last)"
    exits = [
        f"""coalesce((SELECT min(at) FROM events
          WHERE lead_id = id AND stage = {STAGE_NUMBER[way]} AND at >= t{stage} AND at < {cut}),
          {FAR}) AS {way}{stage}"""
        for way in EXITS
        for stage in range(6)
    ]
    left = [leaving(stage, f"lost{stage}", f"recycled{stage}") for stage in range(6)]
    yield f"""
      INSERT INTO journey
      SELECT {columns}, {", ".join(left)}, 1 FROM (SELECT *, {", ".join(exits)} FROM other)"""
    start = {
        "month": "date(t0, 'unixepoch', 'start of month')",
        "week": f"date((t0 / {DAY} + 3) / 7 * {7 * DAY} - {3 * DAY}, 'unixepoch')",
    }[ask.grain]
    yield "ALTER TABLE journey ADD COLUMN cohort"
    yield f"UPDATE journey SET cohort = {start}"


def business_seconds(moment):
    weekday = f"(({moment} / {DAY} + 3) % 7)"
    return f"""(({moment} / {DAY} + 3) / 7 * 144000 + min({weekday}, 5) * 28800
      + CASE WHEN {weekday} < 5 THEN min(max({moment} % {DAY} - 32400, 0), 28800) ELSE 0 END)"""


COUNTS = f"""count(*), {listed("count(t{})", range(1, 7))},
  {", ".join(f"count(coalesce({listed('t{}', range(k, 7))}))" for k in range(1, 6))},
  sum(t3 IS NOT NULL AND t4 IS NOT NULL), sum(t5 IS NOT NULL AND t6 IS NOT NULL),
  coalesce(sum(revenue), 0)"""
TOUCHES = f"""count(touch),
  coalesce(sum({business_seconds("touch")} - {business_seconds("t0")} <= 3600), 0)"""


class SQLite(Peer):
    # -- the store

    @property
    def path(self):
        return self.store / "company.sqlite"

    def open(self):
        # Without a transaction left open, so that the next question sees new rows.
        self.database = sqlite3.connect(self.path, isolation_level=None)
        for setting in (
            "cache_size = -2000000",
            "temp_store = MEMORY",
            "mmap_size = 30000000000",
            f"threads = {self.threads}",
        ):
            self.database.execute(f"PRAGMA {setting}")

    def load(self, folder):
        self.read(
            folder,
            before=[
                "PRAGMA page_size = 8192",
                "PRAGMA journal_mode = OFF",
                "PRAGMA synchronous = OFF",
                *(f"CREATE TABLE {table}({columns})" for table, columns in STORED.items()),
            ],
            after=[*INDEXES, "ANALYZE", "PRAGMA journal_mode = WAL"],
        )

    def append(self, folder):
        self.read(folder)

    def read(self, folder, before=(), after=()):
        raw = self.store / "raw.sqlite"
        script = [*before, "PRAGMA cache_size = -1000000", "PRAGMA temp_store = MEMORY"]
        script += [f"PRAGMA threads = {self.threads}", f"ATTACH '{raw}' AS raw"]
        script += ["PRAGMA raw.journal_mode = OFF", "PRAGMA raw.synchronous = OFF"]
        script += [f"CREATE TABLE raw.{table}({columns})" for table, columns in RAW.items()]
        lines = [statement + ";" for statement in script] + [".mode csv"]
        lines += [f".import --skip 1 --schema raw '{folder}/{table}.csv' {table}" for table in RAW]
        lines.append("BEGIN;")
        lines += [f"INSERT INTO main.{table} {rows};" for table, rows in CONVERTED.items()]
        lines.append("COMMIT;")
        lines += [statement + ";" for statement in after]
        shell = shutil.which("sqlite3")
        done = subprocess.run(
            [shell, self.path], input="\n".join(lines), text=True, capture_output=True, check=False
        )
        if done.returncode or done.stderr:
            raise SystemExit(f"sqlite3: {done.stderr}")
        raw.unlink()
        with open(self.path, "rb") as file:
            os.fsync(file.fileno())

    # -- the answer

    def quantile(self, keys, value, tenths):
        """The ceil(n x tenths / 10)-th smallest of a value that is not NULL, for each key."""
        ranked = f"""SELECT {keys}, {value} AS value,
          row_number() OVER (PARTITION BY {keys} ORDER BY {value}) AS place,
          count(*) OVER (PARTITION BY {keys}) AS n
          FROM journey WHERE in_order AND {value} IS NOT NULL"""
        rows = self.database.execute(
            f"SELECT {keys}, value FROM ({ranked}) WHERE place = (n * {tenths} + 9) / 10"
        )
        return {row[:-1]: row[-1] for row in rows}

    def groups(self, *columns):
        """Of each group: the key, the counts, and the quantiles with what belongs to them."""
        keys = ", ".join(columns)
        half, most = (self.quantile(keys, "t6 - t0", tenths) for tenths in (5, 9))
        to_touch = self.quantile(keys, "touch - t0", 5)
        for row in self.database.execute(
            f"SELECT {keys}, {COUNTS}, {TOUCHES} FROM journey WHERE in_order GROUP BY {keys}"
        ):
            key, counts = row[: len(columns)], row[len(columns) : -2]
            touched, within_an_hour = row[-2:]
            tail = [half.get(key), most.get(key), touched, to_touch.get(key), within_an_hour]
            yield key, counts, tail

    def answer(self, ask):
        for statement in journeys(ask):
            self.database.execute(statement)
        day = f"day * {DAY}"
        start = {
            "month": f"date({day}, 'unixepoch', 'start of month')",
            "week": f"date((day + 3) / 7 * {7 * DAY} - {3 * DAY}, 'unixepoch')",
        }[ask.grain]
        spent = {
            (channel, cohort): cents
            for channel, cohort, cents in self.database.execute(
                f"SELECT channel, {start} AS cohort, sum(cents) FROM spend "
                f"WHERE {day} < {ask.cutoff} GROUP BY channel, cohort"
            )
        }
        groups = list(self.groups("channel", "segment", "cohort"))
        in_channel = {}
        for (channel, _, cohort), counts, _ in groups:
            in_channel[channel, cohort] = in_channel.get((channel, cohort), 0) + counts[0]
        cells = []
        for key, counts, tail in groups:
            paid = key[0], key[2]
            share = spent.get(paid, 0) * counts[0] // in_channel[paid]
            cells.append([*key, *counts, share, *tail])
        owners = [[*key, *counts, *tail] for key, counts, tail in self.groups("owner")]
        left = " UNION ALL ".join(
            f"""SELECT channel, {stage}, CASE WHEN z{stage} = {CENSORED}
              THEN ({ask.cutoff} - t{stage}) / {DAY} ELSE z{stage} / 4 END AS lag,
              {listed(f"sum(z{stage} >= 0 AND z{stage} % 4 = {{}})", range(3))},
              sum(z{stage} = {CENSORED})
              FROM journey WHERE in_order AND z{stage} IS NOT NULL GROUP BY channel, lag"""
            for stage in range(6)
        )
        return cells, owners, self.database.execute(left).fetchall()


if __name__ == "__main__":
    Run(SQLite)
