public import PlumblineCore

/// A plan as JSON; every key is documented in `Documentation/json.md`.
public struct QuotaPlanJSON: Sendable {
  private let wire: QuotaPlanWire

  /// A plan to be written.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - target: Which quota it is for.
  ///   - rule: How events were read.
  ///   - agreement: The agreement under which it was made.
  public init(
    _ plan: QuotaPlan,
    for target: QuotaTarget,
    rule: JourneyRule,
    under agreement: Agreement
  ) {
    wire = QuotaPlanWire(QuotaPlanWords(plan, target, rule, agreement.inUsualWords))
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
