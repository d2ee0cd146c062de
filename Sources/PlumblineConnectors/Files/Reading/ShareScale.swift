import PlumblineCore

/// How a column writes shares of a whole, such as a deal's probability.
enum ShareScale: Hashable, Sendable {
  /// From 0 to 1.
  case fraction
  /// From 0 to 100, with or without a percent sign.
  case percent

  /// The shares there are, in millionths.
  static let millionths: ClosedRange<Int64> = 0...1_000_000

  /// How a number that the mapping gives is meant: above 1 it is percent.
  init(ofConstant text: String) {
    var survey = ShareColumnSurvey()
    var text = text
    text.withUTF8 { survey.observe(UnsafeRawBufferPointer($0), line: 0) }
    self = survey.decision(.point, isNamedPercent: false).scale
  }

  /// How many decimal places turn a number as it is written into millionths.
  var exponent: Int { self == .fraction ? 6 : 4 }
}

extension NumberColumnSurvey.Kind {
  /// What the numbers of a fact's field are.
  init(ofField name: String) {
    switch name {
    case "amount", "rate", "revenue": self = .fractional
    case "probability": self = .share
    default: self = .whole
    }
  }
}
