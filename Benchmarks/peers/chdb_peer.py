"""chdb, ClickHouse's engine in this process: MergeTree tables in the order of the leads.

The plan is that of the other SQL peers: plain firsts in one aggregate, then a second look at the
leads that did not walk in order. 0 stands for "none", as minIf gives it.
"""

from chdb import session
from common import (
    CENSORED,
    CONFIRMED_WITHIN,
    DAY,
    EXITS,
    KINDS,
    OUTREACH,
    PATH,
    RATES,
    STAGES,
    Peer,
    Run,
)

NOT_REACHED = -2


def quoted(texts):
    return ", ".join(f"'{text}'" for text in texts)


def enum(texts):
    return "Enum8(" + ", ".join(f"'{text}' = {n}" for n, text in enumerate(texts, 1)) + ")"


def listed(pattern, numbers, separator=", "):
    return separator.join(pattern.format(n) for n in numbers)


CODE, MOMENT = "LowCardinality(String)", "DateTime('UTC')"
COLUMNS = {
    "leads": f"id UInt64, created_at {MOMENT}, channel {CODE}, campaign {CODE}, segment {CODE}, "
    f"owner {CODE}",
    "events": f"lead_id UInt64, stage {enum(STAGES)}, at {MOMENT}",
    "touches": f"lead_id UInt64, kind {enum(KINDS)}, at {MOMENT}, by {CODE}",
    "deals": f"lead_id UInt64, amount Decimal(18, 2), currency {CODE}, "
    f"closed_at Nullable({MOMENT}), won Nullable(Bool)",
    "spend": f"channel {CODE}, day Date, amount Decimal(18, 2)",
}
ORDER = {
    "leads": "id",
    "events": "lead_id, at",
    "touches": "lead_id, at",
    "deals": "lead_id",
    "spend": "channel, day",
}


def leaving(stage, lost, recycled):
    """SQL: 4 x days + outcome, CENSORED or NOT_REACHED."""
    since = f"t{stage}"
    later = range(stage + 1, 7)
    following = f"multiIf({listed('t{0} > 0, t{0}', later)}, 0)"

    def before(moment, *others):
        tests = [f"{moment} > 0", *(f"({o} = 0 OR {moment} <= {o})" for o in others)]
        return " AND ".join(tests)

    return f"""multiIf({since} = 0, {NOT_REACHED},
      {before(following, lost, recycled)}, intDiv({following} - {since}, {DAY}) * 4,
      {before(lost, recycled)}, intDiv({lost} - {since}, {DAY}) * 4 + 1,
      {recycled} > 0, intDiv({recycled} - {since}, {DAY}) * 4 + 2,
      {CENSORED})::Int16 AS z{stage}"""


def walked_in_order(ask):
    """SQL: whether the plain firsts are the journey; 0 is smaller than any moment."""
    tests = [
        f"(t{stage} = 0 OR t{stage} >= greatest({listed('t{}', range(stage))}))"
        for stage in range(2, 7)
    ]
    everything = f"greatest({listed('t{}', range(7))})"
    tests.append("(t1 = 0 OR t1 >= t0) AND (touch = 0 OR touch >= t0)")
    tests += [f"({way} = 0 OR {way} = last_{way} OR {way} >= {everything})" for way in EXITS]
    if ask.confirmed:
        tests.append(f"(t1 = 0 OR (t2 >= t1 AND t2 <= t1 + {CONFIRMED_WITHIN}))")
    return " AND ".join(tests)


def journeys(ask):
    """Statements that leave one row a lead in the table `journey`."""
    cut = ask.cutoff
    wanted = f"created_at < {cut}" + (f" AND channel = '{ask.channel}'" if ask.channel else "")
    theirs = f"AND lead_id IN (SELECT id FROM leads WHERE {wanted})" if ask.channel else ""
    outreach = f"at < {cut} AND kind IN ({quoted(OUTREACH)}) AND by <> 'automation'"
    rate = ", ".join(f"currency = '{code}', {rate}" for code, rate in RATES.items())
    firsts = [f"minIf(moment, stage = '{name}') AS t{k}" for k, name in enumerate(PATH, 1)]
    for way in EXITS:
        firsts.append(f"minIf(moment, stage = '{way}') AS {way}")
        firsts.append(f"maxIf(moment, stage = '{way}') AS last_{way}")
    left = [
        leaving(stage, *(f"if({way} >= t{stage}, {way}, 0)" for way in EXITS)) for stage in range(6)
    ]
    columns = "id, channel, segment, owner, " + listed("t{}", range(7))
    yield "DROP TABLE IF EXISTS journey"
    yield f"""
      CREATE TABLE journey ENGINE = Memory AS
      WITH reached AS (
        SELECT lead_id, {", ".join(firsts)}
          FROM (SELECT lead_id, stage, toUInt32(at) AS moment FROM events
                 WHERE at < {cut} {theirs})
         GROUP BY lead_id),
      approached AS (
        SELECT lead_id, min(toUInt32(at)) AS touch FROM touches WHERE {outreach} {theirs}
         GROUP BY lead_id),
      earned AS (
        SELECT lead_id, sum(toInt64(amount * 100) * multiIf({rate}, 0)) AS revenue
          FROM deals WHERE won AND closed_at < {cut} {theirs} GROUP BY lead_id)
      SELECT {columns}, {", ".join(left)}, touch, revenue,
             ({walked_in_order(ask)})::UInt8 AS in_order
        FROM (SELECT *, toUInt32(created_at) AS t0 FROM leads WHERE {wanted}) AS lead
             LEFT JOIN reached ON reached.lead_id = lead.id
             LEFT JOIN approached ON approached.lead_id = lead.id
             LEFT JOIN earned ON earned.lead_id = lead.id"""
    others = "SELECT id FROM journey WHERE NOT in_order"
    moments = [
        f"groupArrayIf(moment, stage = '{name}') AS l{k}" for k, name in enumerate(STAGES, 1)
    ]
    source = f"""
      SELECT other.id AS id, channel, segment, owner, t0, revenue, t0 AS p0, a.touch AS touch,
             {listed("l{}", range(1, 9))}
        FROM (SELECT id, channel, segment, owner, t0, revenue FROM journey WHERE NOT in_order)
          AS other
        LEFT JOIN (
          SELECT lead_id, {", ".join(moments)}
            FROM (SELECT lead_id, stage, toUInt32(at) AS moment FROM events
                   WHERE at < {cut} AND lead_id IN ({others}))
           GROUP BY lead_id) AS e ON e.lead_id = other.id
        LEFT JOIN (
          SELECT lead_id, min(toUInt32(at)) AS touch
            FROM touches JOIN (SELECT id, t0 FROM journey WHERE NOT in_order) AS o
              ON touches.lead_id = o.id
           WHERE toUInt32(at) >= t0 AND {outreach} AND lead_id IN ({others})
           GROUP BY lead_id) AS a ON a.lead_id = other.id"""
    if ask.confirmed:
        confirmed = f"""arrayFilter(m ->
          arrayExists(s -> s >= m AND s <= m + {CONFIRMED_WITHIN}, l2), l1)"""
        source = f"SELECT * REPLACE ({confirmed} AS l1) FROM ({source})"
    for stage in range(1, 7):
        first = f"arrayMin(arrayFilter(m -> m >= p{stage - 1}, l{stage}))"
        source = f"""SELECT *, {first} AS t{stage}, greatest(p{stage - 1}, t{stage}) AS p{stage}
          FROM ({source})"""
    exits = [
        f"arrayMin(arrayFilter(m -> m >= t{stage}, l{column})) AS {way}{stage}"
        for column, way in enumerate(EXITS, 7)
        for stage in range(6)
    ]
    left = [leaving(stage, f"lost{stage}", f"recycled{stage}") for stage in range(6)]
    yield f"""
      INSERT INTO journey
      SELECT {columns}, {", ".join(left)}, touch, revenue, 1
        FROM (SELECT *, {", ".join(exits)} FROM ({source}))"""


def business_seconds(moment):
    weekday = f"((intDiv({moment}, {DAY}) + 3) % 7)"
    return f"""(intDiv(intDiv({moment}, {DAY}) + 3, 7) * 144000 + least({weekday}, 5) * 28800
      + if({weekday} < 5, least(greatest(toInt32({moment} % {DAY}) - 32400, 0), 28800), 0))"""


COUNTS = f"""count() AS leads, {listed("countIf(t{0} > 0) AS n{0}", range(1, 7))},
  {", ".join(f"countIf({listed('t{} > 0', range(k, 7), ' OR ')}) AS p{k}" for k in range(1, 6))},
  countIf(t3 > 0 AND t4 > 0) AS n34, countIf(t5 > 0 AND t6 > 0) AS n56, sum(revenue) AS earned"""
TAIL = f"""arraySort(groupArrayIf(t6 - t0, t6 > 0)) AS to_won, countIf(touch > 0) AS touched,
  quantileExactLowIf(0.5)(touch - t0, touch > 0) AS to_touch,
  countIf(touch > 0 AND {business_seconds("touch")} - {business_seconds("t0")} <= 3600) AS in1bh"""
COUNT_NAMES = f"leads, {listed('n{}', range(1, 7))}, {listed('p{}', range(1, 6))}, n34, n56, earned"
TAIL_NAMES = """if(n6 = 0, '', toString(to_won[intDiv(n6 + 1, 2)])),
  if(n6 = 0, '', toString(to_won[intDiv(9 * n6 + 9, 10)])), touched,
  if(touched = 0, '', toString(to_touch)), in1bh"""


class ClickHouse(Peer):
    # -- the store

    def open(self):
        self.session = session.Session(str(self.store))
        self.run(
            f"SET max_threads = {self.threads}, max_insert_threads = {self.threads}, "
            "join_algorithm = 'parallel_hash', session_timezone = 'UTC'",
            "CREATE DATABASE IF NOT EXISTS company",
            "USE company",
        )

    def run(self, *statements):
        for statement in statements:
            self.session.query(statement, "TabSeparated")

    def rows(self, statement):
        text = str(self.session.query(statement, "TabSeparated"))
        return [line.split("\t") for line in text.split("\n") if line]

    def load(self, folder):
        self.open()
        for table, columns in COLUMNS.items():
            engine = f"ENGINE = MergeTree ORDER BY ({ORDER[table]})"
            self.run(f"CREATE TABLE {table} ({columns}) {engine}")
        self.append(folder)

    def append(self, folder):
        for table, columns in COLUMNS.items():
            read = columns.replace(CODE, "String").replace("'", "\\'")
            path = (folder / f"{table}.csv").resolve()
            self.run(f"INSERT INTO {table} SELECT * FROM file('{path}', CSVWithNames, '{read}')")

    # -- the answer

    def answer(self, ask):
        self.run(*journeys(ask))
        start = {"month": "toStartOfMonth({})", "week": "toMonday({})"}[ask.grain]
        created = start.format("toDate(toDateTime(t0, 'UTC'))")
        cells = self.rows(f"""
          SELECT channel, segment, cohort, {COUNT_NAMES}, intDiv(spent * leads, in_channel),
                 {TAIL_NAMES}
            FROM (
              SELECT *, sum(leads) OVER (PARTITION BY channel, cohort) AS in_channel
                FROM (
                  SELECT channel, segment, {created} AS cohort, {COUNTS}, {TAIL}
                    FROM journey WHERE in_order GROUP BY channel, segment, cohort)) AS cell
            LEFT JOIN (
              SELECT channel, {start.format("day")} AS cohort, sum(toInt64(amount * 100)) AS spent
                FROM spend WHERE day < toDate('{ask.cutoff_day}') GROUP BY channel, cohort) AS paid
            USING (channel, cohort)""")
        owners = self.rows(f"""
          SELECT owner, {COUNT_NAMES}, {TAIL_NAMES}
            FROM (SELECT owner, {COUNTS}, {TAIL} FROM journey WHERE in_order GROUP BY owner)""")
        coded = [
            f"""SELECT channel, {stage} AS stage, if(z{stage} = {CENSORED},
              intDiv({ask.cutoff} - t{stage}, {DAY}) * 4 + 3, z{stage}) AS code, count() AS leads
              FROM journey WHERE in_order AND z{stage} > {NOT_REACHED} GROUP BY channel, code"""
            for stage in range(6)
        ]
        left = self.rows(f"""
          SELECT channel, stage, intDiv(code, 4) AS lag,
                 {listed("sumIf(leads, code % 4 = {})", range(4))}
            FROM ({" UNION ALL ".join(coded)}) GROUP BY channel, stage, lag""")
        return cells, owners, left


if __name__ == "__main__":
    Run(ClickHouse)
