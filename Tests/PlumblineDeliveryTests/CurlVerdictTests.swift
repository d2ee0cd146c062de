import CCurl
import Testing

@testable import PlumblineDelivery

struct CurlVerdictTests {
  private func post(_ code: Int32, _ status: Int, taken: Bool, wait: Int64 = 0) -> CarryResult {
    CurlVerdict.result(
      of: plumbline_reply(
        code: code,
        status: status,
        body_taken: taken ? 1 : 0,
        retry_after: wait,
        response_length: 0
      ),
      .post,
      timeoutInSeconds: 20
    )
  }

  private func mail(_ code: Int32, _ status: Int, taken: Bool) -> CarryResult {
    CurlVerdict.result(
      of: plumbline_reply(
        code: code,
        status: status,
        body_taken: taken ? 1 : 0,
        retry_after: 0,
        response_length: 0
      ),
      .mail(sender: "a@example.com", recipients: ["b@example.com"]),
      timeoutInSeconds: 20
    )
  }

  @Test(arguments: [Int32(-1), -2, -3])
  func `without libcurl nothing went out`(code: Int32) {
    let reason = "libcurl is missing or cannot be used"
    #expect(post(code, 0, taken: false) == .refused(reason: reason, retryAfter: nil))
  }

  @Test func `a fault before the whole body was handed over is a refusal, after it nobody knows`() {
    for code: Int32 in [1, 6, 7, 8, 28, 35, 52, 55, 56, 60, 94, 99] {
      guard case .refused = post(code, 0, taken: false) else {
        Issue.record("code \(code)")
        continue
      }
      guard case .uncertain = post(code, 0, taken: true) else {
        Issue.record("code \(code) with the body")
        continue
      }
      guard case .uncertain = mail(code, 354, taken: true) else {
        Issue.record("code \(code) with the mail")
        continue
      }
    }
  }

  @Test func `an answer counts, whatever happened to the connection afterwards`() {
    for code: Int32 in [0, 18, 23, 28, 56] {
      #expect(post(code, 200, taken: true) == .taken)
      #expect(
        post(code, 500, taken: true, wait: 7)
          == .refused(reason: "the server answered 500", retryAfter: 7)
      )
    }
    #expect(
      mail(8, 554, taken: true)
        == .refused(reason: "the mail server answered 554", retryAfter: nil)
    )
    #expect(mail(0, 250, taken: true) == .taken)
  }

  @Test func `an answer that announces another is none`() {
    #expect(post(28, 100, taken: true) == .uncertain(reason: "no answer within 20 s"))
  }
}
