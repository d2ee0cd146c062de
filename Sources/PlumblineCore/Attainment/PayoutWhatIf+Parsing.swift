extension PayoutWhatIf {
  /// A what-if as a command line writes it.
  ///
  /// - Parameters:
  ///   - results: Results such as `won_share=0.06`, `won_share=6%`, `qualified_leads=140` or
  ///     `revenue=1.2M`, money in major units.
  ///   - weights: Weights such as `sales.won_share=0.5`.
  ///   - agreement: Says the currency, and which incentives have a weight.
  /// - Throws: `InputError` with all that is wrong.
  public init(
    parsing results: [String],
    weights: [String] = [],
    under agreement: Agreement
  ) throws(InputError) {
    var faults: [Diagnostic] = []
    var parsed: [ScorecardMeasure: Double] = [:]
    for text in results {
      do throws(Fault) {
        let (measure, value) = try Self.result(text, agreement.currency)
        guard parsed.updateValue(value, forKey: measure) == nil else {
          throw Fault(problem: "\(measure.rawValue) is named twice.", remedy: "Name it once.")
        }
      } catch {
        faults.append(error.diagnostic("what-if.result", "--what-if \(text)"))
      }
    }
    var weighed: [Weight] = []
    for text in weights {
      do throws(Fault) {
        weighed.append(try Self.weight(text, agreement))
      } catch {
        faults.append(error.diagnostic("what-if.weight", "--weights \(text)"))
      }
    }
    guard faults.isEmpty else { throw InputError(faults) }
    self.init(results: parsed, weights: weighed)
  }

  private struct Fault: Error {
    var problem: String
    var remedy: String

    func diagnostic(_ code: String, _ place: String) -> Diagnostic {
      Diagnostic(.error, code: code, "\(place): \(problem)", remedy: remedy)
    }
  }

  private static func sides(_ text: String) -> (name: String, value: String)? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }

  private static func result(
    _ text: String,
    _ currency: String
  ) throws(Fault) -> (ScorecardMeasure, Double) {
    let names = ScorecardMeasure.allCases.map(\.rawValue)
    guard let (name, value) = sides(text) else {
      throw Fault(problem: "this is no result.", remedy: "Write it as won_share=0.06.")
    }
    guard let measure = ScorecardMeasure(naming: name) else {
      let hint = Suggestion.nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? ""
      throw Fault(
        problem: "there is no measure \"\(name)\".",
        remedy: "\(hint)Known are: \(names.joined(separator: ", "))."
      )
    }
    guard let number = number(value), number >= 0 else {
      throw Fault(
        problem: "\"\(value)\" is no number of at least 0.",
        remedy: "Write it as 0.06, 6%, 140 or 1.2M."
      )
    }
    switch measure.unit {
    case .count: return (measure, number)
    case .money: return (measure, number * Double(Currency.minorUnits(of: currency)))
    case .share:
      guard number <= 1 else {
        throw Fault(
          problem: "a share cannot be above 1.",
          remedy: "Write 6 % as 0.06 or 6%."
        )
      }
      return (measure, number)
    }
  }

  private static func weight(_ text: String, _ agreement: Agreement) throws(Fault) -> Weight {
    let usage = "Write it as sales.won_share=0.5, with an incentive of the agreement."
    guard let (name, value) = sides(text), let dot = name.firstIndex(of: "."),
      let team = Stage.Team(rawValue: String(name[..<dot]))
    else { throw Fault(problem: "this is no weight.", remedy: usage) }
    let measure = String(name[name.index(after: dot)...])
    let known = agreement.incentives.contains {
      $0.team == team && WordKey.of($0.measure) == WordKey.of(measure)
    }
    guard known else {
      throw Fault(
        problem: "\(team.rawValue) is not paid for \"\(measure)\".",
        remedy: usage
      )
    }
    guard let number = number(value), (0...1).contains(number) else {
      throw Fault(problem: "\"\(value)\" is no weight from 0 to 1.", remedy: usage)
    }
    return Weight(team: team, measure: measure, weight: number)
  }

  /// A number with `%`, `k` or `M` behind it; nil for anything else.
  private static func number(_ text: String) -> Double? {
    let factors: [Character: Double] = ["%": 0.01, "k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6]
    let factor = text.last.flatMap { factors[$0] }
    let digits = factor == nil ? text[...] : text.dropLast()
    // Nothing that only a program would write: no exponents, no "nan".
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let value = Double(digits)
    else { return nil }
    return value * (factor ?? 1)
  }
}
