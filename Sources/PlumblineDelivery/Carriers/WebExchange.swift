import CCurl
import Foundation
public import PlumblineCore

/// A question asked over HTTP, with the answer's body; redirects are not followed.
///
/// Certificates are checked; without a protected connection only this machine is spoken to.
public struct WebExchange: Sendable {
  /// What came back.
  public struct Answer: Hashable, Sendable {
    /// The status of HTTP.
    public var status: Int
    /// The body.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, body: [UInt8]) {
      self.status = status
      self.body = body
    }
  }

  /// A name with its password: RFC 6749, section 2.3.1.
  public struct Credentials: Hashable, Sendable {
    /// Where they are written.
    public enum Place: Hashable, Sendable {
      /// In the header that HTTP calls Basic.
      case header
      /// In the form, as `client_id` and `client_secret`.
      case form
    }

    /// The name.
    public var user: String
    /// The password.
    public var password: Secret
    /// Where they are written.
    public var place: Place

    /// A name with its password.
    public init(user: String, password: Secret, place: Place = .header) {
      self.user = user
      self.password = password
      self.place = place
    }
  }

  /// The largest body that is read, in bytes.
  public static let largestAnswer = 1 << 20
  /// After how many seconds waiting ends.
  public static let usualTimeoutInSeconds = 10

  private let url: String
  private let scheme: String
  private let form: [(name: String, value: String)]?
  private let credentials: Credentials?
  private let caFile: String?
  private let timeoutInSeconds: Int

  /// A question.
  ///
  /// - Parameters:
  ///   - url: The address.
  ///   - form: What is posted as a form; the address is asked with GET when nil.
  ///   - credentials: Who asks; nobody when nil.
  ///   - caFile: A file of certificates to trust instead of the system's.
  ///   - timeoutInSeconds: After how many seconds waiting ends.
  /// - Throws: `InputError` with code `web.address` when the address is not one of `https`, or of
  ///   `http` on this machine.
  public init(
    url: String,
    form: [(name: String, value: String)]? = nil,
    credentials: Credentials? = nil,
    caFile: String? = nil,
    timeoutInSeconds: Int = WebExchange.usualTimeoutInSeconds
  ) throws(InputError) {
    guard let scheme = WebhookCarrier.scheme(of: url) else {
      throw InputError(
        code: "web.address",
        "an address that should be asked does not begin with https://.",
        remedy: "Use an address that begins with https://; http:// is for this machine alone."
      )
    }
    (self.url, self.scheme, self.form) = (url, scheme, form)
    (self.credentials, self.caFile) = (credentials, caFile)
    self.timeoutInSeconds = timeoutInSeconds
  }

  /// Asks, and waits for the answer; blocks its thread.
  ///
  /// - Returns: The answer, whatever its status.
  /// - Throws: `InputError` with code `web.no-answer` when there is none, or a longer one than is
  ///   read; `alerts.no-libcurl` when libcurl is missing.
  public func ask() throws(InputError) -> Answer {
    try CurlLibrary.requirePresence()
    let body = Array(formText.utf8)
    let header = credentials.flatMap { $0.place == .header ? $0 : nil }
    var response = [UInt8](repeating: 0, count: Self.largestAnswer)
    var reply = plumbline_reply()
    response.withUnsafeMutableBufferPointer { room in
      body.withUnsafeBufferPointer { bytes in
        CTexts.with([
          url, scheme, header.map { Self.encoded($0.user) },
          header.map { Self.encoded($0.password.value) }, caFile,
          form == nil ? nil : "Content-Type: application/x-www-form-urlencoded", "plumbline",
        ]) { texts in
          var message = plumbline_message()
          message.url = texts[0]
          message.schemes = texts[1]
          message.user = texts[2]
          message.password = texts[3]
          message.ca_file = texts[4]
          message.content_type = texts[5]
          message.user_agent = texts[6]
          message.body = bytes.baseAddress
          message.body_length = bytes.count
          message.is_get = form == nil ? 1 : 0
          message.connect_timeout_ms = timeoutInSeconds * 1000
          message.timeout_ms = timeoutInSeconds * 1000
          message.response = room.baseAddress
          message.response_limit = room.count
          reply = plumbline_send(&message)
        }
      }
    }
    guard reply.code == 0 else {
      throw InputError(
        code: "web.no-answer",
        "a server gave no answer that can be used: "
          + CurlVerdict.words(reply.code, timeoutInSeconds: timeoutInSeconds) + ".",
        remedy: "Check the address, and that this machine may reach it."
      )
    }
    return Answer(status: reply.status, body: Array(response[..<reply.response_length]))
  }

  private var formText: String {
    var form = form ?? []
    if let credentials, credentials.place == .form {
      form += [("client_id", credentials.user), ("client_secret", credentials.password.value)]
    }
    return Self.encoded(form)
  }

  /// A form as `application/x-www-form-urlencoded`.
  public static func encoded(_ form: [(name: String, value: String)]) -> String {
    form.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
  }

  /// A text with everything escaped but letters, digits, `-`, `.`, `_` and `~` (RFC 3986, section
  /// 2.3), which every reader of forms understands.
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: String(format: "%%%02X", Int(byte))
      }
    }.joined()
  }
}
