import HTTPTypes
import Testing

@Suite struct `Web server` {
  @Test func `health needs no sign-in, pages do`() async throws {
    let web = try WebHarness()
    #expect(try await web.ask("/healthz", as: nil).text == "alive\n")
    #expect(try await web.ask("/readyz", as: nil).status == 200)
    let door = try await web.ask("/?as=sales", as: nil)
    #expect(door.status == 303)
    #expect(door.headers[.location] == "/sign-in?next=/%3Fas%3Dsales")
  }

  @Test func `the verdict is answered`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/")
    #expect(page.status == 200)
    #expect(page.text.contains("<title>Verdict"))
  }
}
