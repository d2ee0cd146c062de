import Foundation
import GRDB
import PlumblineCore
import PlumblineStorage
import Testing

struct PulseStoreTests {
  private let day = CivilDate(dayNumber: 20_000)
  private var invitation: PulseInvitation {
    PulseInvitation(span: day, team: "sales", lastDay: CivilDate(dayNumber: 20_009))
  }

  @Test func `a link is used once, until its last day`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, last) = (accounts.store, invitation.lastDay)
      try store.addInvitations([[1], [2]], invitation)
      func answer(_ hash: [UInt8], on day: CivilDate) throws -> [String] {
        try codes { try store.answer([("trust", "4")], by: hash, on: day) }
      }
      #expect(try answer([], on: day) == ["pulse.link"])
      #expect(try answer([9], on: day) == ["pulse.link"])
      #expect(try answer([1], on: CivilDate(dayNumber: last.dayNumber + 1)) == ["pulse.link-over"])
      #expect(try answer([1], on: last) == [])
      #expect(try answer([1], on: last) == ["pulse.link-used"])
      #expect(try store.invitation([1])?.usedOn == last)
      #expect(try store.invitation([2]) == invitation)
      #expect(try store.invitation([9]) == nil)
      let counts = try store.invitationCounts()
      #expect(counts.map(\.sent) == [2] && counts.map(\.used) == [1])
      #expect(
        try store.pulseAnswers()
          == [KeptPulseAnswer(question: "trust", answer: "4", team: "sales", day: last)]
      )
    }
  }

  @Test func `nothing in the file ties an answer to a link, a person or another answer`() throws {
    try TemporaryAccounts.with { accounts in
      let store = accounts.store
      try store.addInvitations((UInt8(0)..<40).map { [$0] }, invitation)
      for index in UInt8(0)..<40 {
        try store.answer([("number", "\(index)"), ("trust", "4")], by: [index], on: day)
      }
      #expect(try store.events().isEmpty)
      let queue = try DatabaseQueue(path: accounts.path)
      let (columns, kept) = try queue.read { database in
        (
          try database.columns(in: "pulse_answer").map(\.name),
          try String.fetchAll(
            database,
            sql: "SELECT answer FROM pulse_answer WHERE question = 'number'"
          )
        )
      }
      #expect(columns == ["id", "question", "answer", "team", "day"])
      #expect(Set(kept).count == 40)
      // Forty answers stand in the order of their coming once in 40! files.
      #expect(kept != (0..<40).map { "\($0)" })
      #expect(throws: DatabaseError.self) {
        try queue.read { try Row.fetchAll($0, sql: "SELECT rowid FROM pulse_answer") }
      }
    }
  }
}
