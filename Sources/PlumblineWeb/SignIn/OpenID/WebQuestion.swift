import Foundation
import PlumblineCore
import PlumblineDelivery
import Synchronization

/// What a provider is asked.
struct WebQuestion: Sendable {
  /// The address.
  var url: String
  /// What is posted; the address is asked with GET when nil.
  var form: [(name: String, value: String)]?
  /// Who asks; nobody when nil.
  var credentials: WebExchange.Credentials?
}

/// Asks providers through libcurl, beside the threads that answer requests.
final class WebAsker: Sendable {
  /// So many answers may be waited for at the same time.
  static let mostAtOnce = 8

  private let caFile: String?
  private let underway = Mutex(0)
  private let queue = DispatchQueue(label: "plumbline.openid", attributes: .concurrent)

  /// An asker that trusts the system's certificates, or those of a file.
  init(caFile: String? = nil) { self.caFile = caFile }

  /// Asks, and waits for the answer.
  ///
  /// - Parameter question: What is asked.
  /// - Returns: The answer, whatever its status.
  /// - Throws: `InputError` when there is none, or too many are waited for already.
  func ask(_ question: WebQuestion) async throws -> WebExchange.Answer {
    let exchange = try WebExchange(
      url: question.url,
      form: question.form,
      credentials: question.credentials,
      caFile: caFile
    )
    let isFull = underway.withLock { count in
      guard count < Self.mostAtOnce else { return true }
      count += 1
      return false
    }
    if isFull { throw OpenIDProvider.unusable("too many people are signing in at this moment") }
    defer { underway.withLock { $0 -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try exchange.ask() }) }
    }
  }
}
