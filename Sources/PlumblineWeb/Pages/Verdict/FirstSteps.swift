import PlumblineCommands
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

  /// The way to the first verdict: what comes next.
  ///
  /// - Parameter workspace: The workspace, without facts or without an agreement.
  /// - Returns: The inside of a page.
  static func markup(in workspace: Workspace) -> Markup {
    let hasFacts = (try? workspace.store()) != nil
    let title =
      hasFacts
      ? "Your data are in: say what your stages mean, and the verdict follows."
      : "Nothing has been imported yet: the verdict needs your leads."
    let steps = [
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
        "Make the agreement",
        "What your stages are called and mean; it begins with the words of your data."
      ),
      step(
        "Read the verdict",
        "Where leads are lost, what that costs, how sure it is, and whose it is to mend."
      ),
    ]
    let next =
      hasFacts
      ? Markup.element("a", ["class": "button", "href": "/data#agree"], "Make the agreement")
      : Markup.element("a", ["class": "button", "href": "/data"], "Upload data")
    return .lines([
      .element(
        "header",
        [:],
        [
          .lines([
            .element("p", ["class": "eyebrow"], "Welcome"), .element("h1", [:], title),
          ])
        ]
      ),
      .element(
        "div",
        [:],
        [
          .lines([
            .element("ol", ["class": "steps"], [.lines(steps)]), .element("p", [:], [next]),
          ])
        ]
      ),
    ])
  }

  private static func step(_ title: String, _ text: String) -> Markup {
    .element("li", [:], [.element("strong", [:], title), .element("span", [:], " " + text)])
  }
}
