import Crypto
import Dispatch
import PlumblineCore

/// Reads a large plain file in windows of a few blocks, the blocks of a window at the same time, and
/// passes the facts on in the order of the file.
///
/// What comes out does not depend on the size of the blocks or on how many are read at a time: new
/// texts get their codes block after block, in the order in which one reader would meet them.
struct BulkReading {
  let file: PlainFile
  let plan: BulkPlan
  let effort: FileImport.Effort

  private var path: String { file.path }

  /// The plan for a file that can be read in bulk, or nil.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - encoding: The encoding that the user named, if any.
  ///   - tableOptions: How the table is looked for.
  ///   - calendar: The time zone of times without an offset.
  ///   - effort: How the file is cut.
  ///   - makePlan: Makes the plan of a table.
  init?(
    path: String,
    encoding: TextEncoding?,
    tableOptions: TableOptions,
    calendar: LocalCalendar,
    effort: FileImport.Effort,
    makePlan: (TableReader) -> TablePlan
  ) {
    guard let file = PlainFile(path: path, encoding: encoding) else { return nil }
    let headEnd = file.headEnd(byteCount: Self.headByteCount)
    let head = file.text(upTo: headEnd)
    let isWhole = headEnd == file.bytes.count
    guard isWhole || head.count > SampleRecord.longestSample, PlainFile.isPlain(head),
      Self.beginsWithShortRecords(head),
      let reader = try? TableReader(FileBytes(head: head, path: path), options: tableOptions)
    else { return nil }
    var table = makePlan(reader)
    if !isWhole { table.isSurveyed = false }
    guard let plan = BulkPlan(table, calendar: calendar) else { return nil }
    self.file = file
    self.plan = plan
    self.effort = effort
  }

  private static let headByteCount = SampleRecord.longestSample * 3 / 2

  /// Whether the first record ends soon with each delimiter, so that the table is found in the head
  /// as it would be in the whole file.
  private static func beginsWithShortRecords(_ head: UnsafeRawBufferPointer) -> Bool {
    var record = RecordBuffer()
    return Dialect.Delimiter.allCases.allSatisfy { delimiter in
      var reader = DelimitedReader(head, dialect: Dialect(delimiter: delimiter))
      return reader.next(into: &record) && reader.position < 1 << 19
    }
  }

  /// Reads the file.
  ///
  /// - Parameters:
  ///   - sink: Where the facts go, and what is found.
  ///   - calendar: The time zone of times without an offset.
  ///   - joins: The look-ups; none is used in bulk.
  /// - Throws: `FileImport.Restart` when the file has to be read in the other way, and what the sink
  ///   throws.
  func run(into sink: inout FactSink, calendar: LocalCalendar, joins: JoinTables) throws {
    let readings = sink.begin(plan.table)
    let setting = setting(readings, calendar, sink.outcome.batch.texts)
    var merge = BulkMerge(plan: plan, file: file.bytes, readings: readings, joins: joins)
    // A small file has no use for more blocks than it can be cut into.
    let mostBlocks = file.bytes.count / max(1, effort.blockByteCount) + 1
    let blocks = (0..<max(1, min(effort.blocksPerWindow, mostBlocks))).map { _ in
      BulkBlock(setting)
    }
    var hash = SHA256()
    var hashed = 0
    var position = file.textStart + plan.table.reader.dataOffset
    guard isPlain(0..<position) else { throw FileImport.Restart(paths: [path]) }
    while position < file.bytes.count {
      let ranges = cut(from: position, beyond: hashed)
      let end = ranges.last?.upperBound ?? file.bytes.count
      let toHash = hashed..<end
      let isSound = readWindow(ranges, blocks, sink.outcome.batch.texts, &hash, toHash)
      guard isSound else { throw FileImport.Restart(paths: [path]) }
      hashed = end
      for (index, range) in ranges.enumerated() {
        if blocks[index].isSurprising { throw FileImport.Restart(paths: [path]) }
        if position != range.lowerBound {
          // A quoted cell of the block before goes on here, so this block was cut wrongly.
          blocks[index].read(file.bytes, position..<range.upperBound, sink.outcome.batch.texts)
          if blocks[index].isSurprising { throw FileImport.Restart(paths: [path]) }
        }
        try merge.pass(blocks[index], into: &sink)
        position = blocks[index].end
        if end - position > effort.longestCarry { throw FileImport.Restart(paths: [path]) }
      }
      file.release(0..<position)
    }
    file.release(0..<file.bytes.count)
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: file.bytes[hashed...]))
    let imported = ImportedFile(
      name: fileName(ofPath: path),
      contentHash: hash.finalize().hexadecimal,
      byteCount: file.bytes.count
    )
    try sink.end(plan.table, merge.summary, readings, imported)
  }

  private func setting(
    _ readings: [RecordReading],
    _ calendar: LocalCalendar,
    _ texts: TextDictionaries
  ) -> BulkBlock.Setting {
    var columns = Set<Int>()
    for field in plan.records.flatMap(\.fields) {
      if case .constant = field.content { continue }
      columns.insert(field.column)
    }
    return BulkBlock.Setting(
      plan: plan,
      shape: BulkRows.Shape(plan.table.reader, columns: columns),
      calendar: calendar,
      constants: readings.map(\.constants),
      defaults: zip(plan.records, readings).map { record, reading in
        record.kind.schema.columns.map { column in
          switch (record.kind, column.name) {
          case (.stageEvent, "evidence"): reading.evidence
          case (.stageEvent, "at") where !record.isDated: TimePoint.undated.rawValue
          case (_, "currency") where record.hasAmount: reading.defaultCurrency
          default: column.missingValue
          }
        }
      },
      defaultDecimals: readings.map { reading in
        let code = UInt32(reading.defaultCurrency)
        return code == TextDictionary.missing
          ? nil : Currency.decimals(of: texts[.currency][code].uppercased())
      }
    )
  }

  /// The next blocks, each of which ends with a line or with the file.
  ///
  /// The first ends behind what was read before, so that a quoted cell which goes on there comes to
  /// its end some time.
  private func cut(from position: Int, beyond read: Int) -> [Range<Int>] {
    guard let base = file.bytes.baseAddress else { return [] }
    var ranges: [Range<Int>] = []
    var start = position
    while start < file.bytes.count, ranges.count < max(1, effort.blocksPerWindow) {
      let wanted = max(start + max(1, effort.blockByteCount) - 1, read)
      let lineFeed =
        wanted < file.bytes.count
        ? ByteSearch.first(Ascii.lineFeed, in: base, from: wanted, count: file.bytes.count)
        : file.bytes.count
      let end = min(lineFeed + 1, file.bytes.count)
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  private func isPlain(_ range: Range<Int>) -> Bool {
    PlainFile.isPlain(UnsafeRawBufferPointer(rebasing: file.bytes[range]))
  }

  /// Reads the blocks of a window, and whether their bytes are plain UTF-8.
  private func readWindow(
    _ ranges: [Range<Int>],
    _ blocks: [BulkBlock],
    _ texts: TextDictionaries,
    _ hash: inout SHA256,
    _ toHash: Range<Int>
  ) -> Bool {
    let work = WindowWork(
      file: file,
      ranges: ranges,
      blocks: blocks,
      texts: texts,
      hash: hash,
      toHash: toHash
    )
    if effort.isConcurrent {
      DispatchQueue.concurrentPerform(iterations: ranges.count + 1) { work.run($0) }
    } else {
      for index in 0...ranges.count { work.run(index) }
    }
    hash = work.hash
    return work.isPlain.allSatisfy(\.self)
  }
}

/// The tasks of one window: the first hashes it, the others read one block each.
///
/// Unchecked because each task writes only what is its own, and all have ended before it is read.
private final class WindowWork: @unchecked Sendable {
  let file: PlainFile
  let ranges: [Range<Int>]
  let blocks: [BulkBlock]
  let texts: TextDictionaries
  let toHash: Range<Int>
  var hash: SHA256
  private let soundness: UnsafeMutablePointer<Bool>

  init(
    file: PlainFile,
    ranges: [Range<Int>],
    blocks: [BulkBlock],
    texts: TextDictionaries,
    hash: SHA256,
    toHash: Range<Int>
  ) {
    self.file = file
    self.ranges = ranges
    self.blocks = blocks
    self.texts = texts
    self.hash = hash
    self.toHash = toHash
    soundness = .allocate(capacity: ranges.count)
    soundness.initialize(repeating: false, count: ranges.count)
  }

  deinit { soundness.deallocate() }

  /// Whether each block is plain UTF-8.
  var isPlain: [Bool] { ranges.indices.map { soundness[$0] } }

  func run(_ task: Int) {
    guard task > 0 else {
      file.fetch(toHash)
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: file.bytes[toHash]))
      return
    }
    let range = ranges[task - 1]
    file.fetch(range)
    guard PlainFile.isPlain(UnsafeRawBufferPointer(rebasing: file.bytes[range])) else { return }
    soundness[task - 1] = true
    blocks[task - 1].read(file.bytes, range, texts)
  }
}
