/// Answers as they were written, for as long as nothing they rest on has changed.
///
/// Whoever asks for what another is being answered waits for it: many readers of one page cost one
/// answer.
actor AnswerCache {
  /// What an answer answers for.
  struct Key: Hashable, Sendable {
    /// What was asked, with all that changes the answer.
    var question: String
    /// What was on disk.
    var stamp: String
    /// Whose names are shown; everybody's when nil.
    var shownOwners: Set<String>?
    /// Whose words are spoken.
    var reader: String
  }

  private struct Entry {
    var answer: Task<Written, any Error>
    /// 0 while it is being made.
    var bytes = 0
    var lastUsed: UInt64
  }

  private var entries: [Key: Entry] = [:]
  private var clock: UInt64 = 0
  private var bytes = 0
  /// Bytes of answers that are kept.
  private let most: Int

  /// A cache.
  ///
  /// - Parameter most: Bytes of answers that are kept.
  init(most: Int = 64 * 1024 * 1024) { self.most = most }

  /// The answer for a key, made if nobody has asked for it.
  ///
  /// - Parameters:
  ///   - key: What it answers for.
  ///   - make: Makes it; what it throws is thrown to all who wait, and forgotten.
  /// - Returns: The answer.
  /// - Throws: What `make` throws.
  func answer(
    for key: Key,
    _ make: @escaping @Sendable () async throws -> Written
  ) async throws -> Written {
    clock += 1
    if let entry = entries[key] {
      entries[key]?.lastUsed = clock
      return try await entry.answer.value
    }
    let task = Task { try await make() }
    entries[key] = Entry(answer: task, lastUsed: clock)
    do {
      let written = try await task.value
      note(written, for: key)
      return written
    } catch {
      entries[key] = nil
      throw error
    }
  }

  private func note(_ written: Written, for key: Key) {
    guard entries[key]?.bytes == 0 else { return }
    entries[key]?.bytes = written.size
    bytes += written.size
    // Answers about what is no longer on disk go first, then those not asked for longest.
    for (other, entry) in entries where other.stamp != key.stamp && entry.bytes > 0 {
      remove(other, entry)
    }
    while bytes > most,
      let (oldest, entry) = entries.filter({ $0.value.bytes > 0 && $0.key != key })
        .min(by: { $0.value.lastUsed < $1.value.lastUsed })
    {
      remove(oldest, entry)
    }
  }

  private func remove(_ key: Key, _ entry: Entry) {
    entries[key] = nil
    bytes -= entry.bytes
  }
}
