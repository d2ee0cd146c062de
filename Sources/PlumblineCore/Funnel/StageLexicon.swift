/// What the words of the data mean in the terms of one agreement.
struct StageLexicon {
  /// What a word names.
  enum Meaning: Hashable {
    case stage(Int)
    case detour(Int)
    case reopened
  }

  private var meanings: [String: Meaning] = ["reopened": .reopened]

  init(_ agreement: Agreement) {
    for (index, stage) in agreement.detours.enumerated() { add(stage, .detour(index)) }
    for (index, stage) in agreement.path.enumerated() { add(stage, .stage(index)) }
  }

  private mutating func add(_ stage: Stage, _ meaning: Meaning) {
    for word in [stage.id] + stage.aliases { meanings[WordKey.of(word)] = meaning }
  }

  func meaning(of word: String) -> Meaning? { meanings[WordKey.of(word)] }
}
