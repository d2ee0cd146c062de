import PlumblineCore
import PlumblineStatistics

extension SLAWords {
  /// By when half, and nine of ten, were touched.
  func waits(_ times: WaitingTimes) -> String {
    func part(_ share: Double, _ name: String) -> String {
      wait(times, share).map { "\(name) within \($0)" } ?? "\(name) not yet"
    }
    return "\(part(0.5, "half")), \(part(0.9, "nine of ten")); of "
      + Format.count(times.count, "lead")
      + (times.open > 0 ? ", \(Format.count(times.open)) still waiting" : "")
  }

  /// The median wait for a narrow table.
  func median(_ times: WaitingTimes?) -> String {
    guard let times else { return Format.absent }
    return times.quantile(0.5).seconds.map(duration) ?? "not yet"
  }

  /// The median wait with its interval.
  func medianRange(_ times: WaitingTimes?) -> String {
    times.map { wait($0, 0.5) ?? "not yet" } ?? Format.absent
  }

  /// A quantile of waits with its interval; nil where so many still wait that nobody knows.
  private func wait(_ times: WaitingTimes, _ share: Double) -> String? {
    let quantile = times.quantile(share)
    guard let seconds = quantile.seconds else { return nil }
    let ends = [quantile.lower, quantile.upper].map { $0.map(duration) }
    let range: String =
      switch (ends[0], ends[1]) {
      case (let low?, let high?): low == high ? "" : " (\(low) to \(high))"
      case (let low?, nil): " (\(low) or more)"
      default: ""
      }
    return "\(duration(seconds))\(range)"
  }

  private func duration(_ seconds: Int64) -> String {
    Format.duration(seconds, isWorkingTime: answer.sales?.isWorkingTime ?? false)
  }
}
