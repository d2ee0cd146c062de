import PlumblineConnectors
import Testing

struct ValueRenamesTests {
  @Test func `renames nothing when there are no renames`() {
    #expect(ValueRenames().renamed("x") == nil)
    #expect(ValueRenames().isEmpty)
  }

  @Test(
    arguments: [
      ("Google", "Google Ads"), (" gOOGLE\t", "Google Ads"), ("", "empty"), ("  ", "empty"),
      ("fb", nil), ("FB", "Meta"), ("Fb", "Facebook"), ("google ads", nil), ("STRASSE", nil),
    ] as [(String, String?)]
  )
  func `ignores case and outer blanks unless renames differ by case alone`(
    value: String,
    renamed: String?
  ) {
    let renames = ValueRenames([
      ValueRenames.Entry("google", to: "Google Ads"), ValueRenames.Entry(" ", to: "empty"),
      ValueRenames.Entry("FB", to: "Meta"), ValueRenames.Entry("Fb ", to: "Facebook"),
    ])
    #expect(renames.renamed(value) == renamed)
  }

  @Test func `lets the first of two equal renames hold`() {
    let renames = ValueRenames([
      ValueRenames.Entry("a", to: "first"), ValueRenames.Entry(" a ", to: "second"),
    ])
    #expect(renames.renamed("A") == "first")
  }
}

struct FilePatternTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("?", "", false), ("?", "é", true),
    ("a.csv", "A.CSV", true), ("a.csv", "aXcsv", false), ("*.csv", ".csv", true),
    ("contacts*.csv", "Contacts 2026-01.csv", true), ("contacts*.csv", "contacts.csv.gz", false),
    ("*a*b", "aab", true), ("*a*b", "aba", false), ("**", "x", true), ("a?c", "abbc", false),
    ("[a]", "a", false), ("*?", "", false), ("*?", "x", true),
  ])
  func `matches whole names`(pattern: String, name: String, matches: Bool) {
    #expect(FilePattern(pattern).matches(name) == matches)
  }

  @Test func `answers quickly for a pattern of many stars`() {
    let pattern = FilePattern(String(repeating: "*a", count: 200) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 2000)))
  }
}

struct ConditionTests {
  @Test(
    arguments: [
      (nil, Condition.Test.absent, true), ("x", .absent, false), (nil, .present, false),
      ("x", .present, true), (nil, .oneOf(["x"]), false), (" X ", .oneOf(["y", "x"]), true),
      ("xy", .oneOf(["x"]), false), (nil, .noneOf(["x"]), true), ("X", .noneOf([" x"]), false),
      ("y", .noneOf(["x"]), true),
    ] as [(String?, Condition.Test, Bool)]
  )
  func `holds for a cell`(cell: String?, test: Condition.Test, holds: Bool) {
    #expect(Condition(ColumnReference("c"), test).holds(for: cell) == holds)
  }
}
