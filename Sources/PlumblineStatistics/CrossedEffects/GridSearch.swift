/// Tries combinations of spreads for one model.
struct GridSearch {
  /// A combination that was tried.
  struct Tried {
    /// The logarithm of evidence times prior, up to a constant.
    let logWeight: Double
    let mode: CrossedMode
  }

  private let model: CrossedModel
  private let loose: LoosePairs?
  private let tolerance: Double
  private let spreads: [CrossedSpreads]
  private let logPriors: [Double]
  /// How many values each of the three spreads has; the last changes fastest.
  private let sizes: [Int]
  private var results: [Tried?]

  init(
    _ model: CrossedModel,
    _ grid: SpreadGrid,
    _ loose: LoosePairs?,
    _ tolerance: Double
  ) {
    self.model = model
    self.loose = loose
    self.tolerance = tolerance
    spreads = grid.nodes
    logPriors = grid.logPriors
    sizes = [grid.factors.count, grid.factors.count, grid.pairs.count]
    results = Array(repeating: nil, count: spreads.count)
  }

  /// Everything tried so far, in the grid's order.
  var tried: [Tried] { results.compactMap { $0 } }

  /// Tries every combination, in rows along the spread of pairs.
  mutating func tryAll() {
    let length = sizes[2]
    tryChains((0..<spreads.count / length).map { Array($0 * length..<($0 + 1) * length) })
  }

  /// Tries every second value, then the neighbours of what weighs enough.
  mutating func tryBest() {
    let axes = sizes.map { Array(stride(from: 0, to: $0, by: 2)) }
    tryChains(
      axes[0].flatMap { row in
        axes[1].map { column in axes[2].map { index([row, column, $0]) } }
      }
    )
    while true {
      let best = tried.reduce(-Double.infinity) { max($0, $1.logWeight) }
      var starts: [(node: Int, start: Int)] = []
      var isQueued = Array(repeating: false, count: spreads.count)
      for (node, result) in results.enumerated() {
        guard let result, result.logWeight >= best - 12 else { continue }
        for other in neighbours(of: node) where results[other] == nil && !isQueued[other] {
          isQueued[other] = true
          starts.append((other, node))
        }
      }
      if starts.isEmpty { return }
      let modes = ConcurrentMap.map(count: starts.count) { [self, starts] index in
        var search = ModeSearch(model)
        return mode(&search, starts[index].node, results[starts[index].start]?.mode.state)
      }
      for (start, mode) in zip(starts, modes) { note(mode, at: start.node) }
    }
  }

  /// Tries chains of combinations, each from the one before, the first from a common state.
  private mutating func tryChains(_ chains: [[Int]]) {
    let middle = index([sizes[0] / 2, sizes[1] / 2, 0])
    var search = ModeSearch(model)
    let start = mode(&search, middle, nil).state
    let modes = ConcurrentMap.map(count: chains.count) { [self] chain in
      var search = ModeSearch(model)
      var state = start
      return chains[chain].map { node in
        let found = mode(&search, node, state)
        state = found.state
        return found
      }
    }
    for (chain, found) in zip(chains, modes) {
      for (node, mode) in zip(chain, found) { note(mode, at: node) }
    }
  }

  private func mode(_ search: inout ModeSearch, _ node: Int, _ start: [Double]?) -> CrossedMode {
    search.mode(spreads[node], loose: loose, start: start, tolerance: tolerance).0
  }

  private mutating func note(_ mode: CrossedMode, at node: Int) {
    results[node] = Tried(logWeight: logPriors[node] + mode.logEvidence, mode: mode)
  }

  private func index(_ position: [Int]) -> Int {
    (position[0] * sizes[1] + position[1]) * sizes[2] + position[2]
  }

  /// All combinations whose values are at most one step away.
  private func neighbours(of node: Int) -> [Int] {
    let position = [node / sizes[2] / sizes[1], node / sizes[2] % sizes[1], node % sizes[2]]
    let ranges = position.indices.map {
      max(0, position[$0] - 1)...min(sizes[$0] - 1, position[$0] + 1)
    }
    return ranges[0].flatMap { row in
      ranges[1].flatMap { column in ranges[2].map { index([row, column, $0]) } }
    }
  }
}
