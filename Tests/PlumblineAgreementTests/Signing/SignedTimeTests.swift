import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// Times as they stand in signed files.
struct SignedTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (1_767_268_799, "2026-01-01T11:59:59Z"), (951_827_696, "2000-02-29T12:34:56Z"),
  ])
  func `a time has one spelling`(seconds: Int64, text: String) {
    #expect(SignedTime.text(Instant(seconds: seconds)) == text)
    #expect(SignedTime.instant(text) == Instant(seconds: seconds))
  }

  @Test(arguments: [
    "", "2026-01-01", "2026-01-01T11:59:59", "2026-01-01t11:59:59Z", "2026-01-01T24:00:00Z",
    "2026-01-01T11:60:00Z", "2026-01-01T11:59:60Z", "2026-02-30T00:00:00Z",
    "2026-01-01T+1:00:00Z", "2026-01-01T11:59:59z", "2026-01-01T11-59-59Z", "2026-01-01T11:59:59ZZ",
  ])
  func `any other spelling is no time`(text: String) {
    #expect(SignedTime.instant(text) == nil)
  }
}
