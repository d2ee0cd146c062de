import Crypto
import Foundation
public import PlumblineCore

/// A file's text as UTF-8 bytes, whatever it was stored as.
///
/// A plain UTF-8 file stays mapped and is never copied. Everything else (gzip, UTF-16,
/// Windows-1252) is turned into UTF-8 in memory once.
///
/// A file that another program shortens while it is mapped ends the process, as with any mapping.
public struct FileBytes: Sendable {
  /// How files are read.
  public struct Options: Sendable, Hashable {
    /// The encoding the user named, or nil to find out.
    public var encoding: TextEncoding?
    /// How many bytes may come out of a gzip file.
    public var maximumInflatedByteCount: Int

    /// Options; the defaults find the encoding and inflate up to 4 GiB.
    public init(encoding: TextEncoding? = nil, maximumInflatedByteCount: Int = 1 << 32) {
      self.encoding = encoding
      self.maximumInflatedByteCount = maximumInflatedByteCount
    }
  }

  /// The path as the user gave it; in diagnostics only.
  public let path: String
  /// The encoding the text was read in.
  public let encoding: TextEncoding
  /// Whether the file was packed with gzip.
  public let isCompressed: Bool
  /// What was done or guessed on the way, for the user to see.
  public let notes: [Diagnostic]

  /// The bytes as stored.
  private let original: Data
  /// The text, without a byte-order mark.
  private let text: Data

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - options: The encoding, if the user named one, and limits.
  /// - Throws: `InputError` with a code `file.…` when the file cannot be read as text.
  /// - Complexity: O(bytes): one fast pass over the file to find the encoding.
  public init(path: String, options: Options = Options()) throws {
    try self.init(contents: FileBytes.contents(of: path), path: path, options: options)
  }

  /// Reads bytes that are already in memory.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes as stored; copied.
  ///   - path: The name for diagnostics.
  ///   - options: The encoding, if the user named one, and limits.
  /// - Throws: `InputError` with a code `file.…` when the bytes cannot be read as text.
  public init(bytes: some Sequence<UInt8>, path: String, options: Options = Options()) throws {
    try self.init(contents: Data(bytes), path: path, options: options)
  }

  private init(contents: Data, path: String, options: Options) throws {
    let problem = FileProblem(path: path)
    self.path = path
    original = contents
    isCompressed = contents.withUnsafeBytes(Gzip.isGzip)
    var unpacked = contents
    if isCompressed {
      unpacked = try contents.withUnsafeBytes { bytes in
        do throws(Gzip.Failure) {
          return try Gzip.inflated(bytes, limit: options.maximumInflatedByteCount)
        } catch {
          throw problem.gzip(error, limit: options.maximumInflatedByteCount)
        }
      }
    }
    if let foreign = unpacked.withUnsafeBytes(problem.foreignFormat) { throw foreign }
    let decoded = unpacked.withUnsafeBytes { DecodedText($0, named: options.encoding, problem) }
    encoding = decoded.encoding
    notes = decoded.notes
    text =
      switch decoded.text {
      case .unchanged(let markLength): unpacked.dropFirst(markLength)
      case .converted(let bytes): Data(bytes)
      }
    if text.isEmpty { throw problem.empty }
    if let line = text.withUnsafeBytes(FileProblem.lineOfZeroByte) {
      throw problem.zeroByte(line: line)
    }
  }

  /// The beginning of a plain UTF-8 file, enough to find the table in it.
  init(head text: UnsafeRawBufferPointer, path: String) {
    self.path = path
    encoding = .utf8
    isCompressed = false
    notes = []
    original = Data(text)
    self.text = original
  }

  /// How many bytes the text has.
  public var byteCount: Int { text.count }

  /// How many bytes the file has as stored.
  public var storedByteCount: Int { original.count }

  /// Calls `body` with the text's bytes, which stay valid only during the call.
  ///
  /// - Parameter body: What to do with the UTF-8 bytes.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func withText<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try text.withUnsafeBytes(body)
  }

  /// The SHA-256 of the file as stored, in lower-case hexadecimal digits: names this very file.
  ///
  /// - Complexity: O(bytes).
  public func sha256() -> String { SHA256.hash(data: original).hexadecimal }

  private static func contents(of path: String) throws -> Data {
    let problem = FileProblem(path: path)
    let attributes: [FileAttributeKey: Any]
    do {
      let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      attributes = try FileManager.default.attributesOfItem(atPath: resolved)
    } catch {
      throw FileManager.default.fileExists(atPath: path) ? problem.unreadable : problem.missing
    }
    do {
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: throw problem.directory
      case .typeRegular:
        return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
      default:
        // A pipe, for instance from a shell's process substitution, cannot be mapped.
        guard let handle = FileHandle(forReadingAtPath: path) else { throw problem.unreadable }
        return try handle.readToEnd() ?? Data()
      }
    } catch let error as InputError {
      throw error
    } catch {
      throw problem.unreadable
    }
  }
}

/// The text of a file after decoding, with what has to be said about it.
private struct DecodedText {
  enum Text {
    /// The stored bytes behind the byte-order mark.
    case unchanged(markLength: Int)
    case converted([UInt8])
  }

  var encoding: TextEncoding
  var text: Text
  var notes: [Diagnostic] = []

  init(_ bytes: UnsafeRawBufferPointer, named: TextEncoding?, _ problem: FileProblem) {
    var finding =
      if let named { EncodingFinding(encoding: named, markLength: 0, firstForeignByte: nil) } else {
        EncodingFinding(bytes)
      }
    if let named, let marked = EncodingFinding(markedIn: bytes), marked.encoding == named {
      finding.markLength = marked.markLength
    }
    let content = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(finding.markLength))
    encoding = finding.encoding
    switch finding.encoding {
    case .utf8:
      // Bytes without a mark were checked when the encoding was found.
      let isUnchecked = named != nil || finding.markLength > 0
      if isUnchecked, let offset = UTF8Check.firstIllFormed(content) {
        text = .converted(Transcoder.repaired(content))
        notes = [problem.illFormed(line: FileProblem.line(of: offset, in: content))]
      } else {
        text = .unchanged(markLength: finding.markLength)
      }
    case .utf16LittleEndian, .utf16BigEndian:
      let converted = Transcoder.utf8(
        fromUTF16: content,
        bigEndian: finding.encoding == .utf16BigEndian
      )
      text = .converted(converted.text)
      if converted.damaged > 0 { notes = [problem.damagedUTF16(converted.damaged)] }
    case .windows1252:
      text = .converted(Transcoder.utf8(fromWindows1252: content))
    }
    if let offset = finding.firstForeignByte {
      notes.append(problem.readAsWindows1252(line: FileProblem.line(of: offset, in: content)))
    }
  }
}
