import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A word that two channels claim.
  static let ambiguousChannel = AgreementCheck(code: "agreement.ambiguous-channel") {
    draft,
    report in
    var owners = Dictionary(draft.channels.map { (WordKey.of($0.name.value), $0.name.value) }) {
      first,
      _ in first
    }
    for channel in draft.channels {
      for alias in channel.aliases {
        let key = WordKey.of(alias.value)
        if let owner = owners[key], WordKey.of(owner) != WordKey.of(channel.name.value) {
          report(
            "\"\(alias.value.shownInMessage)\" names both channel "
              + "\"\(owner.shownInMessage)\" and channel \"\(channel.name.value.shownInMessage)\".",
            at: alias.position,
            remedy: "Keep it in one of the two; upper case does not matter."
          )
        } else {
          owners[key] = channel.name.value
        }
      }
    }
  }
}
