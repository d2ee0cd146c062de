import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// An attribute on which the ideal customer is defined twice.
  static let idealCustomer = AgreementCheck(code: "agreement.ideal-customer") { draft, report in
    var first: [String: YAMLPosition] = [:]
    for criterion in draft.idealCustomer {
      let key = WordKey.of(criterion.name.value)
      if let position = first[key] {
        report(
          "attribute \"\(criterion.name.value.shownInMessage)\" of the ideal customer is given "
            + "twice, first in line \(position.line).",
          at: criterion.name.position,
          remedy: "Put all values that fit into one list."
        )
      } else {
        first[key] = criterion.name.position
      }
    }
  }
}
