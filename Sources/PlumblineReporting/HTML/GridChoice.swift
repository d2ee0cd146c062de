/// Which channels and reps of a grid are shown where not all fit.
///
/// Whatever is named comes first, then what is withheld, by itself or in a pair; then those with
/// the most leads times effect. Where all fit they stand in the order they came in; otherwise the
/// most notable stand first.
struct GridChoice {
  let channels: [Int]
  let owners: [Int]
  let hiddenChannels: [Int]
  let hiddenOwners: [Int]
  private let effects: [Int: GridPicture.Effect]
  private let width: Int
  private let hiddenMarks: Int

  init(_ grid: GridPicture) {
    width = grid.channels.count
    let inside = grid.cells.filter { grid.isInside($0) }
    var effects: [Int: GridPicture.Effect] = [:]
    var channelWeight = grid.channels.map { Weight($0.effect) }
    var ownerWeight = grid.owners.map { Weight($0.effect) }
    for cell in inside {
      effects[cell.owner * grid.channels.count + cell.channel] = cell.effect
      channelWeight[cell.channel].note(cell.effect)
      ownerWeight[cell.owner].note(cell.effect)
    }
    self.effects = effects
    let channels = Self.first(grid.mostChannels, of: channelWeight)
    let owners = Self.first(grid.mostOwners, of: ownerWeight)
    self.channels = channels
    self.owners = owners
    let shownChannels = Set(channels)
    let shownOwners = Set(owners)
    hiddenChannels = grid.channels.indices.filter { !shownChannels.contains($0) }
    hiddenOwners = grid.owners.indices.filter { !shownOwners.contains($0) }
    let hidden =
      hiddenChannels.map { grid.channels[$0].effect } + hiddenOwners.map { grid.owners[$0].effect }
      + inside.filter { !shownChannels.contains($0.channel) || !shownOwners.contains($0.owner) }
      .map(\.effect)
    hiddenMarks = hidden.filter { $0.mark == .named }.count
  }

  /// What a rep does with a channel's leads; nil where there are none.
  func effect(_ owner: Int, _ channel: Int) -> GridPicture.Effect? {
    effects[owner * width + channel]
  }

  /// The ones that are not shown: `276 reps and 38 channels`.
  var hiddenWords: String {
    var parts: [String] = []
    if !hiddenOwners.isEmpty { parts.append(Format.count(hiddenOwners.count, "rep")) }
    if !hiddenChannels.isEmpty { parts.append(Format.count(hiddenChannels.count, "channel")) }
    return parts.joined(separator: " and ")
  }

  /// That not all are shown, for the end of a sentence; empty where they are.
  var note: String {
    guard !hiddenWords.isEmpty else { return "" }
    let named =
      hiddenMarks == 0
      ? "nothing named among them" : "\(Format.count(hiddenMarks)) named among them"
    return "; the most notable ones, and \(hiddenWords) more (\(named))"
  }

  private struct Weight {
    var mark: GridPicture.Mark
    var size: Double

    init(_ effect: GridPicture.Effect) {
      mark = effect.mark
      size = Self.size(of: effect)
    }

    mutating func note(_ effect: GridPicture.Effect) {
      mark = max(mark, effect.mark == .tooFew ? mark : effect.mark)
      size = max(size, Self.size(of: effect))
    }

    private static func size(of effect: GridPicture.Effect) -> Double {
      guard let value = effect.value, value.isFinite, effect.mark != .tooFew else { return 0 }
      return Double(effect.leads) * abs(value)
    }
  }

  private static func first(_ most: Int, of weights: [Weight]) -> [Int] {
    let order = weights.indices.sorted { left, right in
      if weights[left].mark != weights[right].mark {
        return weights[left].mark > weights[right].mark
      }
      if weights[left].size != weights[right].size {
        return weights[left].size > weights[right].size
      }
      return left < right
    }
    return order.count <= most ? Array(order.indices) : Array(order.prefix(max(1, most)))
  }
}
