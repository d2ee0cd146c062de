public import PlumblineCore

/// What came of trying a reader with damaged texts.
public struct FuzzTally: Sendable {
  /// How many texts were tried.
  public private(set) var tried = 0
  /// How many of them were accepted.
  public private(set) var accepted = 0
  /// What broke a promise of the reader, with the iteration that did; empty when all is well.
  public private(set) var failures: [String] = []

  /// Tries a reader on damaged versions of texts and checks what it promises.
  ///
  /// A reader promises: a value exactly when there is no error; the same findings for the same
  /// bytes; and each finding with the file's name, a code and a sentence.
  ///
  /// - Parameters:
  ///   - iterations: How many damaged texts to try.
  ///   - seed: The same seed tries the same texts.
  ///   - originals: The texts to damage.
  ///   - words: Words of the format, which damage may insert.
  ///   - read: The reader: whether it gave a value for bytes of a file, its findings, and what
  ///     else it broke of its promises, if anything.
  /// - Precondition: `originals` is not empty.
  public init(
    iterations: Int,
    seed: UInt64,
    originals: [String],
    words: [String],
    read: (_ bytes: [UInt8], _ file: String) -> (
      hasValue: Bool, findings: [Diagnostic], complaint: String?
    )
  ) {
    precondition(!originals.isEmpty)
    let file = "fuzz.yaml"
    var mutator = TextMutator(seed: seed, words: words)
    let texts = originals.map { Array($0.utf8) }
    for iteration in 0..<max(0, iterations) {
      let bytes = mutator.mutate(texts[mutator.below(texts.count)])
      let (hasValue, findings, complaint) = read(bytes, file)
      tried += 1
      if let complaint { failures.append("iteration \(iteration): \(complaint)") }
      if hasValue { accepted += 1 }
      if hasValue == findings.contains(where: { $0.severity == .error }) {
        failures.append("iteration \(iteration): a value must come exactly without errors")
      }
      if findings != read(bytes, file).findings {
        failures.append("iteration \(iteration): two readings differ")
      }
      for finding in findings where !Self.isWellFormed(finding, file: file) {
        failures.append(
          "iteration \(iteration): a finding lacks its place, code or sentence: \(finding.code)"
        )
      }
    }
  }

  private static func isWellFormed(_ finding: Diagnostic, file: String) -> Bool {
    finding.location?.file == file && finding.code.contains(".") && finding.message.hasSuffix(".")
      && !finding.description.utf8.contains { $0 < 0x20 && $0 != UInt8(ascii: "\n") }
  }
}
