import PlumblineStatistics

/// Work cells added up in every way that the verdict needs.
struct LeakCounts {
  let channelCount: Int
  let ownerCount: Int
  /// Channels by owners with segments as strata; successes are wins, follow-up is the covariate.
  let outcome: CrossedTable
  /// The same leads; successes are leads followed up.
  let followUp: CrossedTable
  /// Like `outcome`, with segment and score band together as strata; nil without bands.
  let outcomeByScore: CrossedTable?
  /// Like `followUp`, with the same strata; nil without bands.
  let followUpByScore: CrossedTable?
  typealias Sum = WorkCells.Sum
  let total: Sum
  let channels: [Sum]
  let owners: [Sum]
  /// By channel times the number of owners plus owner.
  let pairs: [Sum]

  /// Counts of cells; cells without leads or with a level beyond the names are left out.
  init(_ work: WorkCells, followUpIsRecorded: Bool) {
    let owners = work.owners.count
    let bands = max(1, work.scoreBandCount)
    channelCount = work.channels.count
    ownerCount = owners
    let cells = work.cells.filter {
      $0.leads > 0 && work.channels.indices.contains($0.channel)
        && work.owners.indices.contains($0.owner) && work.segments.indices.contains($0.segment)
        && (0..<bands).contains($0.scoreBand)
    }
    var total = Sum()
    var channelSums = Array(repeating: Sum(), count: work.channels.count)
    var ownerSums = Array(repeating: Sum(), count: owners)
    var pairSums = Array(repeating: Sum(), count: work.channels.count * owners)
    for cell in cells {
      let sum = Sum(cell)
      total += sum
      channelSums[cell.channel] += sum
      ownerSums[cell.owner] += sum
      pairSums[cell.channel * owners + cell.owner] += sum
    }
    self.total = total
    channels = channelSums
    self.owners = ownerSums
    pairs = pairSums

    func table(
      strata: Int,
      _ cell: (WorkCells.Cell) -> (stratum: Int, isExposed: Bool, successes: Int)
    ) -> CrossedTable {
      CrossedTable(
        rowCount: work.channels.count,
        columnCount: owners,
        stratumCount: strata,
        cells: cells.map {
          let (stratum, isExposed, successes) = cell($0)
          return CrossedTable.Cell(
            row: $0.channel,
            column: $0.owner,
            stratum: stratum,
            isExposed: isExposed,
            trials: Double($0.leads),
            successes: Double(successes)
          )
        }
      )
    }
    func wins(_ cell: WorkCells.Cell) -> Int { Sum(cell).wins }
    func isExposed(_ cell: WorkCells.Cell) -> Bool { followUpIsRecorded && cell.isFollowedUp }
    outcome = table(strata: work.segments.count) { ($0.segment, isExposed($0), wins($0)) }
    followUp = table(strata: work.segments.count) {
      ($0.segment, false, $0.isFollowedUp ? $0.leads : 0)
    }
    outcomeByScore =
      bands > 1
      ? table(strata: work.segments.count * bands) {
        ($0.segment * bands + $0.scoreBand, isExposed($0), wins($0))
      } : nil
    followUpByScore =
      bands > 1
      ? table(strata: work.segments.count * bands) {
        ($0.segment * bands + $0.scoreBand, false, $0.isFollowedUp ? $0.leads : 0)
      } : nil
  }

  func pair(_ channel: Int, _ owner: Int) -> Sum { pairs[channel * ownerCount + owner] }
}
