/// Texts for a call of C, which live as long as the call.
enum CTexts {
  /// Calls `body` with C texts, nil where there is none.
  static func with(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Void) {
    with(texts[...], [], body)
  }

  private static func with(
    _ texts: ArraySlice<String?>,
    _ pointers: [UnsafePointer<CChar>?],
    _ body: ([UnsafePointer<CChar>?]) -> Void
  ) {
    guard let text = texts.first else {
      body(pointers)
      return
    }
    guard let text else {
      with(texts.dropFirst(), pointers + [nil], body)
      return
    }
    text.withCString { with(texts.dropFirst(), pointers + [$0], body) }
  }
}
