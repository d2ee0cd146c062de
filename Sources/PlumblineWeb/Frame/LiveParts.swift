import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// A page of which the answer follows a form: where scripts run, a moved slider asks for the parts
/// that change and for nothing else; without them the form is sent as any other.
struct LiveParts: Sendable {
  /// What stands above the answer, such as the ways to other parts.
  var above = Markup.none
  /// The answer in a sentence.
  var head: Markup
  /// The form.
  var form = Markup.none
  /// What the answer stands on.
  var body: [Markup] = []

  /// The whole inside of the page.
  var page: Markup {
    .lines([
      above,
      .element(
        "div",
        ["class": "live"],
        [
          .lines([
            .element("div", ["id": "live-head", "class": "live-head"], [head]),
            .element("div", ["class": "live-form"], [form]),
            .element("div", ["id": "live-body", "class": "live-body"], [.lines(body)]),
          ])
        ]
      ),
    ])
  }

  /// The parts that change.
  var fragment: Markup {
    .lines([
      .element("div", ["id": "live-head", "class": "live-head"], [head]),
      .element("div", ["id": "live-body", "class": "live-body"], [.lines(body)]),
    ])
  }

  /// What stands in the answer's place where it cannot be given.
  ///
  /// - Parameters:
  ///   - title: The heading of the page.
  ///   - error: What a person must mend.
  ///   - folder: The workspace's folder, which need not be known.
  /// - Returns: The head of the page.
  static func fault(_ title: String, _ error: InputError, in folder: String) -> Markup {
    let findings = error.diagnostics.map { $0.shown(in: Workspace(folder)) }
    return .lines([
      .element("h1", [:], title),
      .element(
        "div",
        ["class": "fault", "role": "alert"],
        [
          .lines(
            findings.map { diagnostic in
              .element(
                "p",
                [:],
                FieldNames.inPlace(
                  ofOptionsIn: "\(diagnostic.message) \(diagnostic.remedy(in: .page) ?? "")"
                )
              )
            }
          )
        ]
      ),
    ])
  }
}

extension Visit {
  /// A page of which the answer follows a form.
  ///
  /// - Parameters:
  ///   - title: The title of the window.
  ///   - place: Where it is in the navigation.
  ///   - make: Makes the parts; told whether only those are wanted that change with the form.
  /// - Returns: The page, or those parts.
  /// - Throws: What `make` throws.
  func livePage(
    _ title: String,
    _ place: Place?,
    _ make: @escaping @Sendable (_ isFragment: Bool) throws -> LiveParts
  ) async throws -> Response {
    guard wantsFragment else { return try await page(title, place) { try make(false).page } }
    return try await fragment("answer") { try make(true).fragment }
  }
}
