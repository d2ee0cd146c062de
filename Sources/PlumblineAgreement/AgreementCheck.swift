import PlumblineCore
import PlumblineYAML

/// One thing that can be wrong with an agreement although each value has the right form.
///
/// Each check stands in a file of its own under `Checks/`; `all` lists them.
public struct AgreementCheck: Sendable {
  /// The stable code of its findings, such as `agreement.duplicate-stage`.
  public let code: String
  let run: @Sendable (AgreementDraft, YAMLFindings) -> Void

  init(
    code: String,
    _ run: @escaping @Sendable (AgreementDraft, _ report: Report) -> Void
  ) {
    self.code = code
    self.run = { draft, findings in run(draft, Report(code: code, findings: findings)) }
  }

  /// Notes findings under the check's code.
  struct Report {
    let code: String
    let findings: YAMLFindings

    func callAsFunction(
      _ message: @autoclosure () -> String,
      at position: YAMLPosition,
      remedy: @autoclosure () -> String? = nil
    ) {
      findings.report(code: code, message(), at: position, remedy: remedy())
    }

    /// Notes something that the reader may want to know; the agreement can be used.
    func note(
      _ message: @autoclosure () -> String,
      at position: YAMLPosition,
      remedy: @autoclosure () -> String? = nil
    ) {
      findings.report(.note, code: code, message(), at: position, remedy: remedy())
    }

    /// Notes something that is likely not meant; the agreement can be used.
    func warn(
      _ message: @autoclosure () -> String,
      at position: YAMLPosition,
      remedy: @autoclosure () -> String? = nil
    ) {
      findings.report(.warning, code: code, message(), at: position, remedy: remedy())
    }
  }

  /// Every check, in alphabetical order.
  public static let all: [AgreementCheck] = [
    ambiguousChannel,
    ambiguousEvidence,
    ambiguousStage,
    confirmation,
    currency,
    dispositions,
    duplicateChannel,
    duplicateStage,
    economics,
    effectiveDate,
    gate,
    goals,
    grossMargin,
    handOff,
    horizon,
    idealCustomer,
    incentives,
    launches,
    marketingSLA,
    pathTooShort,
    plan,
    qualifyingFactors,
    recycle,
    salesCost,
    score,
    scoreNotUsed,
    scoreReach,
    sla,
    stageId,
    stageInPathAndDetours,
    staleAfter,
    timeZone,
    verdict,
    vocabulary,
    wordWithTwoMeanings,
    workingTime,
  ]
}
