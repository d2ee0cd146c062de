import PlumblineCore

/// A lead or a deal in JSON, as a line of the file says it.
struct RecordWire: Codable, Hashable, Sendable {
  @OrNull var leadId: String?
  @OrNull var dealId: String?
  @OrNull var channel: String?
  @OrNull var segment: String?
  @OrNull var stage: String?
  @OrNull var owner: String?
  @OrNull var created: String?
  @OrNull var outcome: String?
  @OrNull var followUp: String?
  @OrNull var day: String?
  @OrNull var amount: Double?
}

/// A stretch of the records behind a number in JSON.
struct RecordsWire<Record: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  var format = JSONText.format
  let kind: String
  let agreement: AgreementWire
  let asOf: String
  let number: String
  let total: Int
  let offset: Int
  let limit: Int
  @OrNull var next: String?
  let records: [Record]

  /// A stretch of a list.
  ///
  /// - Parameters:
  ///   - kind: The kind of answer.
  ///   - number: The number that the records are behind.
  ///   - provenance: What the list rests on.
  ///   - count: How many there are in all.
  ///   - window: Which of them are given.
  ///   - records: Those.
  init(
    _ kind: String,
    behind number: String,
    _ provenance: Provenance,
    count: Int,
    _ window: ListWindow,
    _ records: [Record]
  ) {
    self.kind = kind
    agreement = AgreementWire(provenance.agreement)
    asOf = Format.iso8601(provenance.asOf, provenance.agreement.calendar)
    self.number = number
    total = count
    offset = window.offset
    limit = window.limit
    _next = OrNull(wrappedValue: window.next(of: count))
    self.records = records
  }
}

extension String {
  /// The text; nil where there is none, so that JSON says null.
  var orNil: String? { isEmpty ? nil : self }
}
