"""DuckDB: one database file, enums for stages and kinds, rows in the order of the files.

Most leads walk their path in order: for them the first entry of each stage, taken without looking
at the others, is the answer. One aggregate finds these. The few others get a second look with
lists of moments. Prepared, the journeys are one more table.

Sorting the events by lead at import was tried: it costs more than every question gains.
"""

import duckdb
from common import (
    CENSORED,
    CONFIRMED_WITHIN,
    DAY,
    EXITS,
    FAR,
    KINDS,
    OUTREACH,
    PATH,
    RATES,
    STAGES,
    Peer,
    Run,
)

TYPES = {
    "leads": "id BIGINT, created_at TIMESTAMP, channel VARCHAR, campaign VARCHAR, segment VARCHAR, "
    "owner VARCHAR",
    "events": "lead_id BIGINT, stage stage, ts TIMESTAMP",
    "touches": "lead_id BIGINT, kind kind, ts TIMESTAMP, actor VARCHAR",
    "deals": "lead_id BIGINT, amount DECIMAL(18,2), currency VARCHAR, closed_at TIMESTAMP, "
    "won BOOLEAN",
    "spend": "channel VARCHAR, day DATE, amount DECIMAL(18,2)",
}


def quoted(texts):
    return ", ".join(f"'{text}'" for text in texts)


def seconds(moment):
    """Half as wide as a timestamp in every hash table."""
    return f"epoch({moment})::INTEGER"


def listed(pattern, numbers, separator=", "):
    return separator.join(pattern.format(n) for n in numbers)


def leaving(stage, lost, recycled):
    """SQL: 4 x days + outcome, or CENSORED, for a lead that reached the stage; else NULL."""
    since = f"t{stage}"
    following = f"coalesce({listed('t{}', range(stage + 1, 7))}, NULL)"
    return f"""(CASE
      WHEN {since} IS NULL THEN NULL
      WHEN {following} <= least({lost}, {recycled}, {FAR}) THEN ({following} - {since}) // {DAY} * 4
      WHEN {lost} <= coalesce({recycled}, {FAR}) THEN ({lost} - {since}) // {DAY} * 4 + 1
      WHEN {recycled} IS NOT NULL THEN ({recycled} - {since}) // {DAY} * 4 + 2
      ELSE {CENSORED} END)::SMALLINT AS z{stage}"""


def walked_in_order(ask):
    """SQL: whether the plain firsts are the journey. greatest() passes over NULL."""
    tests = [
        f"(t{stage} IS NULL OR t{stage} >= greatest({listed('t{}', range(stage))}))"
        for stage in range(1, 7)
    ]
    everything = f"greatest({listed('t{}', range(7))})"
    tests += [f"({way} IS NULL OR {way} = last_{way} OR {way} >= {everything})" for way in EXITS]
    tests.append("(touch IS NULL OR touch >= t0)")
    if ask.confirmed:
        within = f"t2 IS NOT NULL AND t2 - t1 BETWEEN 0 AND {CONFIRMED_WITHIN}"
        tests.append(f"(t1 IS NULL OR ({within}))")
    return " AND ".join(tests)


def journeys(ask, only=None):
    """Statements that leave one row a lead in the temporary table `journey`.

    `only` names a table whose `id` are the wanted leads.
    """
    cut = f"TIMESTAMP '{ask.cutoff_text}'"
    wanted = f"created_at < {cut}"
    if ask.channel:
        wanted += f" AND channel = '{ask.channel}'"
    if only:
        wanted += f" AND id IN (SELECT id FROM {only})"
    theirs = f"AND lead_id IN (SELECT id FROM leads WHERE {wanted})" if ask.channel or only else ""
    outreach = f"ts < {cut} AND kind IN ({quoted(OUTREACH)}) AND actor <> 'automation'"
    rate = " ".join(f"WHEN '{code}' THEN {rate}" for code, rate in RATES.items())
    firsts = [f"min(at_) FILTER (stage = '{name}') AS t{k}" for k, name in enumerate(PATH, 1)]
    for way in EXITS:
        firsts.append(f"min(at_) FILTER (stage = '{way}') AS {way}")
        firsts.append(f"max(at_) FILTER (stage = '{way}') AS last_{way}")
    left = [
        leaving(stage, *(f"CASE WHEN {way} >= t{stage} THEN {way} END" for way in EXITS))
        for stage in range(6)
    ]
    columns = "id, channel, segment, owner, " + listed("t{}", range(7))
    yield f"""
      CREATE OR REPLACE TEMP TABLE journey AS
      WITH reached AS (
        SELECT lead_id, {", ".join(firsts)}
          FROM (SELECT lead_id, stage, {seconds("ts")} AS at_ FROM events WHERE ts < {cut} {theirs})
         GROUP BY lead_id),
      touched AS (
        SELECT lead_id, min({seconds("ts")}) AS touch FROM touches WHERE {outreach} {theirs}
         GROUP BY lead_id),
      earned AS (
        SELECT lead_id, sum((amount * 100)::BIGINT * CASE currency {rate} END)::BIGINT AS revenue
          FROM deals WHERE won AND closed_at < {cut} {theirs} GROUP BY lead_id),
      lead AS (
        SELECT id, channel, segment, owner, {seconds("created_at")} AS t0
          FROM leads WHERE {wanted})
      SELECT {columns}, {", ".join(left)}, touch, revenue, ({walked_in_order(ask)}) AS in_order
        FROM lead LEFT JOIN reached ON reached.lead_id = id
                  LEFT JOIN touched ON touched.lead_id = id
                  LEFT JOIN earned ON earned.lead_id = id"""
    yield """
      CREATE OR REPLACE TEMP TABLE other AS
      SELECT id, channel, segment, owner, t0, revenue FROM journey WHERE NOT in_order"""
    moments = [
        f"coalesce(list(at_) FILTER (stage = '{name}'), []) AS l{k}"
        for k, name in enumerate(STAGES, 1)
    ]
    source = f"""
      SELECT other.*, t0 AS p0, touch, {listed("coalesce(l{0}, []) AS l{0}", range(1, 9))}
        FROM other
        LEFT JOIN (
          SELECT lead_id, {", ".join(moments)}
            FROM (SELECT lead_id, stage, {seconds("ts")} AS at_ FROM events
                   WHERE ts < {cut} AND lead_id IN (SELECT id FROM other))
           GROUP BY lead_id) AS e ON e.lead_id = other.id
        LEFT JOIN (
          SELECT o.id, min({seconds("ts")}) AS touch
            FROM other AS o JOIN touches ON lead_id = o.id AND epoch(ts) >= t0
           WHERE {outreach} GROUP BY o.id) AS t ON t.id = other.id"""
    if ask.confirmed:
        confirmed = f"""list_filter(l1, lambda m:
          len(list_filter(l2, lambda s: s - m BETWEEN 0 AND {CONFIRMED_WITHIN})) > 0)"""
        source = f"SELECT * REPLACE ({confirmed} AS l1) FROM ({source})"
    for stage in range(1, 7):
        first = f"list_min(list_filter(l{stage}, lambda m: m >= p{stage - 1}))"
        source = f"""SELECT *, {first} AS t{stage}, greatest(p{stage - 1}, t{stage}) AS p{stage}
          FROM ({source})"""
    exits = [
        f"list_min(list_filter(l{column}, lambda m: m >= t{stage})) AS {way}{stage}"
        for column, way in enumerate(EXITS, 7)
        for stage in range(6)
    ]
    left = [leaving(stage, f"lost{stage}", f"recycled{stage}") for stage in range(6)]
    yield f"""
      INSERT INTO journey
      SELECT {columns}, {", ".join(left)}, touch, revenue, true
        FROM (SELECT *, {", ".join(exits)} FROM ({source}))"""


def business_seconds(moment):
    weekday = f"(({moment} // {DAY} + 3) % 7)"
    return f"""(({moment} // {DAY} + 3) // 7 * 144000 + least({weekday}, 5) * 28800
      + CASE WHEN {weekday} < 5 THEN least(greatest({moment} % {DAY} - 32400, 0), 28800)
        ELSE 0 END)"""


COUNTS = f"""count(*) AS leads, {listed("count(t{0}) AS n{0}", range(1, 7))},
  {", ".join(f"count(coalesce({listed('t{}', range(k, 7))})) AS p{k}" for k in range(1, 6))},
  count(*) FILTER (t3 IS NOT NULL AND t4 IS NOT NULL) AS n34,
  count(*) FILTER (t5 IS NOT NULL AND t6 IS NOT NULL) AS n56,
  coalesce(sum(revenue), 0)::BIGINT AS revenue"""
TAIL = f"""quantile_disc(t6 - t0, [0.5, 0.9]) AS to_won, count(touch) AS touched,
  quantile_disc(touch - t0, 0.5) AS to_touch,
  count(*) FILTER ({business_seconds("touch")} - {business_seconds("t0")} <= 3600) AS in1bh"""
COUNT_NAMES = f"""leads, {listed("n{}", range(1, 7))}, {listed("p{}", range(1, 6))}, n34, n56,
  revenue"""
TAIL_NAMES = "to_won[1], to_won[2], touched, to_touch, in1bh"


class DuckDB(Peer):
    # -- the store

    def connect(self):
        self.database = duckdb.connect(str(self.store / "company.duckdb"))
        self.database.execute(f"SET threads = {self.threads}")

    def open(self):
        self.connect()

    def run(self, *statements):
        for statement in statements:
            self.database.execute(statement)

    def rows(self, statement):
        return self.database.execute(statement).fetchall()

    def load(self, folder):
        self.connect()
        self.run(
            "SET preserve_insertion_order = false",
            f"CREATE TYPE stage AS ENUM ({quoted(STAGES)})",
            f"CREATE TYPE kind AS ENUM ({quoted(KINDS)})",
        )
        for table in TYPES:
            self.run(f"CREATE TABLE {table} AS {self.read(folder, table)}")
        self.run("CHECKPOINT")

    def append(self, folder):
        for table in TYPES:
            self.run(f"INSERT INTO {table} {self.read(folder, table)}")

    @staticmethod
    def read(folder, table):
        pairs = (column.split() for column in TYPES[table].split(", "))
        types = ", ".join(f"'{name}': '{type_}'" for name, type_ in pairs)
        # The comma of DECIMAL(18,2) has no blank behind it, so the split above keeps it whole.
        columns = "* REPLACE (coalesce(owner, '') AS owner)" if table == "leads" else "*"
        return f"""SELECT {columns} FROM read_csv('{folder}/{table}.csv', header = true,
          delim = ',', quote = '"', columns = {{{types}}})"""

    # -- the prepared mart

    def prepare(self, ask):
        self.run(*journeys(ask))
        self.run("CREATE TABLE mart AS SELECT * FROM journey WHERE in_order", "CHECKPOINT")

    def refresh(self, folder, before, after):
        """New rows change a journey, and so do old rows that lay in the future until now."""
        cut = f"TIMESTAMP '{before.cutoff_text}'"
        changed = [f"SELECT id FROM leads WHERE created_at >= {cut}"]
        for table, moment in (("events", "ts"), ("touches", "ts"), ("deals", "closed_at")):
            changed.append(f"SELECT lead_id FROM {table} WHERE {moment} >= {cut}")
            changed.append(f"SELECT lead_id FROM ({self.read(folder, table)})")
        changed.append(f"SELECT id FROM ({self.read(folder, 'leads')})")
        self.run(
            f"""CREATE OR REPLACE TEMP TABLE changed AS
              SELECT DISTINCT id FROM ({" UNION ALL ".join(changed)}) AS every(id)""",
            *journeys(after, only="changed"),
            "DELETE FROM mart WHERE id IN (SELECT id FROM changed)",
            "INSERT INTO mart SELECT * FROM journey WHERE in_order",
        )

    # -- the answer

    def answer(self, ask):
        where = "in_order"
        if self.prepared and not ask.confirmed:
            source = "mart"
            where += f" AND channel = '{ask.channel}'" if ask.channel else ""
        else:
            source = "journey"
            self.run(*journeys(ask))
        cells = self.rows(f"""
          WITH cell AS (
            SELECT channel, segment,
              date_trunc('{ask.grain}', make_timestamp(t0 * 1000000::BIGINT))::DATE AS cohort,
              {COUNTS}, {TAIL}
              FROM {source} WHERE {where} GROUP BY ALL),
          paid AS (
            SELECT channel, date_trunc('{ask.grain}', day)::DATE AS cohort,
              sum((amount * 100)::BIGINT)::BIGINT AS spent
              FROM spend WHERE day < DATE '{ask.cutoff_day}' GROUP BY ALL)
          SELECT channel, segment, cohort, {COUNT_NAMES},
            coalesce(spent * leads // (sum(leads) OVER (PARTITION BY channel, cohort))::BIGINT, 0),
            {TAIL_NAMES}
            FROM cell LEFT JOIN paid USING (channel, cohort)""")
        owners = self.rows(f"""
          SELECT owner, {COUNT_NAMES}, {TAIL_NAMES}
            FROM (SELECT owner, {COUNTS}, {TAIL} FROM {source} WHERE {where} GROUP BY owner)""")
        # First by code, which is one count; then the codes, few by now, fall into their parts.
        coded = [
            f"""SELECT channel, {stage} AS stage, CASE WHEN z{stage} = {CENSORED}
              THEN ({ask.cutoff} - t{stage}) // {DAY} * 4 + 3 ELSE z{stage} END AS code,
              count(*) AS leads
              FROM {source} WHERE {where} AND z{stage} IS NOT NULL GROUP BY ALL"""
            for stage in range(6)
        ]
        ways = listed("coalesce(sum(leads) FILTER (code % 4 = {}), 0)::BIGINT", range(4))
        left = self.rows(f"""SELECT channel, stage, code // 4 AS lag, {ways}
          FROM ({" UNION ALL ".join(coded)}) GROUP BY ALL""")
        return cells, owners, left


if __name__ == "__main__":
    Run(DuckDB)
