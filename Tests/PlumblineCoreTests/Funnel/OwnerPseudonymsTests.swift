import PlumblineCore
import Testing

/// Names that stay the same person's, and never become somebody else's.
struct OwnerPseudonymsTests {
  @Test func `nobody stays nobody, and somebody unknown gets no name`() {
    let pseudonyms = OwnerPseudonyms([])
    #expect(pseudonyms.name(for: "") == "")
    #expect(pseudonyms.name(for: "kim") == "")
    #expect(pseudonyms.hiding(TextDictionary()).count == 1)
  }

  @Test func `names are numbered in their order, with as many digits as it takes`() {
    let one = OwnerPseudonyms(["kim"])
    #expect(one.name(for: "kim") == "rep 1")
    let many = OwnerPseudonyms((10...19).map { "kim-\($0)" }.reversed())
    #expect(many.name(for: "kim-10") == "rep 01")
    #expect(many.name(for: "kim-19") == "rep 10")
  }

  @Test(arguments: [("rep-01", "seller 1"), ("Rep 7", "seller 1"), ("reppo", "rep 1")])
  func `a pseudonym that could be a name is avoided`(owner: String, pseudonym: String) {
    #expect(OwnerPseudonyms([owner]).name(for: owner) == pseudonym)
  }

  @Test func `however a person is written, it is the same person`() {
    let pseudonyms = OwnerPseudonyms(
      ["b-2", "a-1"],
      called: ["a-1": "Ash Example", "b-2": "Bo Example"],
      others: ["A 1", "bo_example", "Cy Example"]
    )
    #expect(pseudonyms.name(for: "a-1") == "rep 1")
    #expect(pseudonyms.name(for: "A 1") == "rep 1")
    #expect(pseudonyms.name(for: "Ash Example") == "rep 1")
    #expect(pseudonyms.name(for: "bo_example") == "rep 2")
    // Whom only the agreement names comes after all on record, so that those keep their numbers.
    #expect(pseudonyms.name(for: "Cy Example") == "rep 3")
  }

  @Test func `who is shown keeps the name, and the others their numbers`() {
    let pseudonyms = OwnerPseudonyms(
      ["a-1", "b-2", "c-3"],
      called: ["b-2": "Bo Example"],
      except: ["b-2"]
    )
    #expect(
      ["a-1", "b-2", "Bo Example", "c-3"].map { pseudonyms.name(for: $0) }
        == ["rep 1", "b-2", "Bo Example", "rep 3"]
    )
  }

  @Test func `numbers of a dictionary mean the same people`() {
    var owners = TextDictionary()
    let names = ["zed", "kim", "Kim", "amy"]
    let codes = names.map { owners.intern($0) }
    let hidden = OwnerPseudonyms(names).hiding(owners)
    #expect(hidden.count == owners.count)
    #expect(hidden[TextDictionary.missing] == "")
    #expect(hidden[codes[0]] == "rep 4")
    #expect(hidden[codes[3]] == "rep 2")
    // Two ways to write one name stay two numbers.
    #expect(Set(codes.map { hidden[$0] }).count == 4)
  }

  @Test func `goals of all versions are set for pseudonyms`() throws {
    var earlier = Agreement()
    let day = CivilDate(dayNumber: 0)
    earlier.goals = [
      Goal(measure: .quota, owner: "kim", period: "1970", days: day...day, amount: 1),
      Goal(measure: .quota, period: "1970", days: day...day, amount: 2),
    ]
    var agreement = earlier
    agreement.earlier = [earlier]
    let hidden = OwnerPseudonyms(["kim"]).hiding(agreement)
    for version in [hidden] + hidden.earlier {
      #expect(version.goals.map(\.owner) == ["rep 1", nil])
    }
    #expect(hidden.hash == agreement.hash)
  }
}
