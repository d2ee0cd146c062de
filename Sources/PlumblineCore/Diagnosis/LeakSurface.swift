import PlumblineStatistics

/// The wins to be expected of every channel, owner and segment at the models' posterior means.
struct LeakSurface {
  /// Leads of one channel, owner and segment.
  struct Cell {
    let channel: Int
    let owner: Int
    /// The stratum: the segment, or segment and score band.
    let stratum: Int
    /// The position among the model's pairs.
    let pair: Int
    let leads: Double
    /// The log-odds of winning when not followed up.
    let logOdds: Double
    /// The log-odds of being followed up; nil where it is not recorded.
    let followUp: Double?
  }

  let cells: [Cell]
  /// What being followed up adds to the log-odds of winning.
  let effect: Double
  /// All expected wins.
  let expectedWins: Double
  /// The positions of the cells of each channel, and of each owner.
  let ofChannel: [[Int]]
  let ofOwner: [[Int]]

  /// The surface of fitted models.
  ///
  /// - Parameters:
  ///   - outcome: The model of winning.
  ///   - followUp: The model of being followed up, if recorded; over the same pairs and strata.
  init(_ outcome: CrossedPosterior, _ followUp: CrossedPosterior?) {
    let model = outcome.model
    let logOdds = CrossedLogOdds(model: model, effects: outcome.means)
    let effect = logOdds.exposure
    self.effect = effect
    let logits = followUp.map { CrossedLogOdds(model: $0.model, effects: $0.means) }
    var cells: [Cell] = []
    var pair = 0
    var last: (channel: Int, owner: Int, segment: Int, leads: Double)?
    func close() {
      guard let done = last else { return }
      while model.pairs[pair].row != done.channel || model.pairs[pair].column != done.owner {
        pair += 1
      }
      cells.append(
        Cell(
          channel: done.channel,
          owner: done.owner,
          stratum: done.segment,
          pair: pair,
          leads: done.leads,
          logOdds: logOdds.value(done.channel, done.owner, pair, done.segment),
          followUp: logits?.value(done.channel, done.owner, pair, done.segment)
        )
      )
    }
    for cell in model.table.cells {
      if let open = last, open.channel == cell.row, open.owner == cell.column,
        open.segment == cell.stratum
      {
        last?.leads += cell.trials
      } else {
        close()
        last = (cell.row, cell.column, cell.stratum, cell.trials)
      }
    }
    close()
    self.cells = cells
    expectedWins = cells.reduce(0) { $0 + Self.wins($1, effect) }
    var ofChannel = Array(repeating: [Int](), count: model.table.rowCount)
    var ofOwner = Array(repeating: [Int](), count: model.table.columnCount)
    for (index, cell) in cells.enumerated() {
      ofChannel[cell.channel].append(index)
      ofOwner[cell.owner].append(index)
    }
    self.ofChannel = ofChannel
    self.ofOwner = ofOwner
  }

  /// The chance of winning, followed up or not.
  ///
  /// - Parameters:
  ///   - logOdds: The log-odds of winning when not followed up.
  ///   - effect: What being followed up adds to them.
  ///   - followUp: The log-odds of being followed up; nil where that is not recorded.
  /// - Returns: A probability.
  static func chance(_ logOdds: Double, _ effect: Double, _ followUp: Double?) -> Double {
    guard let followUp else { return SpecialFunctions.expit(logOdds) }
    let share = SpecialFunctions.expit(followUp)
    return share * SpecialFunctions.expit(logOdds + effect)
      + (1 - share) * SpecialFunctions.expit(logOdds)
  }

  /// The wins to be expected of a cell whose log-odds are shifted.
  static func wins(
    _ cell: Cell,
    _ effect: Double,
    direct: Double = 0,
    followUp: Double = 0
  ) -> Double {
    cell.leads * chance(cell.logOdds + direct, effect, cell.followUp.map { $0 + followUp })
  }

  /// The wins that raising the effect of a channel, an owner or a pair of both would bring.
  ///
  /// None when the shift is not upwards.
  func gain(
    _ shift: Double,
    _ effect: LeakUnit.Effect,
    channel: Int? = nil,
    owner: Int? = nil
  ) -> Double {
    guard shift > 0 else { return 0 }
    let own = owner.map { ofOwner[$0] } ?? channel.map { ofChannel[$0] } ?? Array(cells.indices)
    var sum = 0.0
    for index in own where channel.map({ $0 == cells[index].channel }) ?? true {
      sum += gain(index, shift, effect)
    }
    return sum
  }

  /// The wins that raising the effects of some pairs of a channel would bring.
  func gain(
    _ shifts: [(pair: Int, shift: Double)],
    _ effect: LeakUnit.Effect,
    channel: Int
  ) -> Double {
    var sum = 0.0
    for (pair, shift) in shifts where shift > 0 {
      for index in ofChannel[channel] where cells[index].pair == pair {
        sum += gain(index, shift, effect)
      }
    }
    return sum
  }

  private func gain(_ index: Int, _ shift: Double, _ effect: LeakUnit.Effect) -> Double {
    let cell = cells[index]
    let shifted =
      effect == .direct
      ? Self.wins(cell, self.effect, direct: shift)
      : Self.wins(cell, self.effect, followUp: shift)
    return shifted - Self.wins(cell, self.effect)
  }

  /// A gain as a share of all expected wins.
  func share(_ gain: Double) -> Double { expectedWins > 0 ? gain / expectedWins : 0 }

  /// The wins that one shift in log-odds brings which lifts the mean compliance to the target.
  static func gainAtTarget(
    _ cells: [Cell],
    _ effect: Double,
    _ target: Double
  ) -> Double {
    let shift = shiftToTarget(cells, target)
    guard shift > 0 else { return 0 }
    return cells.reduce(0) {
      $0 + wins($1, effect, followUp: shift) - wins($1, effect)
    }
  }

  /// The one shift in log-odds that lifts the mean compliance to the target; 0 where it is there.
  static func shiftToTarget(_ cells: [Cell], _ target: Double) -> Double {
    let leads = cells.reduce(0) { $0 + $1.leads }
    func compliance(_ shift: Double) -> Double {
      cells.reduce(0) {
        $0 + $1.leads * SpecialFunctions.expit(($1.followUp ?? 0) + shift)
      } / leads
    }
    guard leads > 0, compliance(0) < target else { return 0 }
    var (low, high) = (0.0, 40.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if compliance(middle) < target { low = middle } else { high = middle }
    }
    return low
  }
}
