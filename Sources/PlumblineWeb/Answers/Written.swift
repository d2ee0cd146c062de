import Crypto
import PlumblineCore

/// An answer as it goes out.
struct Written: Sendable {
  /// The text: the inside of a page, or JSON.
  let text: String
  /// What else there is to say, a sentence each.
  let remarks: [String]
  /// A mark that two answers share only if they are the same, for `ETag`.
  let mark: String

  /// An answer.
  init(_ text: String, remarks: [String] = []) {
    self.text = text
    self.remarks = remarks
    var hash = SHA256()
    hash.update(data: Array(text.utf8))
    for remark in remarks { hash.update(data: Array("\n\(remark)".utf8)) }
    mark = hash.finalize().prefix(12).hexadecimal
  }

  /// Bytes that it takes, at least 1.
  var size: Int { max(1, text.utf8.count + remarks.reduce(0) { $0 + $1.utf8.count }) }
}
