/// What somebody asks to be simulated, as words: `hire 2`, `spend +20%`, `close_rate 0.06`.
public struct HeadcountRequest {
  private let minorUnits: Int64
  private let closeRateOfMix: ([String: Double]) -> Double?
  private let channels: [String]

  /// The verbs besides the inputs.
  public static let verbs = ["hire", "fire", "mix"]

  /// A reader of requests.
  ///
  /// - Parameters:
  ///   - minorUnits: How many minor units one of the currency has.
  ///   - channels: The channels that a mix may name.
  ///   - closeRateOfMix: The close rate when some of them have other shares of the leads; nil where
  ///     that is not known.
  public init(
    minorUnits: Int64,
    channels: [String] = [],
    closeRateOfMix: @escaping ([String: Double]) -> Double? = { _ in nil }
  ) {
    self.minorUnits = minorUnits
    self.channels = channels
    self.closeRateOfMix = closeRateOfMix
  }

  /// The scenario that some words ask for.
  ///
  /// What may change in the course of a plan changes in the month; the rest holds for all of it.
  ///
  /// - Parameters:
  ///   - words: The words, a verb and a value in turn, or both joined by `=`.
  ///   - month: The month of the change.
  ///   - isDated: Whether that month was asked for.
  /// - Returns: The scenario, named by what was asked; nil without words.
  /// - Throws: `InputError` with all that is wrong.
  public func scenario(
    _ words: [String],
    in month: PlanMonth,
    isDated: Bool
  ) throws -> HeadcountScenario? {
    guard !words.isEmpty else { return nil }
    var faults: [Diagnostic] = []
    var scenario = HeadcountScenario(name: "")
    var change = HeadcountScenario.Change(month: month, overrides: [:])
    var names: [String] = []
    for (verb, value) in Self.pairs(words) {
      names.append("\(Self.spoken(verb)) \(value ?? "")")
      guard let value else {
        faults.append(Self.fault("malformed-change", "\"\(verb)\" needs a value.", Self.example))
        continue
      }
      switch verb {
      case "hire", "fire":
        guard let reps = Double(value), (0...1e6).contains(reps), reps == reps.rounded() else {
          faults.append(
            Self.fault(
              "malformed-change",
              "\(Self.spoken(verb)) \(value): that is no number of reps.",
              "Write a whole number of 0 or more, such as hire 2; who leaves is written as fire 1."
            )
          )
          continue
        }
        let move = HeadcountScenario.Move(month: month, reps: reps)
        if verb == "hire" { scenario.hires.append(move) } else { scenario.departures.append(move) }
      case "mix":
        guard let rate = mix(value, &faults) else { continue }
        change.overrides[.closeRate] = .set(.number(rate))
      default:
        switch override(verb, value) {
        case .success(let (input, override)):
          if isDated, input.mayChange {
            change.overrides[input] = override
          } else {
            scenario.overrides[input] = override
          }
        case .failure(let error): faults += error.diagnostics
        }
      }
    }
    guard faults.isEmpty else { throw InputError(faults) }
    if !change.overrides.isEmpty { scenario.changes = [change] }
    scenario.name = names.joined(separator: ", ") + (isDated ? " from \(month)" : "")
    return scenario
  }

  /// A verb as people say it: `let go` for `fire`, `close rate` for `close_rate`.
  private static func spoken(_ verb: String) -> String {
    verb == "fire" ? "let go" : verb.replacing("_", with: " ")
  }

  /// What some settings of the form `key=value` say of today.
  ///
  /// - Parameter settings: The settings.
  /// - Returns: The overrides.
  /// - Throws: `InputError` with all that is wrong, keys that are set twice too.
  public func settings(
    _ settings: [String]
  ) throws -> [HeadcountInput: HeadcountOverride] {
    var overrides: [HeadcountInput: HeadcountOverride] = [:]
    var faults: [Diagnostic] = []
    for setting in settings {
      guard let equals = setting.firstIndex(of: "=") else {
        faults.append(
          Self.fault("malformed-change", "--set \(setting) sets nothing.", "Write --set key=value.")
        )
        continue
      }
      let key = String(setting[..<equals])
      switch override(key, String(setting[setting.index(after: equals)...])) {
      case .success(let (input, override)):
        if overrides[input] != nil {
          faults.append(
            Self.fault("set-twice", "\(key) is set twice.", "Leave one of the two out.")
          )
        }
        overrides[input] = override
      case .failure(let error): faults += error.diagnostics
      }
    }
    guard faults.isEmpty else { throw InputError(faults) }
    return overrides
  }

  private static let example = "Write it as hire 2, spend +20% or close_rate 0.06."

  private static func pairs(_ words: [String]) -> [(verb: String, value: String?)] {
    var pairs: [(verb: String, value: String?)] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      // The value of a mix has signs of equality of its own.
      if word != "mix", let equals = word.firstIndex(of: "=") {
        pairs.append((String(word[..<equals]), String(word[word.index(after: equals)...])))
        index += 1
      } else {
        pairs.append((word, index + 1 < words.count ? words[index + 1] : nil))
        index += 2
      }
    }
    return pairs
  }

  private func override(
    _ key: String,
    _ value: String
  ) -> Result<(HeadcountInput, HeadcountOverride), InputError> {
    let known = HeadcountInput.allCases.map(\.rawValue)
    guard let input = HeadcountInput(rawValue: key) else {
      let nearest = Suggestion.nearest(to: key, among: known + Self.verbs)
      return .failure(
        InputError([
          Self.fault(
            "unknown-input",
            "there is no \"\(key)\".",
            (nearest.map { "Did you mean \($0)? " } ?? "")
              + "Known are: \((Self.verbs + known).joined(separator: ", "))."
          )
        ])
      )
    }
    do {
      return .success((input, try input.override(value, minorUnits: minorUnits)))
    } catch {
      return .failure(
        InputError([
          Self.fault(
            "malformed-value",
            "\(key) \(error.wanted), not \"\(value)\".",
            "Write its value, such as \(input.example); Documentation/commands/simulate.md lists what "
              + "each may be."
          )
        ])
      )
    }
  }

  /// The close rate of a mix; nil, with what is wrong, where there is none.
  private func mix(_ text: String, _ faults: inout [Diagnostic]) -> Double? {
    var shares: [String: Double] = [:]
    let before = faults.count
    let known = channels.isEmpty ? "" : " Known are: \(channels.joined(separator: ", "))."
    func refuse(_ message: String, _ remedy: String) {
      faults.append(Self.fault("unknown-mix", "mix \(text): \(message)", remedy))
    }
    for part in text.split(separator: ",") {
      guard let equals = part.lastIndex(of: "="),
        case .set(.number(let share))? = try? HeadcountInput.closeRate.override(
          String(part[part.index(after: equals)...]),
          minorUnits: 1
        )
      else {
        refuse(
          "\"\(part)\" is no channel with its share.",
          "Write shares of leads, such as mix Meta=30%,Webinar=20%."
        )
        continue
      }
      let name = String(part[..<equals])
      guard let channel = channels.first(where: { $0.lowercased() == name.lowercased() }) else {
        let nearest = Suggestion.nearest(to: name, among: channels)
        refuse(
          "no lead came from \"\(name)\".",
          (nearest.map { "Did you mean \($0)?" } ?? "Name a channel on record.") + known
        )
        continue
      }
      guard shares.updateValue(share, forKey: channel) == nil else {
        refuse("\(channel) is named twice.", "Name each channel once.")
        continue
      }
    }
    guard faults.count == before else { return nil }
    if shares.values.reduce(0, +) > 1 + 1e-9 {
      refuse("the shares are more than all leads.", "Write shares that add up to at most 100 %.")
      return nil
    }
    guard !shares.isEmpty, let rate = closeRateOfMix(shares) else {
      refuse(
        "how often leads of \(shares.keys.sorted().joined(separator: ", ")) are won is not known.",
        "Name channels of which leads were worked, or the close rate itself as close_rate 0.06."
      )
      return nil
    }
    return rate
  }

  private static func fault(_ code: String, _ message: String, _ remedy: String?) -> Diagnostic {
    Diagnostic(.error, code: "simulate.\(code)", message, remedy: remedy)
  }
}
