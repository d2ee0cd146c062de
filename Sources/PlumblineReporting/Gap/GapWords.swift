import PlumblineCore
import PlumblineStatistics

/// A gap in words: what text and JSON say alike.
struct GapWords {
  let answer: GapAnswer
  let agreement: Agreement
  let stages: StageWords

  init(_ answer: GapAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: answer.horizons
    )
  }

  // MARK: Amounts

  private var isMoney: Bool { answer.unit == .money }

  /// What amounts are counted in, for the head of a table.
  var unit: String { isMoney ? agreement.currency : "customers" }

  /// An amount without its unit: `1,230,000`, `12.3`.
  func amount(_ amount: Int64) -> String {
    isMoney
      ? Format.amount(Double(amount), agreement.currency)
      : Format.fixed(Double(amount) / Double(answer.minorUnits), decimals: 1)
  }

  /// A difference with its sign: `−170,000`, `+4.5`.
  func signed(_ amount: Int64) -> String {
    let text = self.amount(amount.magnitude > Int64.max.magnitude ? .max : abs(amount))
    if text.allSatisfy({ "0.".contains($0) }) { return "0" }
    return (amount < 0 ? "−" : "+") + text
  }

  /// A range of differences: `−250,000 to −80,000`; blank where there is nothing.
  func range(_ part: GapPart) -> String {
    part.lower == 0 && part.upper == 0 ? "" : "\(signed(part.lower)) to \(signed(part.upper))"
  }

  /// An amount with its unit, rounded: `EUR 170,000`, `4.5 customers`.
  func money(_ amount: Int64) -> String {
    isMoney
      ? Format.estimatedMoney(Double(amount), agreement.currency)
      : "\(self.amount(amount)) customers"
  }

  /// A difference in words: `EUR 170,000 less`.
  func difference(_ amount: Int64) -> String {
    amount == 0 ? "no more and no less" : "\(money(abs(amount))) \(amount < 0 ? "less" : "more")"
  }

  /// Whether a part may be chance, in a word or two.
  func certainty(_ part: GapPart) -> String {
    if part.amount == 0, part.lower == part.upper { return "" }
    if answer.standsOut(part, under: agreement) { return "stands out" }
    return part.isClear ? "clear" : "may be chance"
  }

  // MARK: Names

  /// A factor's name: `number of leads`, `opportunity → won`.
  func name(_ factor: GapFactor) -> String {
    switch factor {
    case .volume: "number of leads"
    case .mix: "mix of channels"
    case .rate(let stage): stages.step(stage, stage + 1)
    case .deal: "mean deal"
    }
  }

  /// A factor for programs: `volume`, `opportunity-won`.
  func id(_ factor: GapFactor) -> String {
    switch factor {
    case .volume: "volume"
    case .mix: "mix"
    case .rate(let stage): "\(agreement.path[stage].id)-\(agreement.path[stage + 1].id)"
    case .deal: "deal"
    }
  }

  /// A period's name: `2026 Q1`, else its days.
  func name(_ period: GapPeriod) -> String { period.name ?? "\(period.first) to \(period.last)" }

  /// What stands over the base's column.
  var baseTitle: String {
    switch answer.benchmark {
    case .previous: "before"
    case .plan: "planned"
    case .best: "at best"
    }
  }

  // MARK: Sentences

  /// The gap in one sentence that can be read aloud.
  var headline: String {
    let leads =
      "Counting what is won within the days of every step, the leads of \(name(answer.period))"
    guard !answer.channels.isEmpty else {
      return "No gap can be told: no leads came in, neither in \(name(answer.period)) nor before."
    }
    var text = "\(leads) bring \(money(answer.actual)), "
    switch answer.benchmark {
    case .previous:
      text +=
        "\(difference(answer.total.amount)) than those of "
        + (answer.basePeriod.map { name($0) } ?? "the period before")
    case .plan: text += "\(difference(answer.total.amount)) than planned"
    case .best:
      let best = (answer.best?.channel ?? "").printable.possessive
      text +=
        "\(difference(answer.total.amount)) than if every channel's leads went on as \(best) do"
    }
    text += answer.total.isClear ? "" : ", a difference that chance alone may make"
    return text + "; \(largest)."
  }

  /// What weighs most in the gap's direction, of all that stands out though everything was looked
  /// at: a factor, or the channel that makes most of it.
  private var largest: String {
    let direction = answer.total.amount.signum()
    func weighs(_ part: GapPart) -> Bool {
      direction != 0 && part.amount.signum() == direction
    }
    let factors = answer.factors.indices.filter { index in
      let part = answer.factorTotals[index]
      let isCount = [.volume, .mix].contains(answer.factors[index])
      return weighs(part) && (isCount ? part.isClear : answer.standsOut(part, under: agreement))
    }
    let cells = parts.filter { weighs($0.part) && answer.standsOut($0.part, under: agreement) }
    let factor = factors.max {
      answer.factorTotals[$0].amount.magnitude < answer.factorTotals[$1].amount.magnitude
    }
    let cell = cells.first { factor == nil || $0.index == factor }
    let place: String
    let amount: Int64
    switch (factor, cell) {
    case (nil, nil): return "no single part of it stands out when all are looked at"
    case (let factor?, let cell?)
    where 2 * cell.part.amount.magnitude < answer.factorTotals[factor].amount.magnitude:
      (place, amount) = self.place(factor)
    case (_, let cell?): (place, amount) = (cell.place, cell.part.amount)
    case (let factor?, nil): (place, amount) = self.place(factor)
    }
    return "of all that was looked at, what stands out most is \(place), \(difference(amount))"
  }

  private func place(_ index: Int) -> (String, Int64) {
    let factor = answer.factors[index]
    let isCount = [.volume, .mix].contains(factor)
    let place =
      isCount
      ? "the \(name(factor))"
      : answer.channels.count > 1 ? "\(name(factor)) over all channels" : name(factor)
    return (place, answer.factorTotals[index].amount)
  }

  /// One part with where it is.
  struct Part {
    var channel: GapChannel
    var index: Int
    var part: GapPart
    var place: String
  }

  /// All parts that are not nothing, the largest first.
  var parts: [Part] {
    var parts: [Part] = []
    for channel in answer.channels {
      for (index, factor) in answer.factors.enumerated() {
        let part = channel.parts[index]
        guard part.amount != 0 || part.isClear else { continue }
        parts.append(
          Part(channel: channel, index: index, part: part, place: place(channel, factor))
        )
      }
    }
    return parts.sorted { left, right in
      let (first, second) = (left.part.amount.magnitude, right.part.amount.magnitude)
      return first != second ? first > second : left.place < right.place
    }
  }

  private func place(_ channel: GapChannel, _ factor: GapFactor) -> String {
    if channel.name == GapBuilder.allChannels { return self.name(factor) }
    let name = channel.name.printable
    return switch factor {
    case .volume: "\(name), number of leads over all channels"
    case .mix: "\(name), share of all leads"
    case .rate, .deal: "\(name), \(self.name(factor))"
    }
  }

  /// A factor's value on one side, with its base and how much of it is known.
  func value(_ factor: GapFactor, _ side: GapSide, _ other: GapSide, isBase: Bool) -> String {
    switch factor {
    case .volume:
      let all = answer.channels.reduce(0) { $0 + (isBase ? $1.base : $1.actual).volume }
      return Format.fixed(all, decimals: 0)
    case .mix:
      return side.share.map { "\(Format.percent($0)), \(Format.fixed(side.volume, decimals: 0))" }
        ?? Format.absent
    case .rate(let stage): return rate(side.rates[stage])
    case .deal: return deal(side.deal)
    }
  }

  /// A rate with its base: `39 % of 88`, `39 % of 88, 71 % known`.
  func rate(_ rate: GapRate) -> String {
    guard let value = rate.rate else {
      return rate.basis == .notPlanned ? "not planned" : "nobody entered"
    }
    let share = Format.percent(value)
    switch rate.basis {
    case .planned: return "\(share) planned"
    case .shrunk: return "\(share), allowing for few leads"
    default:
      var text = "\(share) of \(Format.count(rate.entered))"
      if let maturity = rate.maturity, maturity < 0.995 {
        text += ", \(Format.percent(maturity)) known"
      }
      return text
    }
  }

  private func deal(_ deal: GapDeal) -> String {
    let mean = Format.amount(deal.mean, agreement.currency)
    switch deal.basis {
    case .observed: return "\(mean) over \(Format.count(deal.deals, "deal"))"
    case .planned: return "\(mean) planned"
    case .otherSide: return "no deals"
    case .allChannels: return "\(mean) over all channels"
    case .notPlanned: return "not planned"
    case .customers: return "not known"
    }
  }

  /// What rates and their changes have to do with the mix of channels.
  var mixRate: [String] {
    let decomposition = answer.mixRate.decomposition
    guard answer.channels.count > 1, answer.benchmark != .best else { return [] }
    let volumes = answer.channels.reduce((0.0, 0.0)) {
      ($0.0 + $1.base.volume, $0.1 + $1.actual.volume)
    }
    guard volumes.0 > 0, volumes.1 > 0, let last = answer.horizons.first else { return [] }
    let end = stages.label(agreement.path.last?.id ?? last.to)
    func rate(_ rate: Double, _ volume: Double) -> String {
      "\(Format.percent(rate)) of \(Format.fixed(volume, decimals: 0)) leads"
    }
    var sentences = [
      "From the first stage to \(end): \(rate(decomposition.baseRate, volumes.0)) "
        + "\(baseTitle), \(rate(decomposition.rate, volumes.1)) now, "
        + "\(Format.signedPoints(decomposition.change)) points. "
        + "\(Format.signedPoints(decomposition.mix)) points go with the mix of channels, "
        + "\(Format.signedPoints(decomposition.ownRates)) points with the channels' own rates."
    ]
    let (own, whole) =
      decomposition.change < 0 ? ("better", "worse") : ("worse", "better")
    if decomposition.isSimpson {
      sentences.append(
        "Careful: every single channel does \(own), yet all together do \(whole), for more of the "
          + "leads come from channels that do \(whole). The overall rate alone would mislead."
      )
    } else if decomposition.hasOppositeSigns {
      sentences.append(
        "Careful: taken together the channels' own rates are \(own), yet the overall rate is "
          + "\(whole): the mix of channels outweighs them."
      )
    }
    return sentences
  }
}
