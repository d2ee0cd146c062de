#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A crossed model averaged over a grid of spreads.
///
/// Each combination of spreads weighs as much as its evidence times its prior. Given the spreads
/// every contrast is taken as normal, so that over the grid it is a mixture of normals: no
/// simulation is needed.
///
/// - SeeAlso: Rue, Martino & Chopin (2009), doi:10.1111/j.1467-9868.2008.00700.x, for nested
///   Laplace approximations; Chung et al. (2013), doi:10.1007/s11336-013-9328-2, for spreads that
///   collapse to 0 when they are estimated.
public struct CrossedPosterior: Sendable {
  /// The model.
  public let model: CrossedModel
  /// The rows with loose pairs, if any.
  public let loose: LoosePairs?
  /// The fits that have weight, in the grid's order.
  public let nodes: [Node]
  /// How many combinations were tried.
  public let evaluatedNodes: Int
  /// How many Newton steps that took.
  public let steps: Int
  /// The posterior mean of every effect.
  public let means: CrossedEffects

  /// A fit with its weight.
  public struct Node: Sendable {
    /// Its share, 0...1.
    public let weight: Double
    /// The fit.
    public let fit: CrossedFit
  }

  /// Combinations of less weight than this are dropped.
  public static let smallestWeight = 1e-5

  /// Beyond so many cells not every combination is tried.
  public static let fewCells = 3_000

  /// The posterior of a model.
  ///
  /// Up to a number of cells every combination is tried. Beyond, every second value of each spread
  /// is tried first, then again and again all neighbours of combinations that weigh at least
  /// e⁻¹² times the best: far from it there is no weight that would be kept.
  ///
  /// The same to the last bit whatever the number of threads: where each search starts depends on
  /// the grid alone.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - grid: The combinations of spreads.
  ///   - loose: Rows whose pairs spread more widely, if any.
  ///   - tolerance: The relative gain at which each search stops.
  ///   - fewCells: Up to so many cells every combination is tried.
  public init(
    _ model: CrossedModel,
    grid: SpreadGrid = .standard,
    loose: LoosePairs? = nil,
    tolerance: Double = 1e-9,
    fewCells: Int = CrossedPosterior.fewCells
  ) {
    var search = GridSearch(model, grid, loose, tolerance)
    if model.table.cells.count <= fewCells {
      search.tryAll()
    } else {
      search.tryBest()
    }
    let tried = search.tried
    let total = SpecialFunctions.logSumExp(tried.map(\.logWeight))
    let kept = tried.filter { exp($0.logWeight - total) >= Self.smallestWeight }
    let sum = kept.reduce(0) { $0 + exp($1.logWeight - total) }
    var modes = ModeSearch(model)
    nodes = kept.map { node in
      Node(
        weight: exp(node.logWeight - total) / sum,
        fit: modes.fit(
          node.mode.spreads,
          loose: loose,
          start: node.mode.state,
          tolerance: tolerance
        )
      )
    }
    var means = Array(repeating: 0.0, count: model.stateCount)
    for node in nodes {
      for index in means.indices { means[index] += node.weight * node.fit.mode.state[index] }
    }
    self.means = CrossedEffects(model, means)
    self.model = model
    self.loose = loose
    evaluatedNodes = tried.count
    steps = tried.reduce(0) { $0 + $1.mode.steps }
  }

  /// The fit of the most weight.
  public var best: CrossedFit {
    var best = nodes[0]
    for node in nodes where node.weight > best.weight { best = node }
    return best.fit
  }

  /// What is known of a combination of effects.
  public func distribution(_ contrast: CrossedContrast) -> NormalMixture {
    NormalMixture(
      nodes.map { node in
        let (mean, variance) = node.fit.moments(contrast)
        return NormalMixture.Component(
          weight: node.weight,
          mean: mean,
          standardDeviation: variance.squareRoot()
        )
      }
    )
  }
}
