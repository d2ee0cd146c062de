public import PlumblineCore

/// What nobody recorded, as JSON.
public struct GapsJSON: Sendable {
  private let wire: GapsWire

  /// Gaps to be written, in the order given.
  ///
  /// - Parameters:
  ///   - gaps: The gaps.
  ///   - agreement: The agreement in force; nil before there is one.
  public init(_ gaps: [CaptureGap], under agreement: Agreement?) {
    wire = GapsWire(
      agreement: agreement.map { AgreementWire($0) },
      gaps: gaps.map { GapWire($0) }
    )
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct GapsWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "gaps"
  @OrNull var agreement: AgreementWire?
  let gaps: [GapWire]
}
