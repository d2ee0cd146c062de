import PlumblineCore
import Testing

struct EconomicsQuestionTests {
  @Test(
    arguments: [
      (.owner, "what an owner costs is not known."),
      (.attempt, "what an attempt costs is not known."),
      (.cohort, "what a cohort costs is not known."),
    ] as [(FunnelDimension, String)]
  )
  func `a question without spend is refused in plain words`(by: FunnelDimension, message: String) {
    #expect(EconomicsQuestion(by: by).fault?.message == message)
    #expect(EconomicsQuestion(by: .channel).fault == nil)
  }
}
