"""polars: Parquet files with zstd as the store, lazy queries on the streaming engine.

Most leads walk their path in order: for them the first entry of each stage, taken without looking
at the others, is the answer. One group-by finds these. The few others get a second look, stage by
stage. Prepared, the journeys are a Parquet file that is kept in memory once it is read.
"""

import os

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import datetime  # noqa: E402

import polars as pl  # noqa: E402
from common import (  # noqa: E402
    CENSORED,
    CONFIRMED_WITHIN,
    DAY,
    EXITS,
    FAR,
    KINDS,
    LOST,
    NEXT,
    OUTREACH,
    PATH,
    RATES,
    RECYCLED,
    STAGES,
    WAITING,
    Peer,
    Run,
)
from polars import col  # noqa: E402

REACHED = [f"t{stage}" for stage in range(7)]  # t0 is the creation
LEFT = [f"z{stage}" for stage in range(6)]
LEAD = ["id", "channel", "segment", "owner"]
JOURNEY = [*LEAD, *REACHED, *LEFT, "touch", "revenue"]


def seconds(name):
    moment = col(name).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms")
    return moment.dt.epoch("s").cast(pl.Int32).alias(name)


def cents(name):
    return (col(name) * 100).round().cast(pl.Int64).alias(name)


TEXT = pl.String
SCHEMAS = {
    "leads": dict(
        id=pl.Int64, created_at=TEXT, channel=TEXT, campaign=TEXT, segment=TEXT, owner=TEXT
    ),
    "events": dict(lead_id=pl.Int64, stage=pl.Enum(STAGES), at=TEXT),
    "touches": dict(lead_id=pl.Int64, kind=pl.Enum(KINDS), at=TEXT, by=TEXT),
    "deals": dict(
        lead_id=pl.Int64, amount=pl.Float64, currency=TEXT, closed_at=TEXT, won=pl.Boolean
    ),
    "spend": dict(channel=TEXT, day=pl.Date, amount=pl.Float64),
}
COLUMNS = {
    # Groups of categories are a quarter cheaper than groups of texts.
    "leads": [
        seconds("created_at"),
        col("owner").fill_null("").cast(pl.Categorical),
        col("channel", "segment").cast(pl.Categorical),
    ],
    "events": [seconds("at")],
    "touches": [seconds("at")],
    "deals": [seconds("closed_at"), cents("amount")],
    "spend": [cents("amount")],
}


def latest(names):
    """The latest of some moments; the missing ones are passed over."""
    return pl.max_horizontal(names)


def leaving(stage, lost, recycled):
    """How a lead left the stage, from its reached stages and its first exits since."""
    since = col(f"t{stage}")
    following = pl.coalesce(REACHED[stage + 1 :])
    far_lost, far_recycled = lost.fill_null(FAR), recycled.fill_null(FAR)
    goes_on = (following <= far_lost) & (following <= far_recycled)

    def after(moment, outcome):
        return (moment - since) // DAY * 4 + outcome

    way = (
        pl.when(since.is_null())
        .then(None)
        .when(goes_on)
        .then(after(following, NEXT))
        .when(lost <= far_recycled)
        .then(after(lost, LOST))
        .when(recycled.is_not_null())
        .then(after(recycled, RECYCLED))
        .otherwise(CENSORED)
    )
    return way.cast(pl.Int16).alias(f"z{stage}")


def plain_firsts(events):
    """One row a lead: the first entry of each stage, the first and the last of each exit."""

    def moments(stage):
        return pl.when(col("stage") == stage).then(col("at"))

    firsts = [moments(stage).min().alias(f"t{k}") for k, stage in enumerate(PATH, 1)]
    for way in EXITS:
        firsts += [moments(way).min().alias(way), moments(way).max().alias(f"last_{way}")]
    return events.group_by("lead_id").agg(firsts)


def walked_in_order(ask):
    """Whether the plain firsts are the journey."""
    tests = [
        col(f"t{stage}").is_null() | (col(f"t{stage}") >= latest(REACHED[:stage]))
        for stage in range(1, 7)
    ]
    for way in EXITS:
        only = col(way) == col(f"last_{way}")
        tests.append(col(way).is_null() | only | (col(way) >= latest(REACHED)))
    tests.append(col("touch").is_null() | (col("touch") >= col("t0")))
    if ask.confirmed:
        wait = col("t2") - col("t1")
        tests.append(col("t1").is_null() | wait.is_between(0, CONFIRMED_WITHIN).fill_null(False))
    return pl.all_horizontal(tests)


def first_since(leads, moments, since, name):
    """Adds the first of the moments at or after a column of the leads."""
    found = (
        leads.select("id", since)
        .join(moments, left_on="id", right_on="lead_id")
        .filter(col("at") >= col(since))
        .group_by("id")
        .agg(col("at").min().alias(name))
    )
    return leads.join(found, on="id", how="left")


def second_look(leads, events, touches, ask):
    """The journeys of leads that did not walk in order, one stage after the other."""
    moments = {stage: events.filter(col("stage") == stage).drop("stage") for stage in STAGES}
    if ask.confirmed:
        pairs = moments["mql"].join(moments["sql"].rename({"at": "sql"}), on="lead_id")
        wait = col("sql") - col("at")
        moments["mql"] = pairs.filter(wait.is_between(0, CONFIRMED_WITHIN)).drop("sql")
    leads = leads.with_columns(last="t0")
    for stage, name in enumerate(PATH, 1):
        leads = first_since(leads, moments[name], "last", f"t{stage}")
        leads = leads.with_columns(last=latest(["last", f"t{stage}"]))
    for stage in range(6):
        for way in EXITS:
            leads = first_since(leads, moments[way], f"t{stage}", f"{way}{stage}")
    leads = first_since(leads, touches, "t0", "touch")
    left = [leaving(stage, col(f"lost{stage}"), col(f"recycled{stage}")) for stage in range(6)]
    return leads.with_columns(left).select(JOURNEY)


def business_seconds(moment):
    days = moment // DAY + 3
    weekday = days % 7
    today = (moment % DAY - 9 * 3600).clip(0, 8 * 3600)
    before = pl.min_horizontal(weekday, pl.lit(5)) * 28_800
    return days // 7 * 144_000 + before + pl.when(weekday < 5).then(today).otherwise(0)


def measures():
    """The sums and quantiles of a group of journeys, in the order of the answer."""
    has = [col(name).is_not_null() for name in REACHED]
    counts = [pl.len().alias("leads")]
    counts += [col(f"t{stage}").count().alias(f"n{stage}") for stage in range(1, 7)]
    counts += [(col("furthest") >= stage).sum().alias(f"p{stage}") for stage in range(1, 6)]
    counts += [(has[3] & has[4]).sum().alias("n34"), (has[5] & has[6]).sum().alias("n56")]
    counts += [col("revenue").sum()]
    tail = [
        col("to_won").quantile(0.5, "equiprobable").cast(pl.Int64).alias("won_p50"),
        col("to_won").quantile(0.9, "equiprobable").cast(pl.Int64).alias("won_p90"),
        col("touch").count().alias("touched"),
        col("to_touch").quantile(0.5, "equiprobable").cast(pl.Int64).alias("ft_p50"),
        (business_seconds(col("touch")) - business_seconds(col("t0")) <= 3600).sum().alias("in1bh"),
    ]
    return counts, tail


def names(expressions):
    return [expression.meta.output_name() for expression in expressions]


class Polars(Peer):
    def __init__(self, *options):
        super().__init__(*options)
        self.journeys_in_memory = None

    # -- the store

    def load(self, folder, part="base"):
        for table, schema in SCHEMAS.items():
            (self.store / table).mkdir(exist_ok=True)
            lines = pl.scan_csv(folder / f"{table}.csv", schema=schema)
            lines.with_columns(COLUMNS[table]).sink_parquet(
                self.store / table / f"{part}.parquet", compression="zstd", compression_level=1
            )

    def append(self, folder):
        self.load(folder, "delta")

    def scan(self, table, part="*"):
        return pl.scan_parquet(self.store / table / f"{part}.parquet")

    # -- the journeys

    def journeys(self, ask, only=None):
        """One row a lead; of the leads in `only`, if given."""
        leads = self.scan("leads").filter(col("created_at") < ask.cutoff)
        leads = leads.select(*LEAD, t0="created_at")
        events = self.scan("events").filter(col("at") < ask.cutoff)
        touches = self.scan("touches").filter(
            (col("at") < ask.cutoff) & col("kind").is_in(OUTREACH) & (col("by") != "automation")
        )
        touches = touches.select("lead_id", "at")
        deals = self.scan("deals").filter(col("won") & (col("closed_at") < ask.cutoff))
        if ask.channel:
            leads = leads.filter(col("channel") == ask.channel)
            only = leads.select(lead_id="id")
        elif only is not None:
            only = only.lazy()
            leads = leads.join(only, left_on="id", right_on="lead_id", how="semi")
        if only is not None:
            events, touches, deals = (
                rows.join(only, on="lead_id", how="semi") for rows in (events, touches, deals)
            )
        rate = col("currency").replace_strict(RATES, return_dtype=pl.Int64)
        parts = [
            plain_firsts(events),
            touches.group_by("lead_id").agg(touch=col("at").min()),
            deals.group_by("lead_id").agg(revenue=(col("amount") * rate).sum()),
        ]
        for part in parts:
            leads = leads.join(part, left_on="id", right_on="lead_id", how="left")

        def exit_since(way, stage):
            return pl.when(col(way) >= col(f"t{stage}")).then(col(way))

        left = [leaving(stage, *(exit_since(way, stage) for way in EXITS)) for stage in range(6)]
        found = (
            leads.with_columns(*left, in_order=walked_in_order(ask))
            .select(*JOURNEY, "in_order")
            .collect(engine="streaming")
        )
        others = found.filter(~col("in_order")).select(*LEAD, "t0", "revenue")
        wanted = others.lazy().select(lead_id="id")
        events, touches = (
            rows.join(wanted, on="lead_id", how="semi").collect(engine="streaming")
            for rows in (events, touches)
        )
        return pl.concat(
            [
                found.filter(col("in_order")).select(JOURNEY),
                second_look(others, events, touches, ask),
            ]
        )

    # -- the prepared mart

    def prepare(self, ask):
        journeys = self.journeys(ask)
        path = self.store / "journeys.parquet"
        journeys.write_parquet(path, compression="zstd", compression_level=1)

    def refresh(self, folder, before, after):
        """New rows change a journey, and so do old rows that lay in the future until now."""
        passed = {"leads": "created_at", "events": "at", "touches": "at", "deals": "closed_at"}
        touched = []
        for table, moment in passed.items():
            lead = col("id" if table == "leads" else "lead_id").alias("lead_id")
            touched.append(self.scan(table).filter(col(moment) >= before.cutoff).select(lead))
            touched.append(self.scan(table, "delta").select(lead))
        touched = pl.concat(touched).unique().collect(engine="streaming")
        kept = self.prepared_journeys().join(touched, left_on="id", right_on="lead_id", how="anti")
        self.journeys_in_memory = pl.concat([kept, self.journeys(after, touched)])

    def prepared_journeys(self):
        if self.journeys_in_memory is None:
            self.journeys_in_memory = pl.read_parquet(self.store / "journeys.parquet")
        return self.journeys_in_memory

    # -- the answer

    def answer(self, ask):
        if self.prepared and not ask.confirmed:
            journeys = self.prepared_journeys().lazy()
            if ask.channel:
                journeys = journeys.filter(col("channel") == ask.channel)
        else:
            journeys = self.journeys(ask).lazy()
        every = {"month": "1mo", "week": "1w"}[ask.grain]
        furthest = pl.coalesce(
            pl.when(col(f"t{stage}").is_not_null()).then(pl.lit(stage, pl.Int8))
            for stage in range(6, -1, -1)
        )
        rows = journeys.with_columns(
            cohort=pl.from_epoch("t0", "s").dt.truncate(every).dt.date(),
            furthest=furthest,
            to_won=col("t6") - col("t0"),
            to_touch=col("touch") - col("t0"),
        )
        counts, tail = measures()
        spend = (
            self.scan("spend")
            .filter(col("day") < datetime.date.fromisoformat(ask.cutoff_day))
            .group_by(col("channel").cast(pl.Categorical), cohort=col("day").dt.truncate(every))
            .agg(spent=col("amount").sum())
        )
        spent = col("spent").fill_null(0)
        in_channel = col("leads").sum().over("channel", "cohort").cast(pl.Int64)
        cells = (
            rows.group_by("channel", "segment", "cohort")
            .agg(*counts, *tail)
            .join(spend, on=["channel", "cohort"], how="left")
            .with_columns(spend=spent * col("leads").cast(pl.Int64) // in_channel)
            .select("channel", "segment", "cohort", *names(counts), "spend", *names(tail))
        )
        owners = rows.group_by("owner").agg(*counts, *tail)
        answers = pl.collect_all([cells, owners, self.ways(journeys, ask)], engine="streaming")
        return [table.rows() for table in answers]

    def ways(self, journeys, ask):
        """Counts leads by channel, stage, days and way out: first by code, then by its parts."""
        stages = []
        for stage in range(6):
            code, since = col(f"z{stage}"), col(f"t{stage}")
            waiting = (ask.cutoff - since) // DAY * 4 + WAITING
            full = pl.when(code == CENSORED).then(waiting).otherwise(code)
            stages.append(
                journeys.filter(code.is_not_null())
                .group_by("channel", code=full)
                .agg(leads=pl.len())
                .with_columns(stage=pl.lit(stage))
            )
        ways = [
            pl.when(col("code") % 4 == way).then(col("leads")).otherwise(0).sum().alias(f"way{way}")
            for way in range(4)
        ]
        return pl.concat(stages).group_by("channel", "stage", lag=col("code") // 4).agg(ways)


if __name__ == "__main__":
    Run(Polars)
