import PlumblineCore

/// The store's texts as they are, and as a history under an agreement has them.
struct KeptTexts {
  /// The store's numbering.
  let stored: TextDictionaries
  /// The same with the agreed names of channels that the store does not hold, as the reading of
  /// facts adds them.
  let agreed: TextDictionaries

  /// The texts of a store under an agreement.
  init(_ stored: TextDictionaries, _ agreement: Agreement) {
    self.stored = stored
    var agreed = stored
    for channel in agreement.channels { _ = agreed[.channel].intern(channel.name) }
    self.agreed = agreed
  }
}

extension KeptHistory {
  /// Gives the agreed names of channels their present codes: new texts of the store may have
  /// taken those that they had.
  ///
  /// - Throws: `KeptProblem` when the texts are none of this history's.
  mutating func renumberChannels(_ texts: KeptTexts) throws {
    let channels = texts.agreed[.channel]
    var codes = Array(UInt32(0)..<UInt32(notes.channelCount))
    guard notes.channelCount <= texts.stored[.channel].count else { throw KeptProblem.ahead }
    for name in notes.agreedChannels {
      guard let code = channels.code(of: name) else {
        throw KeptProblem.damagedSection("notes")
      }
      codes.append(code)
    }
    func check(_ used: [UInt32], _ name: String, _ count: Int) throws {
      if let most = used.max(), most >= count { throw KeptProblem.damagedSection(name) }
    }
    try check(leads.channels, "leads.channels", codes.count)
    try check(spend.map(\.channel), "spend", codes.count)
    try check(leads.ids, "leads.ids", texts.stored.count(of: .lead))
    try check(leads.campaigns, "leads.campaigns", texts.stored.count(of: .campaign))
    try check(leads.segments, "leads.segments", texts.stored.count(of: .segment))
    try check(leads.owners, "leads.owners", texts.stored.count(of: .owner))
    noteChannels(texts)
    guard codes.indices.contains(where: { codes[$0] != UInt32($0) }) else { return }
    leads.channels = leads.channels.map { codes[Int($0)] }
    for index in spend.indices { spend[index].channel = codes[Int(spend[index].channel)] }
  }

  /// Notes which codes of channels are the agreement's.
  mutating func noteChannels(_ texts: KeptTexts) {
    let (stored, agreed) = (texts.stored[.channel], texts.agreed[.channel])
    notes.channelCount = stored.count
    notes.agreedChannels = (UInt32(stored.count)..<UInt32(agreed.count)).map { agreed[$0] }
  }
}
