public import PlumblineCore

extension HistoryKeeper {
  /// What an import may say of the whole company.
  public struct Summary: Sendable {
    /// What nobody recorded.
    public var gaps: [CaptureGap]
    /// How many leads were merged into another.
    public var mergedLeadCount: Int

    fileprivate init(gaps: [CaptureGap], mergedLeadCount: Int) {
      (self.gaps, self.mergedLeadCount) = (gaps, mergedLeadCount)
    }

    fileprivate init(_ notes: KeptHistory.Notes) {
      self.init(gaps: notes.gaps, mergedLeadCount: notes.mergedLeadCount)
    }
  }

  /// Brings what is kept up to date, and says what there is to say of the whole company.
  ///
  /// Reads no more than new facts make necessary: of a small import its leads alone.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - texts: The store's numbering of texts after an import, where the caller holds it.
  ///   - progress: Told what takes time.
  /// - Returns: What is said of the whole company, with all facts.
  /// - Throws: What the store throws; a damaged file is no error.
  public func bringUpToDate(
    under agreement: Agreement,
    texts: (after: Int, TextDictionaries)? = nil,
    progress: (String) -> Void = { _ in }
  ) throws -> Summary {
    let records = try store.imports()
    let known = texts.flatMap { $0.after == records.last?.sequence ? $0.1 : nil }
    if !records.isEmpty, let question = try question(agreement, records, nil, known) {
      do {
        let file = try file(for: question)
        guard let (patch, _) = try patch(of: file, question, progress) else {
          return Summary(try KeptHistory(companywideOf: file).notes)
        }
        if try isDueToBeRewritten(file, for: patch, question) {
          var kept = try open(file, question)
          kept.put(patch)
          _ = save(kept)
        }
        return Summary(patch.history.notes)
      } catch is KeptProblem {
        // It is made anew.
      } catch is HistoryUpdate.Refusal {
        // All facts have to be read.
      }
    }
    let history = try history(under: agreement, progress: progress)
    return Summary(gaps: history.gaps, mergedLeadCount: history.mergedLeadCount)
  }

  /// Whether so much is put into the file that it had better be written anew; for a question of its own
  /// instant it never is.
  func isDueToBeRewritten(
    _ file: KeptFile,
    for patch: HistoryPatch,
    _ question: Question
  ) throws(KeptProblem) -> Bool {
    guard question.asOf == nil else { return false }
    let leadCount = try file.leadCount(before: file.partCount)
    return Double(patch.targets.count) > savedShare * Double(leadCount)
  }

  /// Whether the file answers a question as it is.
  private func isCurrent(_ file: KeptFile, for question: Question) throws -> Bool {
    let key = file.header.key
    guard key.sequence == question.key.sequence else { return false }
    if let asOf = question.asOf { return asOf.seconds == key.asOf }
    let tally = try KeptHistory(companywideOf: file).notes.tally
    return try usualInstant(tally, question).seconds == key.asOf
  }

  /// What is to be put into the file's history so that it answers a question; nil where it does as it
  /// is.
  ///
  /// A small patch is kept beside the file.
  ///
  /// - Returns: The patch, and whether it was kept.
  /// - Throws: `KeptProblem`, `HistoryUpdate.Refusal`, or what the store throws.
  func patch(
    of file: KeptFile,
    _ question: Question,
    _ progress: (String) -> Void = { _ in }
  ) throws -> (patch: HistoryPatch, isStored: Bool)? {
    if try isCurrent(file, for: question) { return nil }
    if let patch = try storedPatch(of: file, question) { return (patch, true) }
    progress("reading new facts")
    var update = HistoryUpdate(
      agreement: question.agreement,
      records: question.records,
      texts: question.texts
    )
    update.largestShare = largestShare
    var outline = try KeptHistory(outlineOf: file)
    try outline.renumberChannels(question.texts)
    var patch = try update.patch(
      of: &outline,
      meetingCount: try (0..<file.partCount).reduce(0) {
        try $0 + file.rowCount(of: "meetings", part: $1)
      },
      from: store,
      asOf: question.asOf
    )
    (patch.history.key.course, patch.history.key.rule) = (question.key.course, question.key.rule)
    if question.asOf == nil, try !isDueToBeRewritten(file, for: patch, question) {
      Leftovers.remove(of: patchPath)
      try? KeptFile.write(try patch.encoded(for: file.header.fingerprint), to: patchPath)
    }
    return (patch, false)
  }

  /// The patch that is kept beside the file, if it answers the question.
  private func storedPatch(of file: KeptFile, _ question: Question) throws -> HistoryPatch? {
    do {
      return try readPatch(of: file, question)
    } catch is KeptProblem {
      // Whatever is wrong with it, another takes its place.
      KeptFile.discard(patchPath)
      return nil
    }
  }

  /// The patch that is kept beside the file, if it answers the question.
  ///
  /// - Throws: `KeptProblem` where it is damaged, or what the store throws.
  func readPatch(of file: KeptFile, _ question: Question) throws -> HistoryPatch? {
    let stored: KeptFile
    do {
      stored = try KeptFile(path: patchPath)
    } catch {
      if error == .noFile { return nil }
      throw error
    }
    let key = stored.header.key
    guard key.store == question.key.store, key.meaning == question.key.meaning,
      key.course == question.key.course, key.sequence == question.key.sequence,
      key.rule == question.key.rule
    else { return nil }
    guard var patch = try HistoryPatch(reading: stored, of: file, under: question.agreement) else {
      return nil
    }
    let usual = try usualInstant(patch.history.notes.tally, question)
    guard (question.asOf ?? usual).seconds == key.asOf else { return nil }
    try patch.history.renumberChannels(question.texts)
    return patch
  }
}
