import PlumblineCore

/// Puts the pieces of chunks into the order of their imports.
///
/// A chunk may hold the facts of several imports, and other kinds have chunks of the same imports:
/// pieces wait until no chunk that is still to be read can hold an earlier one.
struct PieceOrder {
  /// How many facts are unpacked at a time: so many chunks keep all processors busy.
  private static let rowsAtOnce = 4 * ChunkCoding.mostRows
  private static let chunksAtOnce = 256

  private let places: [ChunkRow.Place]
  private var next = 0
  /// What waits, by the position of the kind, each in the order of storage.
  private var waiting: [[FactChunk]] = Array(repeating: [], count: FactKind.allCases.count)
  private var taken: [Int] = Array(repeating: 0, count: FactKind.allCases.count)

  init(_ places: [ChunkRow.Place]) {
    self.places = places.sorted {
      ($0.firstImport, Self.position($0.kind), $0.id)
        < ($1.firstImport, Self.position($1.kind), $1.id)
    }
  }

  /// The chunks to read next; nil when all are read.
  mutating func nextWindow() -> [ChunkRow.Place]? {
    guard next < places.count else { return nil }
    var window: [ChunkRow.Place] = []
    var rowCount = 0
    while next < places.count, window.count < Self.chunksAtOnce {
      rowCount += places[next].rowCount
      if !window.isEmpty, rowCount > Self.rowsAtOnce { break }
      window.append(places[next])
      next += 1
    }
    return window
  }

  /// Takes a piece of a chunk of the last window.
  mutating func add(_ piece: FactChunk) {
    waiting[Self.position(piece.table.kind)].append(piece)
  }

  /// The earliest piece, if no chunk that is still to be read can hold an earlier one.
  mutating func nextPiece() -> FactChunk? {
    var first: (sequence: Int, kind: Int)?
    for kind in waiting.indices where taken[kind] < waiting[kind].count {
      let sequence = waiting[kind][taken[kind]].sequence
      if first.map({ sequence < $0.sequence }) ?? true { first = (sequence, kind) }
    }
    guard let first else { return nil }
    if next < places.count {
      let bound = (places[next].firstImport, Self.position(places[next].kind))
      guard (first.sequence, first.kind) <= bound else { return nil }
    }
    let piece = waiting[first.kind][taken[first.kind]]
    taken[first.kind] += 1
    if taken[first.kind] == waiting[first.kind].count {
      waiting[first.kind] = []
      taken[first.kind] = 0
    }
    return piece
  }

  private static func position(_ kind: FactKind) -> Int {
    FactKind.allCases.firstIndex(of: kind) ?? 0
  }
}
