import PlumblineCore
import PlumblineStatistics

extension Simulate {
  /// The most months of all courses together that are drawn for whoever is not at the terminal: the
  /// usual draws over ten years, or ten times as many over a year.
  static let mostDrawnMonths = 120_000

  /// Refuses what would be drawn for minutes.
  ///
  /// - Throws: `InputError` with code `simulate.too-long`.
  public func checkLength() throws {
    let (months, draws) = (months ?? 24, certain ? 0 : draws ?? HeadcountQuestion.usualDraws)
    // What can be asked nowhere is said where the question is answered.
    guard (0...HeadcountPlan.mostMonths).contains(months),
      (0...HeadcountQuestion.mostDraws).contains(draws), months * draws > Self.mostDrawnMonths
    else { return }
    throw InputError(
      code: "simulate.too-long",
      "\(draws) courses of \(months) months would take too long here.",
      remedy: "At most \(Self.mostDrawnMonths) months are drawn in all: name fewer months or "
        + "draws, or ask plumbline simulate on the command line.",
      onPage: "At most \(Self.mostDrawnMonths) months are drawn in all: name fewer months or draws."
    )
  }
}
