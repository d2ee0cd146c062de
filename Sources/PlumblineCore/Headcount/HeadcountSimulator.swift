import PlumblineStatistics

/// Plays out today's course and scenarios side by side.
public struct HeadcountSimulator {
  private let inputs: HeadcountInputs
  private let question: HeadcountQuestion
  private let currency: String

  /// A simulator.
  ///
  /// - Parameters:
  ///   - inputs: What is known of today.
  ///   - question: What is asked.
  ///   - currency: The currency of all amounts.
  /// - Throws: `InputError` with all that is missing, or what is asked beyond reason.
  public init(
    _ inputs: HeadcountInputs,
    _ question: HeadcountQuestion,
    currency: String
  ) throws {
    var faults = inputs.missing.map { input in
      Diagnostic(
        .error,
        code: "simulate.missing-input",
        "\(input.rawValue) is not known: neither the agreement nor the records nor you say it.",
        remedy: "Give it with --set \(input.rawValue)=…, or in a scenario file under \"today\"."
      )
    }
    if !(0...HeadcountPlan.mostMonths).contains(question.months) {
      faults.append(
        Diagnostic(
          .error,
          code: "simulate.out-of-range",
          "\(question.months) months cannot be simulated.",
          remedy: "Name 0 to \(HeadcountPlan.mostMonths) months."
        )
      )
    }
    if !(0...HeadcountQuestion.mostDraws).contains(question.draws) {
      faults.append(
        Diagnostic(
          .error,
          code: "simulate.out-of-range",
          "\(question.draws) courses cannot be drawn.",
          remedy: "Name 0 to \(HeadcountQuestion.mostDraws)."
        )
      )
    }
    guard faults.isEmpty else { throw InputError(faults) }
    self.inputs = inputs.completed()
    self.question = question
    self.currency = currency
  }

  /// Today's course and the scenarios.
  ///
  /// - Parameters:
  ///   - scenarios: The scenarios, in the order in which they are shown.
  ///   - today: The name of today's course.
  /// - Returns: All of them, today's first.
  /// - Throws: `InputError` for a scenario that makes no plan.
  /// - Complexity: O(scenarios · draws · months · (ramp + cycle)).
  public func answer(
    _ scenarios: [HeadcountScenario],
    today: HeadcountScenario = .today
  ) throws -> HeadcountAnswer {
    var faults: [Diagnostic] = []
    var setups: [HeadcountSetup] = []
    for scenario in [today] + scenarios {
      do {
        setups.append(try HeadcountSetup(scenario, over: inputs, question))
      } catch let error as InputError {
        faults += error.diagnostics
      }
    }
    guard faults.isEmpty else { throw InputError(faults) }
    var courses: [HeadcountCourse] = []
    var first: (forecast: HeadcountForecast, endCash: [Double])?
    for setup in setups {
      let run = try CourseRun(setup)
      courses.append(try run.course(against: first))
      if first == nil { first = (run.expected, run.endCash) }
    }
    return HeadcountAnswer(
      question: question,
      currency: currency,
      inputs: inputs,
      courses: courses,
      isCashKnown: inputs[.cash].map { $0.source != .assumed } ?? false
    )
  }
}
