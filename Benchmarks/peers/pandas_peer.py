"""pandas and NumPy: Parquet files written by pyarrow; every stage is one pass over its own events.

What a careful analyst writes in a notebook. A lead is a row number; a moment that does not exist is
FAR, so that the first of many is a plain minimum.
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from common import (
    CONFIRMED_WITHIN,
    DAY,
    EXITS,
    FAR,
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

CODE, MOMENT, TEXT = pa.dictionary(pa.int32(), pa.string()), pa.timestamp("s"), pa.string()
LEAD, AMOUNT = pa.int64(), pa.float64()
TYPES = {
    "leads": dict(
        id=LEAD, created_at=MOMENT, channel=CODE, campaign=CODE, segment=CODE, owner=CODE
    ),
    "events": dict(lead_id=LEAD, stage=CODE, at=MOMENT),
    "touches": dict(lead_id=LEAD, kind=CODE, at=MOMENT, by=CODE),
    "deals": dict(lead_id=LEAD, amount=AMOUNT, currency=TEXT, closed_at=MOMENT, won=TEXT),
    "spend": dict(channel=TEXT, day=MOMENT, amount=AMOUNT),
}


def business_seconds(moments):
    days = moments // DAY + 3
    weekday = days % 7
    today = np.where(weekday < 5, np.clip(moments % DAY - 9 * 3600, 0, 8 * 3600), 0)
    return days // 7 * 144_000 + np.minimum(weekday, 5) * 28_800 + today


def periods(seconds, grain):
    """The first day of the month or week of each moment."""
    days = pd.Series(seconds.astype("datetime64[s]"))
    frequency = {"month": "M", "week": "W-SUN"}[grain]
    return days.dt.to_period(frequency).dt.start_time.dt.strftime("%Y-%m-%d")


class Moments:
    """Moments of leads: the row number of the lead, and when."""

    def __init__(self, lead, at):
        self.lead, self.at = lead, at

    def where(self, keep):
        return Moments(self.lead[keep], self.at[keep])

    def first_since(self, since):
        """For each lead, its first moment at or after `since`."""
        result = np.full(len(since), FAR, np.int64)
        kept = self.where(self.at >= since[self.lead])
        first = pd.Series(kept.at).groupby(kept.lead, sort=False).min()
        result[first.index.values] = first.values
        return result

    def confirmed_by(self, others):
        """The moments that one of the others, of the same lead, follows in time."""
        mine = pd.DataFrame({"lead": self.lead, "at": self.at}).sort_values("at")
        theirs = pd.DataFrame({"lead": others.lead, "then": others.at}).sort_values("then")
        pairs = pd.merge_asof(
            mine, theirs, left_on="at", right_on="then", by="lead", direction="forward"
        )
        pairs = pairs[pairs["then"] - pairs["at"] <= CONFIRMED_WITHIN]
        return Moments(pairs["lead"].to_numpy(), pairs["at"].to_numpy())


class Pandas(Peer):
    # -- the store

    def load(self, folder, part="base"):
        pa.set_cpu_count(self.threads)
        for table, types in TYPES.items():
            options = pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False)
            rows = pa.csv.read_csv(folder / f"{table}.csv", convert_options=options)
            (self.store / table).mkdir(exist_ok=True)
            pa.parquet.write_table(
                rows.unify_dictionaries(),
                self.store / table / f"{part}.parquet",
                compression="zstd",
                compression_level=1,
            )

    def append(self, folder):
        self.load(folder, "delta")

    def open(self):
        pa.set_cpu_count(self.threads)

    def read(self, table, *columns):
        """The columns as a frame; moments are seconds, and FAR where there is none."""
        parts = sorted((self.store / table).glob("*.parquet"))
        rows = pa.concat_tables(
            [pa.parquet.read_table(part, columns=list(columns)) for part in parts]
        )
        frame = rows.unify_dictionaries().to_pandas()
        for name in frame.columns:
            if frame[name].dtype.kind == "M":
                seconds = frame[name].to_numpy().astype("datetime64[s]").astype(np.int64)
                frame[name] = np.where(seconds < 0, FAR, seconds).astype(np.int32)
        return frame

    # -- the journeys

    def moments(self, frame, rows_of, cutoff):
        """The moments of known leads before the cut-off, and which rows of the frame they are."""
        lead = rows_of.get_indexer(frame["lead_id"].to_numpy())
        at = frame["at"].to_numpy()
        known = (lead >= 0) & (at < cutoff)
        return Moments(lead[known], at[known].astype(np.int64)), known

    def stages(self, rows_of, ask):
        """The moments of each stage."""
        events = self.read("events", "lead_id", "stage", "at")
        moments, known = self.moments(events, rows_of, ask.cutoff)
        codes = events["stage"].cat.codes.to_numpy()[known]
        order = list(events["stage"].cat.categories)
        result = {
            stage: moments.where(codes == order.index(stage) if stage in order else codes < -1)
            for stage in STAGES
        }
        if ask.confirmed:
            result["mql"] = result["mql"].confirmed_by(result["sql"])
        return result

    def touches(self, rows_of, ask):
        touches = self.read("touches", "lead_id", "kind", "at", "by")
        meant = touches["kind"].isin(OUTREACH) & (touches["by"] != "automation")
        return self.moments(touches[meant], rows_of, ask.cutoff)[0]

    def revenue(self, rows_of, ask):
        deals = self.read("deals", "lead_id", "amount", "currency", "closed_at", "won")
        deals = deals[(deals["won"] == "true") & (deals["closed_at"] < ask.cutoff)]
        lead = rows_of.get_indexer(deals["lead_id"].to_numpy())
        cents = np.round(deals["amount"].to_numpy() * 100).astype(np.int64)
        value = cents * deals["currency"].astype(str).map(RATES).to_numpy(np.int64)
        result = np.zeros(len(rows_of), np.int64)
        np.add.at(result, lead[lead >= 0], value[lead >= 0])
        return result

    # -- the answer

    def answer(self, ask):
        leads = self.read("leads", "id", "created_at", "channel", "segment", "owner")
        wanted = leads["created_at"] < ask.cutoff
        if ask.channel:
            wanted &= leads["channel"] == ask.channel
        leads = leads[wanted].reset_index(drop=True)
        rows_of = pd.Index(leads["id"].to_numpy())
        created = leads["created_at"].to_numpy().astype(np.int64)
        moments = self.stages(rows_of, ask)
        reached, last = [created], created
        for stage in PATH:
            reached.append(moments[stage].first_since(last))
            last = np.where(reached[-1] < FAR, reached[-1], last)
        left = self.ways(leads["channel"], reached, moments, ask.cutoff)
        del moments
        touch = self.touches(rows_of, ask).first_since(created)

        names = ("channel", "segment", "owner")
        frame = pd.DataFrame({name: leads[name].astype(str) for name in names})
        frame["cohort"] = periods(created, ask.grain)
        frame["leads"] = 1
        has = np.array([moment < FAR for moment in reached])
        for stage in range(1, 7):
            frame[f"n{stage}"] = has[stage].astype(np.int64)
        for stage in range(1, 6):
            frame[f"p{stage}"] = has[stage:].any(axis=0).astype(np.int64)
        frame["n34"], frame["n56"] = has[3] & has[4], has[5] & has[6]
        frame["revenue"] = self.revenue(rows_of, ask)
        counts = list(frame.columns)[4:]
        touched = touch < FAR
        frame["touched"] = touched
        waited = business_seconds(np.where(touched, touch, created)) - business_seconds(created)
        frame["in1bh"] = touched & (waited <= 3600)
        frame["to_won"] = np.where(has[6], reached[6] - created, -1)
        frame["to_touch"] = np.where(touched, touch - created, -1)

        cells = self.group(frame, ["channel", "segment", "cohort"], counts)
        cells = cells.merge(self.spent(ask), on=["channel", "cohort"], how="left")
        in_channel = cells.groupby(["channel", "cohort"])["leads"].transform("sum")
        spent = cells["spent"].fillna(0).astype(np.int64)
        cells["spend"] = spent * cells["leads"] // in_channel
        owners = self.group(frame, ["owner"], counts)
        tail = ["half", "most", "touched", "to_touch", "in1bh"]
        return (
            self.rows(cells, ["channel", "segment", "cohort", *counts, "spend", *tail]),
            self.rows(owners, ["owner", *counts, *tail]),
            left,
        )

    def spent(self, ask):
        spend = self.read("spend", "channel", "day", "amount")
        spend = spend[spend["day"] < ask.cutoff].reset_index(drop=True)
        spend["channel"] = spend["channel"].astype(str)
        spend["cohort"] = periods(spend["day"].to_numpy().astype(np.int64), ask.grain)
        spend["spent"] = np.round(spend["amount"] * 100).astype(np.int64)
        return spend.groupby(["channel", "cohort"], as_index=False)["spent"].sum()

    def group(self, frame, keys, counts):
        result = frame.groupby(keys, sort=False)[[*counts, "touched", "in1bh"]].sum()
        quantiles = [("half", "to_won", 5), ("most", "to_won", 9), ("to_touch", "to_touch", 5)]
        for name, value, tenths in quantiles:
            known = frame.loc[frame[value] >= 0, [*keys, value]].sort_values(value)
            groups = known.groupby(keys, sort=False)[value]
            place = (groups.transform("size") * tenths + 9) // 10
            known = known[groups.cumcount() + 1 == place].set_index(keys)[value]
            result[name] = known.reindex(result.index)
        return result.reset_index()

    @staticmethod
    def rows(frame, columns):
        """Plain values; a missing number is None."""
        values = []
        for name in columns:
            column = frame[name]
            if column.dtype.kind == "f":
                values.append([None if np.isnan(v) else int(v) for v in column])
            else:
                values.append(column.tolist())
        return list(zip(*values, strict=True))

    def ways(self, channel, reached, moments, cutoff):
        """Counts leads by channel, stage, days and way out."""
        codes, channels = pd.factorize(channel.astype(str))
        result = []
        for stage in range(6):
            since = reached[stage]
            here = since < FAR
            following = np.minimum.reduce(reached[stage + 1 :])
            lost, recycled = (moments[way].first_since(since) for way in EXITS)
            way = np.select(
                [
                    (following < FAR) & (following <= lost) & (following <= recycled),
                    (lost < FAR) & (lost <= recycled),
                    recycled < FAR,
                ],
                [NEXT, LOST, RECYCLED],
                WAITING,
            )
            until = np.choose(way, [following, lost, recycled, np.full(len(since), cutoff)])
            lag = ((until - since) // DAY)[here]
            longest = int(lag.max(initial=0)) + 1
            places = (codes[here] * longest + lag) * 4 + way[here]
            counts = np.bincount(places, minlength=len(channels) * longest * 4)
            counts = counts.reshape(len(channels), longest, 4)
            for one, days in zip(*np.nonzero(counts.sum(axis=2)), strict=True):
                result.append([channels[one], stage, days, *counts[one, days]])
        return result


if __name__ == "__main__":
    Run(Pandas)
