public import PlumblineCore

extension Diagnostic {
  /// How to mend it for whoever reads it somewhere.
  ///
  /// - Parameter place: Where it is read.
  /// - Returns: The remedy; nil where there is none to give.
  public func remedy(in place: AnswerPlace) -> String? {
    place == .page ? remedyOnPage ?? remedy : remedy
  }
}
