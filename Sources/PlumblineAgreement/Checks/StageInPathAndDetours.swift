import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A stage that is both a success and a way off the path.
  static let stageInPathAndDetours = AgreementCheck(
    code: "agreement.stage-in-path-and-detours"
  ) { draft, report in
    let onPath = Dictionary(draft.pathInForce.map { (WordKey.of($0.id.value), $0.id) }) {
      first,
      _ in first
    }
    for detour in draft.detoursInForce {
      guard let stage = onPath[WordKey.of(detour.id.value)] else { continue }
      report(
        "stage \"\(stage.value.shownInMessage)\" stands both in the path and among the detours.",
        at: max(stage.position, detour.id.position),
        remedy: "Remove it from one of the two."
      )
    }
  }
}
