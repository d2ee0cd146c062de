extension Markup {
  /// Words as they are, with their lines and whatever else is in them, for a field whose content is
  /// sent back and must be the same then.
  ///
  /// - Parameter text: The words.
  /// - Returns: The words, escaped and otherwise unchanged.
  public static func verbatim(_ text: String) -> Markup { escapedExactly(text) }

  /// Points under one another; nothing where there are none.
  ///
  /// - Parameter points: A sentence each.
  /// - Returns: A list.
  public static func bullets(_ points: [String]) -> Markup {
    points.isEmpty ? .none : .element("ul", [:], [.lines(points.map { .element("li", [:], $0) })])
  }

  /// A part that unfolds.
  ///
  /// - Parameters:
  ///   - title: What it says folded.
  ///   - content: What is inside.
  /// - Returns: The part.
  public static func unfolding(_ title: String, _ content: [Markup]) -> Markup {
    .element("details", [:], [.lines([.element("summary", [:], title)] + content)])
  }
}
