import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

struct ErrorJSONTests {
  @Test func `no errors`() throws {
    #expect(try ErrorJSON([]).text() == "{\n  \"errors\" : [\n\n  ]\n}\n")
  }

  @Test func `one shape whatever is known`() throws {
    let text = try ErrorJSON([
      Diagnostic(.error, code: "store.locked", "Another program writes to the store."),
      Diagnostic(
        .warning,
        code: "agreement.unknown-stage",
        "Stage \"x\" is not known.",
        at: Diagnostic.Location(file: "dir/agreement.yaml", line: 14, column: 7),
        remedy: "Did you mean \"y\"?"
      ),
      Diagnostic(.note, code: "row.mended", "A blank.", at: Diagnostic.Location(file: "a.csv")),
    ]).text()
    expectGolden(text, suite: "ErrorJSON", "three")
  }
}
