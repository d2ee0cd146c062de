import HTTPTypes
import PlumblineCore
import Testing

@testable import PlumblineWeb

@Suite struct `Trusted proxies` {
  private func proxies(_ texts: [String], loopback: Bool = false) throws -> TrustedProxies {
    TrustedProxies(
      networks: try texts.map { try #require(TrustedProxies.Network($0)) },
      trustsLoopback: loopback
    )
  }

  @Test(
    arguments: [
      // Whoever is not trusted says nothing of others.
      ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"), (nil, ["198.51.100.1"], nil),
      ("unix:", ["198.51.100.1"], "unix:"),
      // A proxy that says nothing, or nonsense, is itself all that is known.
      ("10.0.0.2", [], "10.0.0.2"), ("10.0.0.2", [""], "10.0.0.2"),
      ("10.0.0.2", ["unknown"], "10.0.0.2"), ("10.0.0.2", [",,"], "10.0.0.2"),
      ("10.0.0.2", ["198.51.100.1"], "198.51.100.1"),
      ("::ffff:10.0.0.2", ["::ffff:198.51.100.1"], "198.51.100.1"),
      // What stands before the first other address may be made up.
      ("10.0.0.2", ["1.2.3.4, 198.51.100.1"], "198.51.100.1"),
      ("10.0.0.2", ["1.2.3.4", "198.51.100.1"], "198.51.100.1"),
      ("10.0.0.2", ["198.51.100.1 , 10.0.0.3,10.255.255.255"], "198.51.100.1"),
      ("10.0.0.2", ["1.2.3.4, nonsense, 10.0.0.3"], "10.0.0.3"),
      ("10.0.0.2", ["10.0.0.4, 10.0.0.3"], "10.0.0.4"),
      ("10.0.0.2", ["198.51.100.1:8443"], "198.51.100.1"),
      ("10.0.0.2", ["[2001:db8::1]:8443"], "2001:db8::1"),
      ("10.0.0.2", ["2001:db8::1"], "2001:db8::1"),
      ("11.0.0.2", ["198.51.100.1"], "11.0.0.2"),
      ("2001:db8:1::5", ["198.51.100.1"], "198.51.100.1"),
      ("2001:db8:2::5", ["198.51.100.1"], "2001:db8:2::5"),
      ("127.0.0.1", ["198.51.100.1"], "127.0.0.1"),
    ] as [(String?, [String], String?)]
  )
  func `are read from the end of the list`(
    connection: String?,
    forwarded: [String],
    person: String?
  ) throws {
    let proxies = try proxies(["10.0.0.0/8", "2001:db8:1::/48"])
    #expect(proxies.person(connection: connection, forwarded: forwarded) == person)
  }

  @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
  func `are this machine's own where that is said`(connection: String) throws {
    let proxies = try proxies([], loopback: true)
    #expect(proxies.person(connection: connection, forwarded: ["203.0.113.9"]) == "203.0.113.9")
    let nobody = TrustedProxies.none.person(connection: connection, forwarded: ["203.0.113.9"])
    #expect(nobody == connection)
  }

  @Test(arguments: [
    "", "/", "10.0.0.0/", "10.0.0.0/0", "10.0.0.0/33", "10.0.0.0/-1", "::/0", "::1/129", "proxy",
    "10.0.0", "10.0.0.0/8/8",
  ])
  func `are addresses`(text: String) {
    #expect(TrustedProxies.Network(text) == nil)
  }

  @Test(arguments: [
    ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.2", false),
    ("10.1.2.0/23", "10.1.3.255", true), ("10.1.2.0/23", "10.1.4.0", false),
    ("::1", "::1", true), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
  ])
  func `hold the addresses of their networks`(network: String, address: String, isHeld: Bool) throws
  {
    let network = try #require(TrustedProxies.Network(network))
    #expect(network.holds(try #require(NetworkAddress(address))) == isHeld)
  }
}
