import PlumblineAssets

/// The files inside the program: templates, style sheets and the script.
enum AssetFile {
  /// Names and contents.
  static let all: [String: [UInt8]] = {
    var files: [String: [UInt8]] = [:]
    for index in 0..<plumbline_asset_count() {
      let asset = plumbline_asset(index)
      guard let name = asset.name, let bytes = asset.bytes else { continue }
      files[String(cString: name)] = bytes.withMemoryRebound(to: UInt8.self, capacity: asset.length)
      {
        Array(UnsafeBufferPointer(start: $0, count: asset.length))
      }
    }
    return files
  }()
}
