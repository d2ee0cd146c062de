import PlumblineCore

extension [CaptureGap] {
  /// The gaps after some of what they count was counted anew.
  ///
  /// Counts are exact. Examples are true ones, but need not be the first: which others there were
  /// nobody wrote down.
  ///
  /// - Parameters:
  ///   - old: What the part counted before.
  ///   - new: What it counts now.
  /// - Returns: The gaps of the whole.
  func replacing(_ old: [CaptureGap], by new: [CaptureGap]) -> [CaptureGap] {
    CaptureGap.Kind.allCases.compactMap { kind -> CaptureGap? in
      let (own, old, new) = (gap(kind), old.gap(kind), new.gap(kind))
      let count = (own?.count ?? 0) - (old?.count ?? 0) + (new?.count ?? 0)
      guard count > 0 else { return nil }
      let gone = Set(old?.examples ?? []).subtracting(new?.examples ?? [])
      // As many examples as a gap holds at most: there may have been others among those replaced.
      let isComplete = (old?.examples.count ?? 0) < Self.mostExamples
      var examples = isComplete ? (own?.examples ?? []).filter { !gone.contains($0) } : []
      for example in new?.examples ?? [] where !examples.contains(example) {
        examples.append(example)
      }
      return CaptureGap(
        kind,
        count: count,
        examples: [String](examples.prefix(Self.mostExamples))
      )
    }
  }

  /// The gaps with others in the place of those of some kinds.
  func replacing(_ kinds: Set<CaptureGap.Kind>, by new: [CaptureGap]) -> [CaptureGap] {
    CaptureGap.Kind.allCases.compactMap { kinds.contains($0) ? new.gap($0) : gap($0) }
  }

  private func gap(_ kind: CaptureGap.Kind) -> CaptureGap? { first { $0.kind == kind } }

  private static var mostExamples: Int { 5 }
}

extension KeptHistory {
  /// Reads anew what hangs on all leads together, after some of them were replaced: spend, whose
  /// campaigns' channels are those of their leads, owners, and the gaps.
  ///
  /// - Parameters:
  ///   - new: The replaced leads' history.
  ///   - old: What it was before.
  ///   - facts: The facts of these leads, and all facts that name no lead.
  ///   - texts: The texts of the result.
  /// - Throws: What reading the facts throws.
  mutating func readCompanywide(
    _ new: CompanyHistory,
    _ old: CompanyHistory,
    _ facts: SelectedFacts,
    _ texts: TextDictionaries
  ) throws {
    var whole = CompanyHistory(agreement: new.agreement, asOf: new.asOf, texts: texts)
    whole.leads = leads
    try whole.readSpend(from: facts)
    spend = whole.spend
    notes.ownerZones = new.ownerZones
    notes.gaps = notes.gaps.replacing(old.gaps, by: new.gaps)
      .replacing([.lookAlikeChannels, .spendWithoutChannel], by: whole.gaps)
    for index in notes.gaps.indices {
      let kind = notes.gaps[index].kind
      notes.gaps[index].of = whole.gaps.first { $0.kind == kind }?.of ?? total(of: kind)
    }
  }

  /// Out of how many gaps of a kind there are.
  private func total(of kind: CaptureGap.Kind) -> Int? {
    func count(_ kind: FactKind) -> Int { notes.tally.rowCounts[kind.rawValue] ?? 0 }
    return switch kind {
    case .activityWithoutLead: count(.activity)
    case .dealWithoutLead: count(.deal)
    case .eventOfUnknownLead: count(.stageEvent)
    case .leadWithoutChannel, .leadWithoutDate, .leadWithoutOwner: leads.ids.count
    case .meetingWithoutLead: count(.meeting)
    case .meetingWithoutOutcome: meetings.count
    case .touchWithoutLead: count(.touch)
    default: nil
    }
  }
}
