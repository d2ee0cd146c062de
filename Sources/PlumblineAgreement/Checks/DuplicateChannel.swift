import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A channel that is listed twice.
  static let duplicateChannel = AgreementCheck(code: "agreement.duplicate-channel") {
    draft,
    report in
    var first: [String: YAMLPosition] = [:]
    for channel in draft.channels {
      let key = WordKey.of(channel.name.value)
      if let position = first[key] {
        report(
          "channel \"\(channel.name.value.shownInMessage)\" is given twice, first in line "
            + "\(position.line).",
          at: channel.name.position,
          remedy: "Keep one of the two; upper case does not matter."
        )
      } else {
        first[key] = channel.name.position
      }
    }
  }
}
