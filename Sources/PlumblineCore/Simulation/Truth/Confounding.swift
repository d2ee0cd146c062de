/// How far the channel that may be bad and the owners who may be bad come together.
///
/// Where a bad channel's leads mostly go to bad owners, crude rates blame both for either.
public enum Confounding: String, Sendable, CaseIterable {
  /// The channel's leads are shared as all others are.
  case none
  /// A little more than half of the channel's leads go to those owners.
  case moderate
  /// Four in five of the channel's leads go to those owners.
  case strong

  /// The share of the channel's leads that those owners get together; nil for the usual one.
  var ownersShare: Double? {
    switch self {
    case .none: nil
    case .moderate: 0.55
    case .strong: 0.81
    }
  }
}
