/// A stretch of the records behind a number in JSON.
struct RecordsWire: Codable, Hashable, Sendable {
  /// A lead or a deal, as a line of the file says it.
  struct Record: Codable, Hashable, Sendable {
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

  var format = JSONText.format
  var kind = "records"
  let agreement: AgreementWire
  let asOf: String
  let number: String
  let total: Int
  let offset: Int
  let limit: Int
  @OrNull var next: String?
  let records: [Record]
}

extension String {
  /// The text; nil where there is none, so that JSON says null.
  var orNil: String? { isEmpty ? nil : self }
}
