import Testing

@testable import PlumblineWeb

@Suite struct `Long questions` {
  @Test(arguments: [
    "draws=100000&months=60", "draws=5001", "months=60&draws=2001",
  ])
  func `are refused with the bound`(query: String) async throws {
    let web = try WebHarness()
    let answer = try await web.ask("/api/questions/simulate?\(query)")
    #expect(answer.status == 400)
    #expect(answer.text.contains("simulate.too-long"))
    #expect(answer.text.contains("120000 months"))
  }

  @Test(arguments: ["draws=9223372036854775807&months=9223372036854775807", "draws=-1&months=-1"])
  func `that nobody can ask are refused as everywhere`(query: String) async throws {
    let answer = try await WebHarness().ask("/api/questions/simulate?\(query)")
    #expect(answer.status == 400)
    #expect(!answer.text.contains("simulate.too-long"))
  }

  @Test(arguments: ["draws=5000", "certain=true&draws=100000", "months=0&draws=100000"])
  func `are those beyond the bound alone`(query: String) async throws {
    let web = try WebHarness()
    let answer = try await web.ask("/api/questions/simulate?\(query)&cash=1")
    #expect(!answer.text.contains("simulate.too-long"))
  }
}
