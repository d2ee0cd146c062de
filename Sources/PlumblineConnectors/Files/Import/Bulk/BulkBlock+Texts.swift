import PlumblineCore

extension BulkBlock {
  func readKeys(
    _ base: UnsafeRawPointer,
    _ text: BulkPlan.Text,
    _ ordinal: Int,
    _ dictionary: TextDictionary
  ) {
    let field = fields[ordinal]
    let values = field.values
    var count = 0
    for index in 0..<selectedCount {
      let row = selection[index]
      let cell = cell(base, field, row)
      if let start = cell.baseAddress, !setting.plan.missing.contains(cell) {
        (hashed + count).initialize(to: HashedText(start, count: cell.count))
        hashedRows[count] = row
        count &+= 1
      } else {
        values[row] = Int64(TextDictionary.missing)
      }
    }
    dictionary.findCodes(
      of: UnsafeBufferPointer(start: hashed, count: count),
      into: UnsafeMutableBufferPointer(start: foundCodes, count: count)
    )
    let domain = text.domain.place
    for index in 0..<count {
      let row = hashedRows[index]
      let code = foundCodes[index]
      values[row] =
        code != TextDictionary.missing
        ? Int64(code) : texts.note(hashed[index], order: order(row, ordinal), domain)
    }
  }

  func readTexts(
    _ base: UnsafeRawPointer,
    _ text: BulkPlan.Text,
    _ ordinal: Int,
    _ dictionary: TextDictionary
  ) {
    let field = fields[ordinal]
    let starts = cells.starts(field.slot)
    let counts = cells.counts(field.slot)
    let values = field.values
    for index in 0..<selectedCount {
      let row = selection[index]
      let isEscaped = counts[row] < 0
      let count = Int(isEscaped ? ~counts[row] : counts[row])
      let meaning = field.memory.meaning(base + starts[row], count, isEscaped: isEscaped) { cell in
        let order = order(row, ordinal)
        let value =
          isEscaped
          ? codeOfEscaped(cell, text, order, dictionary)
          : code(of: TextBytes.trimmed(cell), text, order, dictionary)
        return CellMemory.Meaning(value: value)
      }
      values[row] = meaning?.value ?? Int64(TextDictionary.missing)
    }
  }

  /// The order in which the texts of a row's fields get their codes.
  @inline(__always)
  private func order(_ row: Int, _ ordinal: Int) -> UInt64 {
    UInt64(cells.rowStarts[row]) &<< 8 | UInt64(ordinal)
  }

  /// The code of a cell's text, or what stands in its place.
  private func code(
    of cell: UnsafeRawBufferPointer,
    _ text: BulkPlan.Text,
    _ order: UInt64,
    _ dictionary: TextDictionary
  ) -> Int64 {
    let isMissing = setting.plan.missing.contains(cell)
    if !isMissing, text.field.renames.isEmpty, text.domainRenames.isEmpty,
      let start = cell.baseAddress
    {
      let hashed = HashedText(start, count: cell.count)
      if let code = dictionary.code(of: cell, hash: hashed.hash) { return Int64(code) }
      return texts.note(hashed, order: order, text.domain.place)
    }
    return code(ofShown: Self.shown(cell, isMissing, text), text, order, dictionary)
  }

  /// The code of a cell's text in which quotes are doubled, or what stands in its place.
  private func codeOfEscaped(
    _ cell: UnsafeRawBufferPointer,
    _ text: BulkPlan.Text,
    _ order: UInt64,
    _ dictionary: TextDictionary
  ) -> Int64 {
    var scratch = ScratchBytes()
    scratch.reset(byteCount: cell.count)
    let cell = TextBytes.trimmed(scratch.unescape(cell))
    let shown = Self.shown(cell, setting.plan.missing.contains(cell), text)
    return code(ofShown: shown, text, order, dictionary)
  }

  private func code(
    ofShown shown: String,
    _ text: BulkPlan.Text,
    _ order: UInt64,
    _ dictionary: TextDictionary
  ) -> Int64 {
    if let code = dictionary.code(of: shown) { return Int64(code) }
    return texts.note(shown, order: order, text.domain.place)
  }

  /// What a cell is called in answers; empty for the missing text.
  static func shown(
    _ cell: UnsafeRawBufferPointer,
    _ isMissing: Bool,
    _ text: BulkPlan.Text
  ) -> String {
    let renamed =
      isMissing ? "" : text.field.renamed(TextBytes.string(cell), text.domainRenames)
    return renamed.isEmpty ? text.field.valueWhenMissing ?? "" : renamed
  }
}
