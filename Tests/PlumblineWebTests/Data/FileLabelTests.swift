import Testing

@testable import PlumblineWeb

@Suite struct `File label` {
  @Test(arguments: [
    ("", "file"), (".", "file"), ("..", "file"), ("../../etc/passwd", "passwd"),
    ("..\\..\\boot.ini", "boot.ini"), ("C:\\exports\\leads.csv", "leads.csv"),
    ("/leads.csv", "leads.csv"), (".bashrc", "bashrc"), ("-rf.csv", "rf.csv"),
    ("a\u{0}b.csv", "a_b.csv"), ("a\nb.csv", "a_b.csv"), ("<b>x</b>.csv", "b_.csv"),
    ("\u{202E}vsc.daol.csv", "_vsc.daol.csv"), ("Käufer 2026 (neu).csv", "Käufer 2026 (neu).csv"),
    ("leads.csv.gz", "leads.csv.gz"), ("Ka\u{308}ufer.csv", "Käufer.csv"), ("leads", "leads"),
    ("*?.csv", "__.csv"),
  ])
  func `is a name and never a path`(name: String, label: String) {
    #expect(FileLabel.label(for: name) == label)
  }

  @Test(arguments: [String(repeating: "ä", count: 10_000), String(repeating: ".a", count: 10_000)])
  func `is short`(name: String) {
    let label = FileLabel.label(for: name + ".csv")
    #expect((5...140).contains(label.utf8.count))
    #expect(label.hasSuffix(".csv"))
  }

  @Test func `differs from those that are taken, whatever their case`() {
    #expect(FileLabel.label(for: "Leads.csv", besides: ["leads.csv"]) == "Leads-2.csv")
    #expect(
      FileLabel.label(for: "leads.csv", besides: ["leads.csv", "leads-2.csv"]) == "leads-3.csv"
    )
  }
}
