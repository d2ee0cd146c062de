import PlumblineStatistics
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct FormatTests {
  @Test(
    arguments: [
      (
        ShowUp(source: .meetings, held: 0, noShow: 0, calledOff: 0, unconfirmed: 0, upcoming: 0),
        nil
      ),
      (
        ShowUp(source: .meetings, held: 3, noShow: 1, calledOff: 0, unconfirmed: 0, upcoming: 2),
        nil
      ),
      (
        ShowUp(source: .meetings, held: 0, noShow: 0, calledOff: 0, unconfirmed: 2, upcoming: 0),
        "0 % – 100 % with unconfirmed; 2 (100 %) unconfirmed"
      ),
      (
        ShowUp(source: .meetings, held: 60, noShow: 20, calledOff: 1, unconfirmed: 20, upcoming: 0),
        "60 % – 80 % with unconfirmed; 20 (20 %) unconfirmed"
      ),
    ] as [(ShowUp, String?)]
  )
  func `says what is not known of show-up`(meetings: ShowUp, wanted: String?) {
    #expect(Format.unconfirmedRange(meetings).map { "\($0.range); \($0.count)" } == wanted)
  }

  @Test(arguments: [("", ""), ("a.csv", "a.csv"), ("/tmp/x/a.csv", "a.csv"), ("x/", "x")])
  func `calls a file by its name alone`(path: String, name: String) {
    #expect(Format.fileName(path) == name)
  }

  @Test(arguments: [
    (0, "under 0.01 %"), (1e-9, "under 0.01 %"), (0.0001, "0.01 %"), (0.0004, "0.04 %"),
    (0.019, "1.9 %"), (0.5, "50 %"), (0.9994, "99.9 %"), (0.99996, "over 99.99 %"),
    (1, "over 99.99 %"), (.nan, "-"),
  ])
  func `a computed chance is never none and never all`(chance: Double, text: String) {
    #expect(Format.odds(chance) == text)
  }

  @Test(arguments: [
    (0, "0"), (-1, "-1"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"),
    (12_345, "12,345"), (1_234_567, "1,234,567"),
  ])
  func `sets thousands apart`(number: Int, text: String) {
    #expect(Format.count(number) == text)
  }

  @Test(arguments: [
    (0.0, "0 %"), (1.0, "100 %"), (0.000_01, "under 0.01 %"), (0.0004, "0.04 %"),
    (0.001, "0.1 %"), (0.023, "2.3 %"), (0.0996, "10 %"), (0.0994, "9.9 %"), (0.154, "15 %"),
    (0.994, "99 %"), (0.996, "99.6 %"), (0.9997, "99.97 %"), (0.999_99, "over 99.99 %"),
    (Double.nan, "-"), (Double.infinity, "-"),
  ])
  func `never rounds a percentage to none or all`(share: Double, text: String) {
    #expect(Format.percent(share) == text)
  }

  @Test(arguments: [
    (0.0, 0.0, 0.0, "0 % (0–0 %)"), (0.0, 0.0, 0.003, "0 % (0.0–0.3 %)"),
    (1.0, 0.997, 1.0, "100 % (99.7–100.0 %)"), (0.15, 0.12, 0.19, "15 % (12–19 %)"),
    (0.023, 0.012, 0.045, "2.3 % (1.2–4.5 %)"), (0.12, 0.1196, 0.1204, "12 % (11.96–12.04 %)"),
    (0.5, 0.0, 1.0, "50 % (0–100 %)"),
  ])
  func `gives an interval as many decimals as it needs`(
    share: Double,
    lower: Double,
    upper: Double,
    text: String
  ) {
    #expect(Format.percent(share, ConfidenceInterval(lower: lower, upper: upper)) == text)
  }

  @Test(arguments: [
    (0.0, "EUR", "EUR 0"), (1.0, "EUR", "EUR 0.01"), (4_530.0, "EUR", "EUR 45.30"),
    (9_999.6, "EUR", "EUR 100.00"), (10_000.0, "EUR", "EUR 100"),
    (1_234_000.0, "EUR", "EUR 12,340"),
    (-500_000.0, "EUR", "EUR -5,000"), (12_340.0, "JPY", "JPY 12,340"), (45.0, "JPY", "JPY 45"),
    (45_300.0, "KWD", "KWD 45.300"), (Double.nan, "EUR", "EUR -"),
  ])
  func `writes money with its currency`(minorUnits: Double, currency: String, text: String) {
    #expect(Format.money(minorUnits, currency) == text)
  }

  @Test(arguments: [
    (0.0, "EUR 0"), (99_900.0, "EUR 999"), (53_841_200.0, "EUR 538,000"),
    (99_960_000.0, "EUR 1,000,000"), (100_000.0, "EUR 1,000"),
    (123_456_789_00.0, "EUR 123,000,000"),
    (Double.infinity, "EUR -"),
  ])
  func `rounds an estimated amount to three figures`(minorUnits: Double, text: String) {
    #expect(Format.estimatedMoney(minorUnits, "EUR") == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.2, "<1"), (0.5, "0"), (0.51, "1"), (61.3, "61"), (Double.nan, "-"),
  ])
  func `gives customers as whole numbers`(number: Double, text: String) {
    #expect(Format.expected(number) == text)
  }

  @Test(arguments: [
    (0.0, "under 0.001"), (0.0009, "under 0.001"), (0.031, "0.031"), (0.5, "0.50"), (1.0, "1.00"),
    (Double.nan, "-"),
  ])
  func `writes a chance to two figures`(chance: Double, text: String) {
    #expect(Format.chance(chance) == text)
  }

  @Test(arguments: [
    (0.0, 0.0, "0.0 points lower to 0.0 higher"), (-0.1, 0.04, "10 points lower to 4.0 higher"),
    (-0.41, -0.27, "27 to 41 points lower"), (0.02, 0.3, "2.0 to 30 points higher"),
  ])
  func `writes a range of differences`(lower: Double, upper: Double, text: String) {
    #expect(Format.pointRange(ConfidenceInterval(lower: lower, upper: upper)) == text)
  }

  @Test(arguments: [
    (RateEstimate.Status.noEntries, nil, "nobody entered"),
    (.undated, nil, "no dates: too many of those who went on did so at an unknown time"),
    (.notOldEnough, 63, "not old enough: longest supported horizon is 63 days"),
    (.notOldEnough, 1, "not old enough: longest supported horizon is 1 day"),
    (.notOldEnough, nil, "not old enough: no horizon is supported yet"),
    (.supported, nil, "not old enough: no horizon is supported yet"),
  ])
  func `says why there is no rate`(status: RateEstimate.Status, days: Int?, text: String) {
    let rate = RateEstimate(
      withinDays: 91,
      entered: 12,
      converted: 0,
      status: status,
      longestSupportedDays: days
    )
    #expect(Format.rateWithBase(rate) == text)
  }

  @Test func `gives a rate with its base`() {
    let rate = RateEstimate(
      withinDays: 91,
      entered: 1234,
      converted: 180,
      status: .supported,
      rate: 0.15,
      interval: ConfidenceInterval(lower: 0.12, upper: 0.19)
    )
    #expect(Format.rateWithBase(rate) == "15 % (12–19 %) of 1,234")
  }

  @Test(arguments: [
    (0, "1970-01-01T01:00:00+01:00"), (1_711_846_799, "2024-03-31T01:59:59+01:00"),
    (1_711_846_800, "2024-03-31T03:00:00+02:00"), (-1, "1970-01-01T00:59:59+01:00"),
  ])
  func `writes an instant with the zone's offset`(seconds: Int64, text: String) throws {
    let calendar = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    #expect(Format.iso8601(Instant(seconds: seconds), calendar) == text)
  }

  @Test func `writes an offset west of Greenwich with its half hour`() throws {
    let calendar = try #require(LocalCalendar(zoneName: "America/St_Johns"))
    #expect(
      Format.iso8601(Instant(seconds: 1_704_067_200), calendar) == "2023-12-31T20:30:00-03:30"
    )
  }

  @Test(arguments: [
    (TimePoint.missing, "-"), (.undated, "no date"),
    (TimePoint(Instant(seconds: 86_400)), "1970-01-02 00:00"),
    (TimePoint(Instant(seconds: 86_405)), "1970-01-02 00:00:05"),
    (TimePoint(Instant(seconds: 86_400), precision: .day), "1970-01-02"),
    (TimePoint(Instant(seconds: 86_400), precision: .betweenExports), "by 1970-01-02 00:00"),
  ])
  func `shows a time as exactly as it is known`(time: TimePoint, text: String) {
    #expect(Format.time(time, .utc) == text)
  }
}
