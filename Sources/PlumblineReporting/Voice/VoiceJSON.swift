public import PlumblineCore
import PlumblineStatistics

/// What sales said of leads beside what marketing believed, as JSON; every key is documented in
/// `Documentation/json.md`.
public struct VoiceJSON: Sendable {
  private let wire: VoiceWire

  /// An answer to be written.
  ///
  /// - Parameters:
  ///   - voice: What sales said.
  ///   - recorded: How outcomes were recorded.
  ///   - history: The history that both were read from.
  public init(_ voice: VoiceOfSales, _ recorded: RecordedOutcomes, of history: CompanyHistory) {
    wire = VoiceWire(VoiceWords(voice: voice, recorded: recorded, history: history))
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// What sales said in JSON.
struct VoiceWire: Codable, Hashable, Sendable {
  struct Row: Codable, Hashable, Sendable {
    let word: String
    @OrNull var outcome: String?
    let leads: Int
    let ideal: [String]
    let notIdeal: [String]
    let unknown: [String]
    let allFactorsYes: Int
  }

  struct Cell: Codable, Hashable, Sendable {
    let marketing: QualifyingFactor.Answer
    let sales: QualifyingFactor.Answer
    let leads: Int
    let ids: [String]
  }

  struct Factor: Codable, Hashable, Sendable {
    let factor: String
    let cells: [Cell]
    let agreed: ShareWire
    let isEnough: Bool
    @OrNull var kappa: Double?
    @OrNull var kappaLower: Double?
    @OrNull var kappaUpper: Double?
  }

  struct Bulk: Codable, Hashable, Sendable {
    let kind: BulkRecord.Kind
    let owner: String
    let start: String
    let seconds: Int
    let records: Int
    let ofAll: Int
    let threshold: Int
    let ids: [String]
  }

  struct Default: Codable, Hashable, Sendable {
    let owner: String
    let unchanged: ShareWire
    let ids: [String]
  }

  struct Meetings: Codable, Hashable, Sendable {
    let owner: String
    let held: ShareWire
    let others: ShareWire
    @OrNull var chance: Double?
    let isFlagged: Bool
    let ids: [String]
  }

  var format = JSONText.format
  var kind = "disposition"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  @OrNull var firstDay: String?
  @OrNull var lastDay: String?
  let leads: Int
  let rows: [Row]
  let factors: [Factor]
  let bulk: [Bulk]
  let defaults: [Default]
  let meetings: [Meetings]
  let notes: [String]

  init(_ words: VoiceWords) {
    let (voice, recorded) = (words.voice, words.recorded)
    let calendar = words.agreement.calendar
    headline = words.headline
    agreement = AgreementWire(words.agreement)
    asOf = Format.iso8601(voice.asOf, calendar)
    _firstDay = OrNull(wrappedValue: voice.days?.lowerBound.description)
    _lastDay = OrNull(wrappedValue: voice.days?.upperBound.description)
    leads = voice.leads.count
    rows = voice.rows.map { row in
      Row(
        word: voice.name(of: row.word),
        outcome: row.outcome?.rawValue,
        leads: row.count,
        ideal: words.ids(row.ideal),
        notIdeal: words.ids(row.notIdeal),
        unknown: words.ids(row.unknown),
        allFactorsYes: row.allFactorsYes
      )
    }
    factors = voice.factors.map { table in
      let isEnough = table.answeredByBoth >= words.agreement.thresholds.minimumLeads
      let kappa = isEnough ? table.kappa : nil
      return Factor(
        factor: table.factor.id,
        cells: AnswerTable.answers.flatMap { marketing in
          AnswerTable.answers.map { sales in
            let leads = table.leads(marketing: marketing, sales: sales)
            return Cell(
              marketing: marketing,
              sales: sales,
              leads: leads.count,
              ids: words.ids(leads)
            )
          }
        },
        agreed: ShareWire(table.agreed, of: table.answeredByBoth),
        isEnough: isEnough,
        kappa: Rounded.share(kappa?.value),
        kappaLower: Rounded.share(kappa?.interval().lower),
        kappaUpper: Rounded.share(kappa?.interval().upper)
      )
    }
    bulk = recorded.bulk.map { record in
      Bulk(
        kind: record.kind,
        owner: record.owner == 0 ? "" : words.owner(record.owner),
        start: Format.iso8601(record.start, calendar),
        seconds: Int(record.seconds),
        records: record.count,
        ofAll: record.ofAll,
        threshold: record.threshold,
        ids: words.ids(record.leads.map { Int32($0) })
      )
    }
    defaults = recorded.defaults.map { own in
      Default(
        owner: own.owner == 0 ? "" : words.owner(own.owner),
        unchanged: ShareWire(own.unchanged.count, of: own.leads),
        ids: words.ids(own.unchanged.map { Int32($0) })
      )
    }
    meetings = recorded.meetings.map { own in
      Meetings(
        owner: own.owner == 0 ? "" : words.owner(own.owner),
        held: ShareWire(own.held, of: own.recorded),
        others: ShareWire(own.others.held, of: own.others.recorded),
        chance: Rounded.share(own.chance),
        isFlagged: own.isFlagged,
        ids: words.ids(own.leads.map { Int32($0) })
      )
    }
    notes = words.notes
  }
}
