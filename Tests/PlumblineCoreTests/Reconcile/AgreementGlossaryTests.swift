import Testing

@testable import PlumblineCore

/// Which words of an agreement clash.
struct AgreementGlossaryTests {
  private func clashes(
    _ vocabulary: [VocabularyTerm],
    path: [Stage] = Stage.defaultPath
  ) -> [AgreementGlossary.Clash] {
    var agreement = Agreement(path: path)
    agreement.vocabulary = vocabulary
    return AgreementGlossary(
      agreement,
      answers: [.init(term: "win_rate", meaning: "won of opportunities")]
    ).clashes
  }

  @Test func `without a vocabulary nothing clashes`() {
    #expect(clashes([]).isEmpty)
  }

  @Test func `each team may have its own word for one term`() {
    #expect(
      clashes([
        VocabularyTerm(term: "sql", words: [.marketing: "hand-over", .sales: "accepted lead"]),
        VocabularyTerm(term: "won", words: [.marketing: "customer", .sales: "customer"]),
      ]).isEmpty
    )
  }

  @Test func `one word for two terms is told with who says it`() {
    let found = clashes([
      VocabularyTerm(term: "mql", words: [.marketing: "qualified lead"]),
      VocabularyTerm(term: "sql", words: [.sales: "Qualified  Lead"]),
    ])
    #expect(
      found == [
        .sharedWord(
          "Qualified  Lead",
          uses: [
            .init(term: "mql", kind: .stage, reader: .marketing),
            .init(term: "sql", kind: .stage, reader: .sales),
          ]
        )
      ]
    )
  }

  @Test func `a team's word that is another stage's id or other name clashes`() {
    let own = clashes([VocabularyTerm(term: "mql", words: [.sales: "lead"])])
    #expect(own.count == 1)
    var path = Stage.defaultPath
    path[5].aliases = ["deal"]
    let alias = clashes([VocabularyTerm(term: "won", words: [.sales: "Deal"])], path: path)
    #expect(alias.count == 1)
  }

  @Test func `a disposition may go by a detour's id`() {
    var agreement = Agreement()
    agreement.dispositions = [DispositionReason(id: "recycled", outcome: .recycled)]
    #expect(AgreementGlossary(agreement).clashes.isEmpty)
  }

  @Test func `two meanings of one term are told, one twice is not`() {
    var path = Stage.defaultPath
    path[1].meaning = "scores 60 or more"
    let same = VocabularyTerm(term: "MQL", words: [:], meaning: "Scores 60 or more")
    #expect(clashes([same], path: path).isEmpty)
    let other = VocabularyTerm(term: "mql", words: [:], meaning: "asked for a demo")
    #expect(
      clashes([same, other], path: path) == [
        .severalMeanings(term: "mql", meanings: ["scores 60 or more", "asked for a demo"])
      ]
    )
  }

  @Test func `a term that is nowhere else is told`() {
    #expect(clashes([VocabularyTerm(term: "pql", words: [:])]) == [.unknownTerm("pql")])
    #expect(clashes([VocabularyTerm(term: "Win Rate", words: [.sales: "hit rate"])]).isEmpty)
  }
}
