import PlumblineCore
import PlumblineReporting

/// What pages show before the first import: where to begin, instead of an error.
enum FirstSteps {
  /// Whether an error only says that nothing is there yet.
  static func areDue(_ error: InputError) -> Bool {
    let codes = ["workspace.no-facts", "workspace.no-agreement"]
    return !error.diagnostics.isEmpty
      && error.diagnostics.allSatisfy { codes.contains($0.code) }
  }

  /// The way to the first verdict.
  static let markup = Markup.lines([
    .element(
      "header",
      [:],
      [
        .lines([
          .element("p", ["class": "eyebrow"], "Welcome"),
          .element("h1", [:], "Nothing has been imported yet: the verdict needs your leads."),
        ])
      ]
    ),
    .element(
      "div",
      [:],
      [
        .lines([
          .element(
            "ol",
            ["class": "steps"],
            [
              .lines([
                step(
                  "Export your leads from the CRM as CSV",
                  "Deals, meetings, calls and ad spend too, where you have them; a table of leads is "
                    + "enough to begin."
                ),
                step(
                  "Upload the files",
                  "You see what was understood of each column before anything is kept."
                ),
                step(
                  "Read the verdict",
                  "Where leads are lost, what that costs, how sure it is, and whose it is to mend."
                ),
              ])
            ]
          ),
          .element(
            "p",
            [:],
            [
              .element("a", ["class": "button", "href": "/data"], "Upload data"), .text(" "),
              .element(
                "a",
                ["class": "button quiet", "href": "/agreement"],
                "See the agreement"
              ),
            ]
          ),
        ])
      ]
    ),
  ])

  private static func step(_ title: String, _ text: String) -> Markup {
    .element("li", [:], [.element("strong", [:], title), .element("span", [:], " " + text)])
  }
}
