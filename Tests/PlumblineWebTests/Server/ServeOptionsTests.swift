import ArgumentParser
import Testing

@testable import PlumblineWeb

@Suite struct `Options of serve` {
  @Test(arguments: [
    "https://crm.example/contacts/{id}", "http://crm.example/?contact={id}",
    "https://crm.example:8443/#/contacts/{id}/view", "https://crm.example/{id}",
  ])
  func `take an address of the CRM`(pattern: String) throws {
    let settings = try Serve.parse(["--crm-link=\(pattern)"]).webSettings(nil)
    let address = LeadAddress.crm(of: "a/b?\"<é", settings.crmLink)
    #expect(address == pattern.replacing("{id}", with: "a%2Fb%3F%22%3C%C3%A9"))
  }

  @Test(arguments: [
    "", "{id}", "https://crm.example/contacts", "https://crm.example/{id}/{id}", "https://{id}",
    "https://{id}.example/", "https://crm.example{id}", "https://crm.example:{id}/",
    "https://{id}@crm.example/", "https://me:secret@crm.example/{id}", "ftp://crm.example/{id}",
    "javascript:alert({id})", "//crm.example/{id}", "/contacts/{id}", "https:///{id}",
    "https://crm.example/a b/{id}", "https://crm.example/\"{id}", "https://crm.éxample/{id}",
  ])
  func `refuse what is no address of leads`(pattern: String) {
    #expect(throws: (any Error).self) { try Serve.parse(["--crm-link=\(pattern)"]) }
  }

  @Test func `take proxies, and this machine where the public address is known`() throws {
    let alone = try Serve.parse([]).webSettings(nil)
    #expect(alone.proxies == .none)
    #expect(alone.crmLink == nil && alone.publicURL == nil)
    let behind = try Serve.parse([
      "--trusted-proxy", "10.0.0.2", "--trusted-proxy", "fd00::/8", "--public-url",
      "https://plumbline.example/",
    ])
    let settings = behind.webSettings(behind.publicURL)
    #expect(settings.proxies.networks.count == 2 && settings.proxies.trustsLoopback)
    #expect(settings.publicURL == "https://plumbline.example")
    #expect(throws: (any Error).self) { try Serve.parse(["--trusted-proxy", "proxy.example"]) }
  }
}
