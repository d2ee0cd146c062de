import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A launch that ends before it begins, or is given twice.
  static let launches = AgreementCheck(code: "agreement.launches") { draft, report in
    var first: [String: YAMLPosition] = [:]
    for launch in draft.launches {
      let shown = launch.name.value.shownInMessage
      let key = WordKey.of(launch.name.value)
      if let position = first[key] {
        report(
          "launch \"\(shown)\" is given twice, first in line \(position.line).",
          at: launch.name.position,
          remedy: "Give one of the two another name."
        )
      } else {
        first[key] = launch.name.position
      }
      if let ends = launch.ends, ends.value < launch.starts {
        report(
          "launch \"\(shown)\" ends on \(ends.value), before it starts on \(launch.starts).",
          at: ends.position,
          remedy: "Write a last day on or after the first, or leave \"ends\" out."
        )
      }
    }
  }
}
