public import PlumblineStatistics

/// All that a simulation knows, each value with its source.
public struct HeadcountInputs: Hashable, Sendable {
  /// The values; what is missing is not known.
  public private(set) var values: [HeadcountInput: SourcedValue]

  /// Inputs.
  public init(_ values: [HeadcountInput: SourcedValue] = [:]) { self.values = values }

  /// One input.
  public subscript(input: HeadcountInput) -> SourcedValue? { values[input] }

  /// Sets an input.
  public mutating func set(
    _ input: HeadcountInput,
    _ value: HeadcountValue,
    from source: HeadcountSource,
    interval: ConfidenceInterval? = nil
  ) {
    values[input] = SourcedValue(value, from: source, interval: interval)
  }

  /// The number of an input, what is usual where nobody said; 0 where there is nothing.
  func number(_ input: HeadcountInput) -> Double {
    (values[input]?.value ?? input.usual)?.number ?? 0
  }

  /// The number of an input that has no usual value; nil where nobody said.
  func knownNumber(_ input: HeadcountInput) -> Double? { values[input]?.value.number }

  /// The shares of an input.
  func shares(_ input: HeadcountInput) -> [Double] {
    (values[input]?.value ?? input.usual)?.shares ?? []
  }

  /// When customers pay.
  var payments: PaymentTerms {
    if case .payments(let terms) = values[.payments]?.value { terms } else { .monthly }
  }

  /// Whether a number was given in the place of what was measured, but not how well it is known.
  ///
  /// - Parameters:
  ///   - input: The number.
  ///   - sample: The input that says on how much it rests.
  /// - Returns: Whether its sample is that of another number.
  func isAssumed(_ input: HeadcountInput, besides sample: HeadcountInput) -> Bool {
    guard case .measured? = values[sample]?.source else { return false }
    if case .measured? = values[input]?.source { return false }
    return true
  }

  /// What is needed and not known.
  public var missing: [HeadcountInput] {
    HeadcountInput.allCases.filter { $0.isNeeded && values[$0] == nil }
  }

  /// These inputs with what is usual in the place of what is not known, marked as assumed.
  public func completed() -> HeadcountInputs {
    var inputs = self
    for input in HeadcountInput.allCases where values[input] == nil {
      if let usual = input.usual { inputs.set(input, usual, from: .assumed) }
    }
    return inputs
  }

  /// These inputs after some overrides.
  ///
  /// More spend brings more leads as its elasticity has it, unless the leads it brings are named
  /// too; another elasticity leaves today's leads of today's spend. What was measured about a
  /// number does not hold for one that is given in its place, but its sample is kept as a measure
  /// of how well such numbers can be known.
  ///
  /// - Parameters:
  ///   - overrides: What becomes of which input.
  ///   - source: Where that comes from.
  /// - Returns: The inputs afterwards.
  /// - Throws: `InputError` for a number that leaves its range, or that has nothing to change.
  public func applying(
    _ overrides: [HeadcountInput: HeadcountOverride],
    from source: (HeadcountInput) -> HeadcountSource
  ) throws -> HeadcountInputs {
    var inputs = self
    var faults: [Diagnostic] = []
    for input in HeadcountInput.allCases {
      guard let override = overrides[input] else { continue }
      if let fault = inputs.apply(override, to: input, from: source(input)) {
        faults.append(fault)
      }
    }
    guard faults.isEmpty else { throw InputError(faults) }
    if overrides[.spend] != nil, overrides[.paidLeads] == nil {
      let (before, after) = (number(.spend), inputs.number(.spend))
      let paid = number(.paidLeads)
      guard before > 0 || after == 0 else {
        throw InputError(
          code: "simulate.unknown-response",
          "how many leads a spend brings is not known, for there is none today.",
          remedy: "Say it beside spend, as paid_leads."
        )
      }
      let response = try? SpendResponse(
        scaleFor: paid,
        spend: before,
        elasticity: inputs.number(.elasticity)
      )
      let leads = response?.leads(spend: after) ?? 0
      inputs.set(.paidLeads, .number(leads), from: values[.paidLeads]?.source ?? .assumed)
    }
    return inputs
  }

  /// Applies one override, or says why that cannot be.
  private mutating func apply(
    _ override: HeadcountOverride,
    to input: HeadcountInput,
    from source: HeadcountSource
  ) -> Diagnostic? {
    let before = values[input]?.value ?? input.usual
    guard let value = override.applied(to: before) else {
      return Diagnostic(
        .error,
        code: "simulate.nothing-to-change",
        "\(input.rawValue) is not known, so there is nothing to change.",
        remedy: "Give its value instead."
      )
    }
    if let number = value.number, (try? input.checked(number)) == nil {
      return Diagnostic(
        .error,
        code: "simulate.out-of-range",
        "\(input.rawValue) would become \(number), but it \(input.misreading.wanted).",
        remedy: "Change it by less, or give its value itself."
      )
    }
    set(input, value, from: source)
    return nil
  }
}

extension SpendResponse {
  /// The response that brings so many leads at a spend.
  init(scaleFor leads: Double, spend: Double, elasticity: Double) throws(StatisticsError) {
    let shape = try SpendResponse(scale: 1, elasticity: elasticity).leads(spend: spend)
    try self.init(scale: shape > 0 ? leads / shape : 0, elasticity: elasticity)
  }
}
