import PlumblineCore

extension AgreementTermsWire {
  /// A stage of the path or a detour in JSON.
  struct StageTermsWire: Codable, Hashable, Sendable {
    let id: String
    let meaning: String
    let role: Stage.Role
    @OrNull var owner: String?
    let evidence: [String]
    let also: [String]
    @OrNull var gate: GateWire?
    @OrNull var staleAfterDays: Int?
    @OrNull var confirmedBy: String?
    @OrNull var confirmedWithinDays: Int?

    init(_ stage: Stage, _ confirmation: Confirmation?, _ agreement: Agreement) {
      id = stage.id
      meaning = stage.meaning
      role = stage.role
      _owner = OrNull(wrappedValue: stage.owner?.rawValue)
      evidence = stage.evidence.map(\.rawValue)
      also = stage.aliases
      _gate = OrNull(wrappedValue: stage.gate.map { GateWire($0) })
      _staleAfterDays = OrNull(wrappedValue: stage.staleAfterDays)
      _confirmedBy = OrNull(wrappedValue: confirmation.map { agreement.path[$0.by].id })
      _confirmedWithinDays = OrNull(wrappedValue: confirmation?.withinDays)
    }
  }

  /// What a stage asks of a lead in JSON.
  struct GateWire: Codable, Hashable, Sendable {
    @OrNull var score: Int?
    @OrNull var factors: Int?
    @OrNull var acceptedBy: String?

    init(_ gate: StageGate) {
      _score = OrNull(wrappedValue: gate.score)
      _factors = OrNull(wrappedValue: gate.factors)
      _acceptedBy = OrNull(wrappedValue: gate.acceptedBy?.rawValue)
    }
  }

  /// When people work, in JSON.
  struct WorkingTimeWire: Codable, Hashable, Sendable {
    let weekdays: [Int]
    let hours: [String]
    let holidays: [String]

    init(_ time: WorkingTime) {
      weekdays = time.weekdays.sorted().map { $0 + 1 }
      hours = time.shifts.map { AgreementPhrases.hours($0).replacing("–", with: "-") }
      holidays = time.holidays.sorted().map(\.description)
    }
  }
}
