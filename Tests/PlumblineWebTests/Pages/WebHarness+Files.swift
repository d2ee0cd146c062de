import Testing

extension WebHarness {
  /// A column of the file behind an address, with how many lines it has.
  func file(
    behind address: String,
    _ column: String
  ) async throws -> (lines: Int, amounts: [Double]) {
    let page = try await ask(address)
    #expect(page.status == 200, "\(address)")
    let lines = try await ask(address.replacing("records?", with: "records.csv?")).text
      .split(separator: "\r\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let place = lines.first?.firstIndex(of: column)
    let amounts = place.map { place in lines.dropFirst().compactMap { Double($0[place]) } }
    return (lines.count - 1, amounts ?? [])
  }
}
