import PlumblineCore
import PlumblineStatistics

/// What a meeting and what a customer of each line costs, as two ranks side by side: the lines that
/// cross are those whose cheap meetings say nothing of cheap customers.
struct RankSlopePicture {
  /// So many lines are drawn; those called out always, of the others those with the most spend.
  static let mostLines = 16

  private static let width = 760.0
  private static let left = 268.0
  private static let right = 492.0
  private static let top = 52.0
  private static let step = 30.0

  /// The name under which the page finds the picture.
  let id: String
  /// The lines with their ranks.
  let ranking: CostRanking
  /// The lines whose cheap meetings hide dear customers.
  let called: Set<String>
  /// The currency of the amounts.
  let currency: String
  /// One sentence that answers.
  let title: String

  /// The lines drawn, cheapest meetings first.
  var shown: [CostRanking.Entry] {
    let most = ranking.entries.sorted {
      ($1.row.spend, $0.row.group) < ($0.row.spend, $1.row.group)
    }
    let kept = Set(most.prefix(Self.mostLines).map(\.row.group)).union(called)
    return ranking.entries.filter { kept.contains($0.row.group) }
  }

  /// The picture; nothing where fewer than two lines can be ranked.
  var markup: Markup {
    let shown = shown
    guard shown.count > 1 else { return .none }
    let byWin = shown.sorted { $0.rankByWin < $1.rankByWin }.map(\.row.group)
    var parts = [
      Picture.words("slope-head end", x: Self.left - 12, y: 18, "Cost per meeting held"),
      Picture.words("slope-unit end", x: Self.left - 12, y: 34, "media only, \(currency)"),
      Picture.words("slope-head", x: Self.right + 12, y: 18, "Cost per customer"),
      Picture.words("slope-unit", x: Self.right + 12, y: 34, "all costs, \(currency)"),
    ]
    let bottom = Self.top + Self.step * Double(shown.count - 1)
    for x in [Self.left, Self.right] {
      parts.append(Picture.line("axis", x1: x, y1: Self.top - 8, x2: x, y2: bottom + 8))
    }
    // Those called out are drawn last, above the others.
    for isCalled in [false, true] {
      for (index, entry) in shown.enumerated() where called.contains(entry.row.group) == isCalled {
        let place = byWin.firstIndex(of: entry.row.group) ?? index
        parts += line(entry, from: index, to: place, isCalled)
      }
    }
    return Picture.frame(
      id,
      width: Self.width,
      height: bottom + 20,
      kind: "slope-picture",
      title: title,
      description: description,
      parts
    )
  }

  private func line(
    _ entry: CostRanking.Entry,
    from first: Int,
    to second: Int,
    _ isCalled: Bool
  ) -> [Markup] {
    let kind = isCalled ? " called" : ""
    let (start, end) = (y(first), y(second))
    let name = DisplayWidth.shortened(Picture.shown(entry.row.group.printable), to: 20)
    let mark: (Double, Double) -> Markup = { x, y in
      isCalled
        ? Picture.shape("slope-mark called", [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)])
        : Picture.dot("slope-mark", x: x, y: y, radius: 4)
    }
    return [
      Picture.line("slope\(kind)", x1: Self.left, y1: start, x2: Self.right, y2: end),
      mark(Self.left, start), mark(Self.right, end),
      Picture.words(
        "slope-name end\(kind)",
        x: Self.left - 12,
        y: start + 4.5,
        "\(name)  \(meeting(entry.row))"
      ),
      Picture.words(
        "slope-name\(kind)",
        x: Self.right + 12,
        y: end + 4.5,
        "\(customer(entry.row))  \(name)"
      ),
    ]
  }

  private func y(_ place: Int) -> Double { Self.top + Self.step * Double(place) }

  private func meeting(_ row: EconomicsRow) -> String {
    row.costPerMeeting.map { Format.amount($0, currency) } ?? Format.absent
  }

  private func customer(_ row: EconomicsRow) -> String {
    guard let economics = row.economics else { return Format.absent }
    return economics.costPerWin.map { Format.amount($0, currency) }
      ?? "over \(Format.amount(economics.lowestCostPerWin, currency))"
  }

  /// The numbers in words, for those who do not see the picture.
  private var description: String {
    shown.map { entry in
      "\(Picture.shown(entry.row.group.printable)): a meeting held costs \(meeting(entry.row)), rank "
        + "\(entry.rankByMeeting); a customer \(customer(entry.row)), rank \(entry.rankByWin)."
    }.joined(separator: " ")
  }
}
