import HTTPTypes
import Hummingbird

/// In how many seconds whoever cannot be answered now may ask again: every answer with the status
/// 429 or 503 says so in the field `Retry-After` (RFC 9110, section 10.2.3).
enum RetryAfter {
  /// Where others are being answered: most questions take less.
  static let busySeconds = 5
  /// Where files of the server cannot be used: somebody has to mend them, or a disk to come back.
  static let faultSeconds = 60

  /// Notes the wait in the fields of an answer that has one of the two statuses and no wait yet.
  ///
  /// - Parameters:
  ///   - fields: The answer's fields.
  ///   - status: Its status.
  ///   - seconds: The wait.
  static func note(
    in fields: inout HTTPFields,
    _ status: HTTPResponse.Status,
    seconds: Int
  ) {
    guard [.tooManyRequests, .serviceUnavailable].contains(status), fields[.retryAfter] == nil
    else { return }
    fields[.retryAfter] = String(seconds)
  }
}

extension HTTPError {
  /// Too much was asked; the next may be asked in so many seconds.
  static func tooMany(retryAfter seconds: some BinaryInteger) -> HTTPError {
    HTTPError(.tooManyRequests, headers: [.retryAfter: String(seconds)])
  }
}
