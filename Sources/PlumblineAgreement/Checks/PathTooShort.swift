import PlumblineYAML

extension AgreementCheck {
  /// A path on which nothing can be converted.
  static let pathTooShort = AgreementCheck(code: "agreement.path-too-short") { draft, report in
    guard let path = draft.path, path.count < 2, draft.hasAllStages else { return }
    report(
      path.isEmpty ? "the path has no stages." : "the path has only one stage.",
      at: draft.pathPosition ?? YAMLPosition(line: 1, column: 1),
      remedy: "Name at least two stages in order, such as [lead, won]."
    )
  }
}
