import Hummingbird

/// Style sheets, the script and the icon.
enum StaticAssets {
  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
  ]

  /// One of them; addresses carry the version, so that browsers keep them.
  static func answer(_ visit: Visit) async throws -> Response {
    let name = try visit.part("name")
    guard let ending = name.split(separator: ".").last, let type = types[String(ending)],
      let bytes = AssetFile.all[name]
    else { throw HTTPError(.notFound) }
    return Response(
      status: .ok,
      headers: [.contentType: type, .cacheControl: "public, max-age=86400"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }
}
