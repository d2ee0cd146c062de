import CCurl
import PlumblineCore

/// A message for libcurl, with texts that live as long as the call.
struct CurlMessage {
  /// What is spoken.
  enum Subject: Equatable {
    /// A body posted as JSON.
    case post
    /// A mail with its envelope.
    case mail(sender: String, recipients: [String])
  }

  /// At most so many bytes of an answer are read.
  static let responseLimit = 65_536

  var url: String
  /// The schemes that may be spoken, with commas between.
  var schemes: String
  var subject: Subject
  var body: [UInt8]
  var user: String?
  var password: String?
  var caFile: String?
  var needsTLS = false
  var timeoutInSeconds: Int

  /// Sends it and waits.
  func send() -> CarryResult {
    var reply = plumbline_reply()
    body.withUnsafeBufferPointer { bytes in
      withTexts { texts in
        var message = plumbline_message()
        message.url = texts[0]
        message.schemes = texts[1]
        message.user = texts[2]
        message.password = texts[3]
        message.ca_file = texts[4]
        message.content_type = texts[5]
        message.user_agent = texts[6]
        message.sender = texts[7]
        message.body = bytes.baseAddress
        message.body_length = bytes.count
        message.needs_tls = needsTLS ? 1 : 0
        message.connect_timeout_ms = min(timeoutInSeconds, 10) * 1000
        message.timeout_ms = timeoutInSeconds * 1000
        message.response_limit = Self.responseLimit
        message.recipient_count = texts.count - Self.fixedTexts
        texts[Self.fixedTexts...].withUnsafeBufferPointer { recipients in
          message.recipients = recipients.baseAddress
          reply = plumbline_send(&message)
        }
      }
    }
    return CurlVerdict.result(of: reply, subject, timeoutInSeconds: timeoutInSeconds)
  }

  private static let fixedTexts = 8

  /// Calls `body` with C texts: the fixed ones, nil where there is none, then the recipients.
  private func withTexts(_ body: ([UnsafePointer<CChar>?]) -> Void) {
    var texts: [String?] = [
      url, schemes, user, password, caFile, nil, nil, nil,
    ]
    switch subject {
    case .post:
      texts[5] = "Content-Type: application/json; charset=utf-8"
      texts[6] = "plumbline"
    case .mail(let sender, let recipients):
      texts[7] = sender
      texts += recipients
    }
    CTexts.with(texts, body)
  }
}
