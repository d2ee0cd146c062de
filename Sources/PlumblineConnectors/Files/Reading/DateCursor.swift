import PlumblineCore

/// Reads a date and a time from left to right.
struct DateCursor {
  private let text: UnsafeRawBufferPointer
  private var index = 0

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  var isAtEnd: Bool { index == text.count }

  // MARK: Date

  mutating func day() -> DateCell.Day? {
    guard let first = peek else { return nil }
    if Ascii.isLetter(first) { return monthNameFirst() }
    guard let (number, length) = digits(upTo: 8) else { return nil }
    switch length {
    case 1, 2: return dayOrMonthFirst(number)
    case 4: return yearFirst(number)
    case 8: return compact(number)
    default: return nil
    }
  }

  /// `2026-01-31`, `2026/1/31`, `2026.01.31`.
  private mutating func yearFirst(_ year: Int) -> DateCell.Day? {
    guard let separator = numericSeparator(), let month = digits(upTo: 2)?.value,
      skip(separator), let day = digits(upTo: 2)?.value
    else { return nil }
    return CivilDate(year: year, month: month, day: day).map(DateCell.Day.clear)
  }

  /// `20260131`; only years from 1900 to 2099, because any identifier can have eight digits.
  private func compact(_ number: Int) -> DateCell.Day? {
    let year = number / 10_000
    guard (1900...2099).contains(year) else { return nil }
    return CivilDate(year: year, month: number / 100 % 100, day: number % 100)
      .map(DateCell.Day.clear)
  }

  /// `31/1/2026`, `31.01.26`, `31-Jan-2026`, `31 January, 2026`.
  private mutating func dayOrMonthFirst(_ first: Int) -> DateCell.Day? {
    let start = index
    guard let separator = numericSeparator(), let second = digits(upTo: 2)?.value else {
      index = start
      return dayThenMonthName(first)
    }
    guard skip(separator), let year = year() else { return nil }
    let dayFirst = CivilDate(year: year, month: second, day: first)
    let monthFirst = CivilDate(year: year, month: first, day: second)
    guard dayFirst != nil || monthFirst != nil else { return nil }
    return .either(
      dayFirst: dayFirst,
      monthFirst: monthFirst,
      hasPoints: separator == Ascii.point
    )
  }

  private mutating func dayThenMonthName(_ day: Int) -> DateCell.Day? {
    guard skipNameGap(), let month = monthName() else { return nil }
    _ = skip(Ascii.comma)
    guard skipNameGap(), let year = year() else { return nil }
    return CivilDate(year: year, month: month, day: day).map(DateCell.Day.clear)
  }

  /// `Apr 15, 2021`, `April 15 2021`.
  private mutating func monthNameFirst() -> DateCell.Day? {
    guard let month = monthName(), skipNameGap(), let day = digits(upTo: 2)?.value
    else { return nil }
    let hasComma = skip(Ascii.comma)
    guard skipNameGap() || hasComma, let year = year() else { return nil }
    return CivilDate(year: year, month: month, day: day).map(DateCell.Day.clear)
  }

  /// A year of four digits, or of two: 69 to 99 are 1969 to 1999 and 00 to 68 are 2000 to 2068, as
  /// POSIX `strptime` has it.
  private mutating func year() -> Int? {
    switch digits(upTo: 4) {
    case (let year, 4)?: year
    case (let year, 2)?: year < 69 ? 2000 + year : 1900 + year
    default: nil
    }
  }

  private mutating func numericSeparator() -> UInt8? {
    guard let byte = peek,
      byte == Ascii.slash || byte == Ascii.minus || byte == Ascii.point
    else { return nil }
    index += 1
    return byte
  }

  /// Blanks, a hyphen, a slash, or a point with blanks, between a month's name and a number.
  private mutating func skipNameGap() -> Bool {
    let start = index
    if let byte = peek, byte == Ascii.minus || byte == Ascii.slash || byte == Ascii.point {
      index += 1
    }
    skipBlanks()
    return index > start
  }

  /// An English month, in full or its first three letters, `Sept` too.
  private mutating func monthName() -> Int? {
    let start = index
    while let byte = peek, Ascii.isLetter(byte) { index += 1 }
    let length = index - start
    guard length >= 3, length <= 9 else { return nil }
    for (month, name) in Self.months.enumerated() {
      let isWhole = length == name.utf8CodeUnitCount
      let isShort = length == 3 || (length == 4 && month == 8)
      guard isWhole || isShort else { continue }
      let matches = name.withUTF8Buffer { letters in
        (0..<length).allSatisfy { text[start + $0] | 0x20 == letters[$0] }
      }
      if matches { return month + 1 }
    }
    return nil
  }

  private static let months: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  // MARK: Time of day

  /// What stands between a date and a time: `T`, or blanks, with a comma before them or not.
  mutating func gapBeforeTime() -> Bool {
    if let byte = peek, byte | 0x20 == 0x74 {
      index += 1
      return true
    }
    let hasComma = skip(Ascii.comma)
    let start = index
    skipBlanks()
    return hasComma || index > start
  }

  /// `9:05`, `09:05:30.123`, `9:05 PM`, as seconds since midnight; fractions are dropped.
  mutating func timeOfDay() -> Int? {
    guard let hour = digits(upTo: 2)?.value, skip(Ascii.colon), let minute = sixtieths()
    else { return nil }
    var second = 0
    if skip(Ascii.colon) {
      guard let seconds = sixtieths() else { return nil }
      second = seconds
      if skip(Ascii.point) || skip(Ascii.comma) {
        guard let byte = peek, Ascii.isDigit(byte) else { return nil }
        while let byte = peek, Ascii.isDigit(byte) { index += 1 }
      }
    }
    guard let hour = halfDay(hour) else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// The hour of 24, after `AM` or `PM` if they follow.
  private mutating func halfDay(_ hour: Int) -> Int? {
    let start = index
    skipBlanks()
    guard let byte = peek, byte | 0x20 == 0x61 || byte | 0x20 == 0x70 else {
      index = start
      return hour < 24 ? hour : nil
    }
    index += 1
    _ = skip(Ascii.point)
    guard let letter = peek, letter | 0x20 == 0x6D else { return nil }
    index += 1
    _ = skip(Ascii.point)
    let isAfternoon = byte | 0x20 == 0x70
    guard hour <= 12, hour > 0 || !isAfternoon else { return nil }
    return hour % 12 + (isAfternoon ? 12 : 0)
  }

  /// `Z`, `UTC`, `GMT`, `+02:00`, `-0530`, `+02`; nil for anything else.
  mutating func offset() -> Int? {
    skipBlanks()
    if skipWord("z") || skipWord("utc") || skipWord("gmt") { return 0 }
    guard let sign = peek, sign == Ascii.plus || sign == Ascii.minus else { return nil }
    index += 1
    guard let (value, length) = digits(upTo: 4), length == 2 || length == 4 else { return nil }
    var hours = value
    var minutes = 0
    if length == 4 {
      hours = value / 100
      minutes = value % 100
    } else if skip(Ascii.colon) {
      guard let rest = sixtieths() else { return nil }
      minutes = rest
    }
    guard hours <= 14, minutes < 60 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == Ascii.minus ? -seconds : seconds
  }

  // MARK: Steps

  private var peek: UInt8? { index < text.count ? text[index] : nil }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while true {
      let width = TextBytes.blankWidth(text, at: index, before: text.count)
      if width == 0 { return }
      index += width
    }
  }

  /// Skips a word of unaccented letters in either case; it must end where the text does.
  private mutating func skipWord(_ word: StaticString) -> Bool {
    guard text.count - index == word.utf8CodeUnitCount else { return false }
    let matches = word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { text[index + $0] | 0x20 == letters[$0] }
    }
    if matches { index = text.count }
    return matches
  }

  /// Two digits of 00 to 59.
  private mutating func sixtieths() -> Int? {
    guard let (value, length) = digits(upTo: 2), length == 2, value < 60 else { return nil }
    return value
  }

  /// One or more digits; nil when there are none or more than `limit`.
  private mutating func digits(upTo limit: Int) -> (value: Int, length: Int)? {
    var value = 0
    let start = index
    while let byte = peek, Ascii.isDigit(byte) {
      guard index - start < limit else { return nil }
      value = value * 10 + Int(byte - Ascii.zero)
      index += 1
    }
    return index > start ? (value, index - start) : nil
  }
}
