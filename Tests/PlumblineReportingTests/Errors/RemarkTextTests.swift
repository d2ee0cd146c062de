import Testing

@testable import PlumblineReporting

struct RemarkTextTests {
  @Test(
    arguments: [
      ("", ""), ("short", "short"),
      (
        "error: a line that is wider than forty columns of it",
        "error: a line that is wider than forty\n  columns of it"
      ),
      (
        "error: two\n  Remedies stand under the fault, and go on there.",
        "error: two\n  Remedies stand under the fault, and go\n  on there."
      ),
      (
        "leads.csv:12:3: error: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is long",
        nil
      ),
    ] as [(String, String?)]
  )
  func `lines fit and lose nothing`(text: String, wanted: String?) {
    let wrapped = RemarkText.wrapped(text, width: 40)
    if let wanted { #expect(wrapped == wanted) }
    let lines = wrapped.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 40 })
    func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    #expect(letters(wrapped) == letters(text))
  }
}
