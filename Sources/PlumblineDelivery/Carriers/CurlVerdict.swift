import CCurl
import PlumblineCore

/// What an answer of libcurl means for a message: taken, certainly not, or nobody knows.
///
/// The codes are those of libcurl, which never change: curl.se/libcurl/c/libcurl-errors.html.
enum CurlVerdict {
  /// What became of a message.
  static func result(
    of reply: plumbline_reply,
    _ subject: CurlMessage.Subject,
    timeoutInSeconds: Int
  ) -> CarryResult {
    let waits = reply.retry_after > 0 ? reply.retry_after : nil
    func refused(_ reason: String) -> CarryResult { .refused(reason: reason, retryAfter: waits) }
    if reply.code < 0 { return refused("libcurl is missing or cannot be used") }
    let isPost = subject == .post
    // An answer that was cut short, or longer than we read, still has its status.
    if isPost, reply.status >= 200 { return httpResult(reply.status, waits) }
    if reply.code == 0, !isPost { return .taken }
    // 67: signing in failed, which the words below say better than the server's number.
    if !isPost, reply.status >= 400, reply.code != 67 {
      return refused("the mail server answered \(reply.status)")
    }
    let reason = words(reply.code, timeoutInSeconds: timeoutInSeconds)
    // As long as a part of the message was never handed over, the other side cannot have taken it.
    return reply.body_taken == 0 ? refused(reason) : .uncertain(reason: reason)
  }

  private static func httpResult(_ status: Int, _ waits: Int64?) -> CarryResult {
    switch status {
    case 200..<300: .taken
    // A gateway that waited in vain does not know what became of what it passed on.
    case 504: .uncertain(reason: "the server answered 504")
    case 300..<400:
      .refused(
        reason: "the server answered \(status): it sends elsewhere, which is not followed",
        retryAfter: waits
      )
    default: .refused(reason: "the server answered \(status)", retryAfter: waits)
    }
  }

  /// What a code of libcurl means.
  static func words(_ code: Int32, timeoutInSeconds: Int) -> String {
    switch code {
    case 1, 3: "its address cannot be used"
    case 5, 6: "its name is not known on this network"
    case 7: "nobody answers at its address"
    case 8: "the server did not keep to the protocol"
    case 23: "its answer is too long"
    case 28: "no answer within \(timeoutInSeconds) s"
    case 35: "no protected connection could be made"
    case 52, 55, 56: "the connection broke off"
    case 60, 83, 90, 91: "its certificate is not to be trusted"
    case 64: "the server offers no protected connection"
    case 67: "the server refused the user or password"
    case 77: "the file of certificates cannot be read"
    default: "sending failed (libcurl code \(code))"
    }
  }
}
