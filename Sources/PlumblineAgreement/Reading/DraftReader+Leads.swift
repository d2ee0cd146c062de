import PlumblineCore
import PlumblineYAML

/// What leads are, what they score, and what becomes of them.
extension DraftReader {
  func readGate(_ value: YAMLValue) -> AgreementDraft.GateEntry? {
    guard let fields = value.fields(AgreementKeys.gate.known) else { return nil }
    var entry = AgreementDraft.GateEntry(position: value.position)
    entry.score = fields["score"]?.leastScore()
    entry.factors = fields["factors"]?.integer(in: KeyRange.factors)
    entry.acceptedBy = fields["accepted_by"]?.word(Stage.Team.self)
    if let bant = fields["bant"] {
      if fields["factors"] != nil {
        findings.report(
          code: "agreement.gate",
          "\"bant\" and \"factors\" say the same thing twice.",
          at: fields.keyPosition("bant") ?? bant.position,
          remedy: "Keep one of the two."
        )
      }
      let factors = bant.integer(in: KeyRange.factors)
      entry.factors = entry.factors ?? factors
    }
    let read = [entry.score != nil, entry.factors != nil, entry.acceptedBy != nil].count { $0 }
    entry.isWhole = read == fields.entries.count
    return entry
  }

  func readIdealCustomer(_ value: YAMLValue) -> [AgreementDraft.CriterionEntry] {
    (value.pairs() ?? []).compactMap { name, value in
      guard isNamed(name, "an attribute"), let match = value.attributeMatch() else { return nil }
      return AgreementDraft.CriterionEntry(
        name: Positioned(AgreementDraft.attributeName(name.value), at: name.position),
        match: match.value
      )
    }
  }

  func readFactors(_ value: YAMLValue) -> [AgreementDraft.FactorEntry]? {
    guard case .mapping = value.node.content else {
      return value.items()?.compactMap { $0.filledText() }
        .map { AgreementDraft.FactorEntry(id: $0) }
    }
    return value.pairs()?.compactMap { id, value in
      guard isNamed(id, "a qualifying factor") else { return nil }
      var entry = AgreementDraft.FactorEntry(id: id)
      if !value.node.isNull, let fields = value.fields(AgreementKeys.factor.known) {
        entry.meaning = fields["is"]?.text()?.value ?? ""
        entry.yes = words(fields["yes"])
        entry.no = words(fields["no"])
      }
      return entry
    }
  }

  func readScore(_ value: YAMLValue) -> AgreementDraft.ScoreEntry? {
    guard let fields = value.fields(AgreementKeys.score.known) else { return nil }
    var entry = AgreementDraft.ScoreEntry()
    entry.threshold = fields["mql_at"]?.integer(in: KeyRange.score)
    if let fit = fields["fit"] { readFit(fit, into: &entry) }
    if let engagement = fields["engagement"] { readEngagement(engagement, into: &entry) }
    return entry
  }

  private func readFit(_ value: YAMLValue, into entry: inout AgreementDraft.ScoreEntry) {
    guard let attributes = value.pairs() else {
      entry.isWhole = false
      return
    }
    for (name, scale) in attributes {
      guard isNamed(name, "an attribute"), let rules = scale.pairs() else {
        entry.isWhole = false
        continue
      }
      let attribute = Positioned(AgreementDraft.attributeName(name.value), at: name.position)
      for (written, value) in rules {
        guard isNamed(written, "a value of \"\(name.value.shownInMessage)\""),
          let match = scale.attributeMatch(written: written),
          let points = value.integer(in: KeyRange.points)
        else {
          entry.isWhole = false
          continue
        }
        entry.fit.append(
          .init(attribute: attribute, value: written, match: match.value, points: points)
        )
      }
    }
  }

  private func readEngagement(_ value: YAMLValue, into entry: inout AgreementDraft.ScoreEntry) {
    guard let touches = value.pairs() else {
      entry.isWhole = false
      return
    }
    for (touch, value) in touches {
      if touch.value == "half_life" {
        entry.halfLifeInDays = value.span(in: .days)
        continue
      }
      var points: Positioned<Int>?
      var most: Positioned<Int>?
      if case .mapping = value.node.content {
        let fields = value.fields(AgreementKeys.engagementRule.known)
        points = fields?.required("points")?.integer(in: KeyRange.points)
        most = fields?["most"]?.integer(in: KeyRange.mostPoints)
        if fields?["most"] != nil, most == nil { entry.isWhole = false }
      } else {
        points = value.integer(in: KeyRange.points)
      }
      guard isNamed(touch, "a type of touch"), let points else {
        entry.isWhole = false
        continue
      }
      entry.engagement.append(.init(touch: touch, points: points, most: most))
    }
  }

  func readDisposition(_ value: YAMLValue) -> AgreementDraft.DispositionEntry? {
    guard let fields = value.fields(AgreementKeys.disposition.known) else { return nil }
    let isDefault = fields["default"]?.flag()
    let meaning = fields["is"]?.text()?.value ?? ""
    let aliases = words(fields["also"])
    let outcome = fields.required("outcome")?.word(DispositionReason.Outcome.self)
    guard let id = fields.required("id")?.filledText(), let outcome else { return nil }
    return AgreementDraft.DispositionEntry(
      id: id,
      meaning: meaning,
      outcome: outcome.value,
      aliases: aliases,
      defaultPosition: isDefault?.value == true ? isDefault?.position : nil
    )
  }

  func readRecycleRule(_ value: YAMLValue) -> AgreementDraft.RecycleEntry? {
    guard let fields = value.fields(AgreementKeys.recycle.known) else { return nil }
    let when = fields.required("when")?.filledText()
    let after = fields.required("after")?.span(in: .days, atLeast: 0)
    let list = fields.required("to")?.filledText()
    guard let when, let after, let list else { return nil }
    let parts = when.value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.split(separator: " ").joined(separator: " ") }
    return AgreementDraft.RecycleEntry(
      detour: Positioned(parts[0], at: when.position),
      reason: parts.count == 2 ? parts[1] : nil,
      afterDays: after.value,
      list: list
    )
  }

  func readSuppression(_ value: YAMLValue) -> AgreementDraft.SuppressionEntry? {
    guard let fields = value.fields(AgreementKeys.suppress.known) else { return nil }
    return AgreementDraft.SuppressionEntry(
      touchedWithinDays: fields["touched_within"]?.span(in: .days, atLeast: 0),
      unsubscribed: fields["unsubscribed"].map { words($0) }
    )
  }

  /// The words of a text or a list of texts.
  func words(_ value: YAMLValue?) -> [Positioned<String>] {
    value?.oneOrMore()?.compactMap { $0.filledText() } ?? []
  }

  /// Whether a key of the file's own holds more than blanks; a fault where it does not.
  func isNamed(_ key: Positioned<String>, _ thing: String) -> Bool {
    guard WordKey.of(key.value).isEmpty else { return true }
    findings.report(
      code: "agreement.no-value",
      "the name of \(thing) must not be empty.",
      at: key.position
    )
    return false
  }
}
