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
      let isComplete = (old?.examples.count ?? 0) < CaptureGap.mostExamples
      var examples = isComplete ? (own?.examples ?? []).filter { !gone.contains($0) } : []
      for example in new?.examples ?? [] where !examples.contains(example) {
        examples.append(example)
      }
      return CaptureGap(
        kind,
        count: count,
        examples: [String](examples.prefix(CaptureGap.mostExamples))
      )
    }
  }

  /// The gaps with others in the place of those of some kinds.
  func replacing(_ kinds: Set<CaptureGap.Kind>, by new: [CaptureGap]) -> [CaptureGap] {
    CaptureGap.Kind.allCases.compactMap { kinds.contains($0) ? new.gap($0) : gap($0) }
  }

  private func gap(_ kind: CaptureGap.Kind) -> CaptureGap? { first { $0.kind == kind } }
}

extension KeptHistory {
  /// Reads anew what hangs on all leads together, where some of them changed: spend, whose campaigns'
  /// channels are those of their leads, owners, and the gaps.
  ///
  /// - Parameters:
  ///   - before: What was said of the whole company until now.
  ///   - leads: All leads with their ids, channels and campaigns.
  ///   - meetingCount: How many meetings all leads have.
  ///   - change: The changed leads' history as it is and as it was.
  ///   - facts: The facts of these leads, and all facts that name no lead.
  ///   - texts: The texts of the result.
  /// - Throws: What reading the facts throws.
  mutating func readCompanywide(
    after before: Notes,
    leads: CompanyHistory.Leads,
    meetingCount: Int,
    change: (new: CompanyHistory, old: CompanyHistory),
    _ facts: SelectedFacts,
    _ texts: TextDictionaries
  ) throws {
    let (new, old) = change
    var whole = CompanyHistory(agreement: new.agreement, asOf: new.asOf, texts: texts)
    whole.leads = leads
    try whole.readSpend(from: facts)
    spend = whole.spend
    notes.mergedLeadCount = before.mergedLeadCount
    notes.gaps = before.gaps.replacing(old.gaps, by: new.gaps)
      .replacing([.lookAlikeChannels, .spendWithoutChannel], by: whole.gaps)
    let (leadCount, tally) = (leads.ids.count, notes.tally)
    for index in notes.gaps.indices {
      let kind = notes.gaps[index].kind
      notes.gaps[index].of =
        whole.gaps.first { $0.kind == kind }?.of
        ?? Self.total(of: kind, tally, leadCount: leadCount, meetingCount: meetingCount)
    }
  }

  /// Out of how many gaps of a kind there are.
  private static func total(
    of kind: CaptureGap.Kind,
    _ tally: FactTally,
    leadCount: Int,
    meetingCount: Int
  ) -> Int? {
    func count(_ kind: FactKind) -> Int { tally.rowCounts[kind.rawValue] ?? 0 }
    return switch kind {
    case .activityWithoutLead: count(.activity)
    case .dealWithoutLead: count(.deal)
    case .eventOfUnknownLead: count(.stageEvent)
    case .leadWithoutChannel, .leadWithoutDate, .leadWithoutOwner: leadCount
    case .meetingWithoutLead: count(.meeting)
    case .meetingWithoutOutcome: meetingCount
    case .touchWithoutLead: count(.touch)
    default: nil
    }
  }
}
