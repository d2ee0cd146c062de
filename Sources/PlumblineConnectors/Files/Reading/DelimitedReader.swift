/// Goes through delimited text record by record, eight bytes at a time.
///
/// A quoted field may span lines. Quotes inside a field that does not begin with one are text.
/// A record whose quotes are wrong says so in `RecordBuffer.problem`; reading goes on at the next
/// line end behind the trouble, so that nothing disappears without a record that tells of it.
///
/// - SeeAlso: RFC 4180.
public struct DelimitedReader {
  /// The offset at which the next record begins.
  public private(set) var position: Int
  /// The line on which the next record begins, counted from 1.
  public private(set) var line: Int

  private let text: UnsafeRawBufferPointer
  private let delimiter: UInt8
  private let endsAtReturn: Bool
  private let delimiterPattern: UInt64
  private let lineFeedPattern = ByteSearch.repeated(Ascii.lineFeed)
  /// The carriage return where it ends lines, otherwise the line feed once more.
  private let returnPattern: UInt64

  /// The offset of the word whose unread separators are in `separators`.
  private var wordStart: Int
  private var separators: UInt64

  /// A reader of a text from some offset on.
  ///
  /// - Parameters:
  ///   - text: UTF-8 without zero bytes; must stay valid while the reader and its records are used.
  ///   - dialect: How fields and lines end.
  ///   - position: The offset of the first record.
  ///   - line: The number of the line that begins there.
  public init(
    _ text: UnsafeRawBufferPointer,
    dialect: Dialect,
    position: Int = 0,
    line: Int = 1
  ) {
    precondition(position >= 0 && position <= text.count, "no such offset")
    self.text = text
    self.position = position
    self.line = line
    delimiter = dialect.delimiter.rawValue
    endsAtReturn = dialect.lineEnds == .carriageReturn
    delimiterPattern = ByteSearch.repeated(delimiter)
    returnPattern = ByteSearch.repeated(endsAtReturn ? Ascii.carriageReturn : Ascii.lineFeed)
    wordStart = position
    separators = 0
    if let base = text.baseAddress { separators = separatorMask(base, at: position) }
  }

  /// Reads the next record into a buffer.
  ///
  /// - Parameter record: Where the fields go; what it held before is gone.
  /// - Returns: Whether there was a record; false at the end of the text.
  /// - Complexity: O(bytes of the record).
  public mutating func next(into record: inout RecordBuffer) -> Bool {
    guard position < text.count, let base = text.baseAddress else { return false }
    let count = text.count
    let recordStart = position
    record.begin(line: line)
    var fieldStart = position
    while true {
      if fieldStart < count, base.load(fromByteOffset: fieldStart, as: UInt8.self) == Ascii.quote {
        if record.count == 0 { record.beginsQuoted = true }
        let after = readQuoted(base, from: fieldStart, into: &record)
        if after >= count {
          return finish(&record, recordStart..<count, next: count)
        }
        if base.load(fromByteOffset: after, as: UInt8.self) == delimiter {
          fieldStart = after &+ 1
          seek(base, to: fieldStart)
          continue
        }
        return finish(&record, recordStart..<after, base, lineEnd: after)
      }
      while separators == 0 {
        wordStart &+= 8
        if wordStart >= count {
          appendLast(base, fieldStart..<count, to: &record)
          return finish(&record, recordStart..<count, next: count)
        }
        separators = separatorMask(base, at: wordStart)
      }
      let separator = wordStart &+ separators.trailingZeroBitCount >> 3
      separators &= separators &- 1
      if base.load(fromByteOffset: separator, as: UInt8.self) == delimiter {
        record.append(
          DelimitedField(
            base + fieldStart,
            count: separator &- fieldStart,
            needsUnescape: false
          )
        )
        fieldStart = separator &+ 1
        continue
      }
      appendLast(base, fieldStart..<separator, to: &record)
      if endsAtReturn { return finish(&record, recordStart..<separator, base, lineEnd: separator) }
      // The common end: a line feed whose bit is already taken from `separators`.
      return finish(&record, recordStart..<separator, next: separator &+ 1, lineEnds: 1)
    }
  }

  @inline(__always)
  private func separatorMask(_ base: UnsafeRawPointer, at offset: Int) -> UInt64 {
    let word = ByteSearch.word(base, at: offset, count: text.count)
    return
      ~(ByteSearch.nonzeroBytes(word ^ delimiterPattern)
      & ByteSearch.nonzeroBytes(word ^ lineFeedPattern)
      & ByteSearch.nonzeroBytes(word ^ returnPattern)) & 0x8080_8080_8080_8080
  }

  /// Continues the search for separators at an offset, where a field begins.
  ///
  /// A quoted field seeks again when it is over, so nothing is searched before it.
  @inline(__always)
  private mutating func seek(_ base: UnsafeRawPointer, to offset: Int) {
    if offset < text.count, base.load(fromByteOffset: offset, as: UInt8.self) == Ascii.quote {
      return
    }
    wordStart = offset
    separators = separatorMask(base, at: offset)
  }

  /// Appends the last field of a line, without the carriage return of a CRLF.
  @inline(__always)
  private func appendLast(
    _ base: UnsafeRawPointer,
    _ range: Range<Int>,
    to record: inout RecordBuffer
  ) {
    var end = range.upperBound
    if end > range.lowerBound,
      base.load(fromByteOffset: end &- 1, as: UInt8.self) == Ascii.carriageReturn
    {
      end &-= 1
    }
    record.append(
      DelimitedField(
        base + range.lowerBound,
        count: end &- range.lowerBound,
        needsUnescape: false
      )
    )
  }

  /// Ends a record; `lineEnds` is how many lines end between it and the next.
  @inline(__always)
  private mutating func finish(
    _ record: inout RecordBuffer,
    _ range: Range<Int>,
    next: Int,
    lineEnds: Int = 0
  ) -> Bool {
    record.byteRange = range
    record.lastLine = line
    line &+= lineEnds
    position = next
    return true
  }

  /// Ends a record at a line end of one or two bytes.
  private mutating func finish(
    _ record: inout RecordBuffer,
    _ range: Range<Int>,
    _ base: UnsafeRawPointer,
    lineEnd: Int
  ) -> Bool {
    var next = lineEnd + 1
    if base.load(fromByteOffset: lineEnd, as: UInt8.self) == Ascii.carriageReturn,
      next < text.count, base.load(fromByteOffset: next, as: UInt8.self) == Ascii.lineFeed
    {
      next += 1
    }
    seek(base, to: next)
    return finish(&record, range, next: next, lineEnds: 1)
  }
}

extension DelimitedReader {
  /// Reads a field that begins with a quote and returns the offset of the separator behind it.
  private mutating func readQuoted(
    _ base: UnsafeRawPointer,
    from open: Int,
    into record: inout RecordBuffer
  ) -> Int {
    let count = text.count
    var needsUnescape = false
    var lineFeeds = 0
    var close = nextQuote(base, from: open + 1, lineFeeds: &lineFeeds)
    while close + 1 < count, base.load(fromByteOffset: close + 1, as: UInt8.self) == Ascii.quote {
      needsUnescape = true
      close = nextQuote(base, from: close + 2, lineFeeds: &lineFeeds)
    }
    if close == count || endsAtReturn {
      line += lineEnds(
        base,
        open + 1..<(close == count ? lastLineEnd(base, from: open + 1) : close)
      )
    } else {
      line += lineFeeds
    }
    if needsUnescape { record.hasEscapes = true }
    var after = close + 1
    if close == count {
      record.problem = .unterminatedQuote
      after = count
    } else if let separator = separator(base, behind: after) {
      after = separator
    } else {
      if record.problem == nil { record.problem = .strayQuote }
      after = firstSeparator(base, from: after)
    }
    let end = record.problem == nil ? close : after
    record.append(
      DelimitedField(base + open + 1, count: max(0, end - open - 1), needsUnescape: needsUnescape)
    )
    return after
  }

  /// The offset of the next quote, or the end of the text; adds the line feeds before it.
  @inline(__always)
  private func nextQuote(
    _ base: UnsafeRawPointer,
    from start: Int,
    lineFeeds: inout Int
  ) -> Int {
    var offset = start
    while offset < text.count {
      let word = ByteSearch.word(base, at: offset, count: text.count)
      let quotes =
        ~ByteSearch.nonzeroBytes(word ^ ByteSearch.repeated(Ascii.quote)) & 0x8080_8080_8080_8080
      let feeds = ~ByteSearch.nonzeroBytes(word ^ lineFeedPattern) & 0x8080_8080_8080_8080
      if quotes != 0 {
        lineFeeds += (feeds & ((quotes & (0 &- quotes)) &- 1)).nonzeroBitCount
        return offset + quotes.trailingZeroBitCount / 8
      }
      lineFeeds += feeds.nonzeroBitCount
      offset += 8
    }
    return text.count
  }

  /// The offset of the line end that closes the text, which begins no further line.
  private func lastLineEnd(_ base: UnsafeRawPointer, from start: Int) -> Int {
    var end = max(start, text.count - 1)
    if end > start, base.load(fromByteOffset: end, as: UInt8.self) == Ascii.lineFeed,
      base.load(fromByteOffset: end - 1, as: UInt8.self) == Ascii.carriageReturn
    {
      end -= 1
    }
    return end
  }

  /// The separator that follows a closing quote, blanks between them allowed, nil when something
  /// else does.
  private func separator(_ base: UnsafeRawPointer, behind start: Int) -> Int? {
    var offset = start
    while offset < text.count {
      switch base.load(fromByteOffset: offset, as: UInt8.self) {
      case delimiter, Ascii.lineFeed: return offset
      case Ascii.carriageReturn:
        let isLast = offset + 1 == text.count
        if endsAtReturn || isLast { return isLast && !endsAtReturn ? offset + 1 : offset }
        guard base.load(fromByteOffset: offset + 1, as: UInt8.self) == Ascii.lineFeed
        else { return nil }
        return offset
      case Ascii.space, Ascii.tab: offset += 1
      default: return nil
      }
    }
    return offset
  }

  /// The first separator at or behind an offset, whatever the quotes say.
  private func firstSeparator(_ base: UnsafeRawPointer, from start: Int) -> Int {
    var offset = start
    while offset < text.count {
      let mask = separatorMask(base, at: offset)
      if mask != 0 { return offset + mask.trailingZeroBitCount / 8 }
      offset += 8
    }
    return text.count
  }

  /// How many lines end inside a range.
  private func lineEnds(_ base: UnsafeRawPointer, _ range: Range<Int>) -> Int {
    let lineFeeds = ByteSearch.occurrences(of: Ascii.lineFeed, in: base, range)
    guard endsAtReturn else { return lineFeeds }
    var lonely = lineFeeds
    for offset in range
    where base.load(fromByteOffset: offset, as: UInt8.self) == Ascii.carriageReturn {
      let isPair =
        offset + 1 < range.upperBound
        && base.load(fromByteOffset: offset + 1, as: UInt8.self) == Ascii.lineFeed
      if !isPair { lonely += 1 }
    }
    return lonely
  }
}
