import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PlumblineCore

/// Takes in a form with files: each goes to disk as it arrives, and nothing stays of a form that is
/// not whole, not ours or too large.
struct UploadReceiver {
  /// How long an upload may take at most.
  static let longest = Duration.seconds(900)
  /// The largest field of text, in bytes.
  private static let largestField = 1024
  /// Files are written in pieces of about so many bytes.
  private static let pieceSize = 256 * 1024

  private let shelf: UploadShelf
  private let checkRoom: @Sendable () throws -> Void
  private let formToken: String
  /// Whether the form has shown that one of our pages made it, or a token asks, which no page of
  /// another site can send.
  private var isTrusted: Bool
  private var parser: MultipartParser
  private var upload: UploadShelf.Upload?
  private var field: (name: String, bytes: [UInt8])?
  private var file: FileHandle?
  private var waiting: [UInt8] = []

  /// Receives the files of a request.
  ///
  /// The field with the form's token must come first: before it is right, no byte is kept.
  ///
  /// - Parameters:
  ///   - visit: The request.
  ///   - shelf: Where the files go.
  /// - Returns: The upload.
  /// - Throws: An HTTP error or `InputError` when it is refused, or what reading the request throws
  ///   when it is cut; nothing of it is kept then.
  static func receive(_ visit: Visit, into shelf: UploadShelf) async throws -> UploadShelf.Upload {
    let settings = visit.office.settings
    let most = settings.largestUpload
    if let length = visit.request.headers[.contentLength].flatMap({ Int($0) }), length > most {
      throw HTTPError(.contentTooLarge)
    }
    guard let boundary = MultipartHead.boundary(ofType: visit.request.headers[.contentType]) else {
      throw HTTPError(.unsupportedMediaType)
    }
    let person = try visit.person
    var receiver = UploadReceiver(shelf, person, boundary, header: visit.formTokenField) {
      try settings.uploads.checkRoom(on: shelf, largest: most)
    }
    do {
      var count = 0
      let start = ContinuousClock.now
      for try await buffer in visit.request.body {
        count += buffer.readableBytes
        if count > most { throw HTTPError(.contentTooLarge) }
        if ContinuousClock.now - start > longest { throw HTTPError(.requestTimeout) }
        try receiver.take(buffer)
      }
      return try receiver.finish()
    } catch is MultipartParser.Fault {
      receiver.drop()
      throw InputError(
        code: "upload.not-whole",
        "what was sent is no whole form with files.",
        remedy: "Send the files again."
      )
    } catch {
      receiver.drop()
      throw error
    }
  }

  private init(
    _ shelf: UploadShelf,
    _ person: Viewer,
    _ boundary: String,
    header: String?,
    checkRoom: @escaping @Sendable () throws -> Void
  ) {
    (self.shelf, self.checkRoom) = (shelf, checkRoom)
    formToken = person.formToken
    isTrusted = person.scopes != nil || FormToken.isRight(header, person.formToken)
    parser = MultipartParser(boundary: boundary)
  }

  private mutating func take(_ buffer: ByteBuffer) throws {
    for event in try parser.feed(buffer.readableBytesView) {
      switch event {
      case .begin(let head): try begin(head)
      case .bytes(let bytes): try take(bytes)
      case .end: try end()
      }
    }
  }

  private mutating func begin(_ head: MultipartHead) throws {
    guard let name = head.fileName else {
      field = (head.name, [])
      return
    }
    guard isTrusted else { throw HTTPError(.forbidden) }
    // A form in which no file was chosen sends one without a name.
    guard !name.isEmpty else { return }
    if self.upload == nil { try checkRoom() }
    var upload = try self.upload ?? shelf.begin()
    let taken = Set(upload.names.map { $0.lowercased() })
    // Noted before the file is made, so that a fault leaves no folder behind.
    self.upload = upload
    file = try shelf.file(FileLabel.label(for: name, besides: taken), in: &upload)
    self.upload = upload
  }

  private mutating func take(_ bytes: [UInt8]) throws {
    if let file {
      waiting += bytes
      if waiting.count >= Self.pieceSize { try write(to: file) }
    } else if field != nil {
      field?.bytes += bytes
      if (field?.bytes.count ?? 0) > Self.largestField { throw HTTPError(.contentTooLarge) }
    }
  }

  private mutating func end() throws {
    if let file {
      try write(to: file)
      try file.close()
      self.file = nil
    }
    if let field, field.name == Forms.field, !isTrusted {
      isTrusted = FormToken.isRight(String(decoding: field.bytes, as: UTF8.self), formToken)
      guard isTrusted else { throw HTTPError(.forbidden) }
    }
    field = nil
  }

  private mutating func write(to file: FileHandle) throws {
    try file.write(contentsOf: waiting)
    waiting.removeAll(keepingCapacity: true)
  }

  private func finish() throws -> UploadShelf.Upload {
    try parser.finish()
    guard isTrusted else { throw HTTPError(.forbidden) }
    guard let upload, !upload.paths.isEmpty else {
      throw InputError(
        code: "upload.no-file",
        "no file was chosen.",
        remedy: "Choose one or more CSV files, then send them."
      )
    }
    return try shelf.finish(upload)
  }

  private func drop() {
    if let upload { shelf.remove(upload) }
  }
}

extension Visit {
  /// The token of a form as a script sends it.
  var formTokenField: String? { HTTPField.Name("X-Form-Token").flatMap { request.headers[$0] } }
}
