import PlumblineCore
import PlumblineStatistics

/// Numbers of a funnel as a table of a page shows them: drawn on the scale of their column, and in
/// words below.
enum FunnelPicture {
  /// A rate with its interval, and a line where all of them together stand.
  static func rate(
    _ rate: RateEstimate,
    _ id: String,
    _ name: String,
    _ scale: Double,
    _ reference: Double?,
    of things: String = "channels"
  ) -> Markup {
    guard rate.status == .supported, let value = rate.rate, let interval = rate.interval else {
      return .text(Format.absenceInFull(of: rate))
    }
    let others = reference.map { "; all \(things) \(Format.percent($0))" } ?? ""
    return .lines([
      RangePicture(
        id: id,
        value: value,
        lower: interval.lower,
        upper: interval.upper,
        reference: reference,
        scale: scale,
        title: "\(name), within \(Format.days(rate.withinDays))",
        description: Format.rateWithBase(rate) + others
      ).markup,
      .element("span", ["class": "figure"], Format.rateWithBase(rate)),
    ])
  }

  /// Media's cost of a customer with its interval, and a line at break-even.
  static func cost(
    _ money: MoneyAnswer,
    _ currency: String,
    _ id: String,
    _ name: String,
    _ scale: Double
  ) -> Markup {
    let text = Format.cost(money, currency)
    guard let lower = money.mediaCACLower else { return .text(text) }
    let breakEven =
      money.breakEvenCAC.map { "; break-even \(Format.amount($0, currency))" } ?? ""
    return .lines([
      RangePicture(
        id: id,
        value: money.mediaCAC,
        lower: lower,
        upper: money.mediaCACUpper,
        reference: money.breakEvenCAC,
        scale: scale,
        title: "\(name), cost to win a customer",
        description: text + breakEven
      ).markup,
      .element("span", ["class": "figure"], text),
    ])
  }
}
