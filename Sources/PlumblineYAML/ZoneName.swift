import Foundation
import PlumblineCore

/// Names of the time zone database.
public enum ZoneName {
  /// Whether there is a time zone of this name.
  public static func isValid(_ name: String) -> Bool { TimeZone(identifier: name) != nil }

  /// The name that somebody who wrote another text probably meant, or nil.
  ///
  /// Looks for a slip of the pen, then for a zone of that city.
  public static func nearest(to text: String) -> String? {
    let known = TimeZone.knownTimeZoneIdentifiers
    if let near = Suggestion.nearest(to: text, among: known) { return near }
    let city = "/" + text.split(separator: " ").joined(separator: "_").lowercased()
    return known.first { $0.lowercased().hasSuffix(city) }
  }
}
