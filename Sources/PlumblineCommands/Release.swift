/// What this program is.
public enum Release {
  /// The version that this source is released as.
  public static let number = "0.1.0"
}
