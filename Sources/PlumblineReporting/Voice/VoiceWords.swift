import PlumblineCore
import PlumblineStatistics

/// Sales' voice and how outcomes were recorded, in words.
struct VoiceWords {
  let voice: VoiceOfSales
  let recorded: RecordedOutcomes
  let history: CompanyHistory

  var agreement: Agreement { history.agreement }

  func ids(_ leads: [Int32]) -> [String] { leads.map { history.id(ofLead: Int($0)) }.sorted() }

  func owner(_ owner: UInt32) -> String {
    owner == 0 ? "nobody named" : history.texts[.owner][owner].printable
  }

  static func answer(_ answer: QualifyingFactor.Answer) -> String {
    switch answer {
    case .yes: "yes"
    case .no: "no"
    case .notAsked: "not asked"
    }
  }

  /// How far both agree: `72 % (60–82 %) of 61`.
  func agreed(_ table: AnswerTable) -> String {
    let count = table.answeredByBoth
    guard count >= agreement.thresholds.minimumLeads else {
      return "not enough data: both answered for \(Format.count(count)), needs "
        + Format.count(agreement.thresholds.minimumLeads)
    }
    return Format.percent(Double(table.agreed) / Double(count), table.agreementInterval)
      + " of \(Format.count(count))"
  }

  /// The agreement beyond chance: `0.42 (0.20–0.64)`.
  func kappa(_ table: AnswerTable) -> String {
    guard table.answeredByBoth >= agreement.thresholds.minimumLeads, let kappa = table.kappa else {
      return Format.absent
    }
    let interval = kappa.interval()
    func number(_ value: Double) -> String { Format.fixed(value, decimals: 2) }
    return "\(number(kappa.value)) (\(number(interval.lower)) to \(number(interval.upper)))"
  }

  /// What sales said of how many, in one sentence that can be read aloud.
  var headline: String {
    guard !voice.leads.isEmpty else {
      return "No leads were handed over\(voice.days == nil ? "" : " in these days")."
    }
    let silent = voice.rows.first { $0.word == .nothing }?.count ?? 0
    let rejected = voice.rows(of: .rejected).reduce(0) { $0 + $1.count }
    return "Of \(Format.count(voice.leads.count, "lead")) handed over sales rejected "
      + "\(Format.count(rejected)) and said nothing yet of \(Format.count(silent))."
  }

  /// A bulk edit as a sentence.
  func sentence(_ record: BulkRecord) -> String {
    let kind =
      switch record.kind {
      case .disposition: "words on leads"
      case .deal: "closed deals"
      case .stage: "stage changes"
      }
    let values = record.values.prefix(2).map {
      "\($0.text.isEmpty ? "nothing" : $0.text) \(Format.count($0.count))"
    }.joined(separator: ", ")
    return "\(Format.count(record.count)) \(kind) by \(owner(record.owner)) within "
      + "\(Format.count(Int(record.seconds), "second")) at "
      + "\(Format.instant(record.start, agreement.calendar)): recorded in bulk (\(values); "
      + "\(Format.count(record.threshold)) would have been too many for chance)."
  }

  var notes: [String] {
    [
      "Marketing's answer is its own word on a lead, or the one that both go by; sales' is its own "
        + "word only. Kappa: agreement beyond what chance alone brings about, 1 for all, 0 for none.",
      "Recorded in bulk: more outcomes by one user in one second (or minute, where times are cut to "
        + "it) than chance explains, at most one false alarm in 20 such analyses. The times then say "
        + "when somebody tidied up, not when it happened. It says nothing about anybody's work.",
    ]
  }

  var footer: String {
    let hash = String(agreement.hash.prefix(12))
    return "Agreement \(agreement.version.printable)"
      + (hash.isEmpty ? ", not yet saved" : " (\(hash))")
      + ", as of \(Format.instant(voice.asOf, agreement.calendar))."
  }
}
