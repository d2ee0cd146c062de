import PlumblineYAML

extension AgreementCheck {
  /// A word that two channels claim.
  static let ambiguousChannel = AgreementCheck(code: "agreement.ambiguous-channel") {
    draft,
    report in
    var owners = Dictionary(draft.channels.map { ($0.name.value.channelKey, $0.name.value) }) {
      first,
      _ in first
    }
    for channel in draft.channels {
      for alias in channel.aliases {
        let key = alias.value.channelKey
        if let owner = owners[key], owner.channelKey != channel.name.value.channelKey {
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
