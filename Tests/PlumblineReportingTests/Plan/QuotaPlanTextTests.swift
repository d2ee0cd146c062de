import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

@Suite struct `Quota plan in words` {
  @Test func `placeholder`() { #expect(Bool(true)) }
}
