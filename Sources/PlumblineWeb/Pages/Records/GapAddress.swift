import PlumblineCore

/// Where everything is listed that a gap is about.
enum GapAddress {
  /// The address of a gap's list.
  ///
  /// - Parameters:
  ///   - kind: What is missing.
  ///   - agreement: The agreement under which it was found.
  /// - Returns: The address; nil where nothing lists it.
  static func of(_ kind: CaptureGap.Kind, under agreement: Agreement) -> String? {
    func leads(without dimension: FunnelDimension) -> [(String, String)] {
      [
        ("number", "reached:\(agreement.path[0].id)"),
        ("where", FunnelChoice.condition(dimension, "")),
      ]
    }
    let fields: [(String, String)]? =
      switch kind {
      case .leadWithoutChannel: leads(without: .channel)
      case .leadWithoutOwner: leads(without: .owner)
      case .meetingWithoutOutcome: [("number", CellNumber.unconfirmed.rawValue)]
      default: nil
      }
    return fields.map {
      Address.of("/records", $0.map { FormFields.Field(name: $0.0, value: $0.1) })
    }
  }
}
