/// What is said on a terminal besides an answer, in lines that fit.
public enum RemarkText {
  /// A text whose long lines go on under their beginning, two columns further in.
  ///
  /// - Parameters:
  ///   - text: Lines of it, which may begin with spaces.
  ///   - width: The columns of the terminal; a word that is wider is cut.
  /// - Returns: The text in lines that fit.
  public static func wrapped(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard DisplayWidth.of(line) > width else { return String(line) }
      let margin = String(line.prefix { $0 == " " })
      let hanging = margin.isEmpty ? "  " : margin
      let lines = TextWrap.lines(
        String(line.dropFirst(margin.count)),
        width: max(width - hanging.count, 20)
      )
      return lines.enumerated().map { ($0 == 0 ? margin : hanging) + $1 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
