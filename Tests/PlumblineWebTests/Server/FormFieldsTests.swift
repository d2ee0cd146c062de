import HTTPTypes
import Testing

@testable import PlumblineWeb

@Suite struct `Fields of forms` {
  private func shown(_ text: String) -> [String] {
    FormFields(encoded: text).fields.map { "\($0.name)=\($0.value)" }
  }

  @Test(arguments: [
    ("", []), ("&&", []), ("=", []), ("=1", []), ("a", ["a="]), ("a=", ["a="]),
    ("a=b=c", ["a=b=c"]),
    ("a=1&a=2", ["a=1", "a=2"]), ("a+b=+%2B%20", ["a b= + "]), ("%C3%A9=%c3%A9", ["é=é"]),
    // What is no text, or no escape, is left out; what stands beside it is not.
    ("a=%&b=%4&c=%4g&d=%FF&e=%C3&f=1", ["f=1"]), ("a=%00", ["a=\0"]),
  ])
  func `are read by bytes`(text: String, fields: [String]) {
    #expect(shown(text) == fields)
  }

  @Test func `have one name only where every byte is the same`() {
    let form = FormFields(encoded: "e%CC%81=1&%C3%A9=2")
    #expect(form["\u{E9}"] == "2")
    #expect(form.all("e\u{301}") == ["1"])
    #expect(form["e"] == nil)
  }

  @Test func `with a thousand marks upon a letter are refused at every door`() async throws {
    let marks = String(repeating: "%CC%81", count: 500) + String(repeating: "%CC%96", count: 500)
    let few = String(repeating: "%CC%81", count: 30)
    let web = try WebHarness()
    for (path, form) in [
      ("/sign-in", "name=a\(marks)&password=x"), ("/sign-in", "a\(marks)=1"),
      ("/agreement/check", "base=1&text=a\(marks)&form_token=\(OpenDoor.formToken)"),
    ] {
      let answer = try await web.ask(path, method: .post, rawForm: form)
      #expect(answer.status == 400)
      #expect(answer.text.contains("web.marks"))
    }
    for path in ["/?as=\(marks)", "/?\(marks)=1", "/leads/\(marks)", "/p/\(marks)"] {
      let answer = try await web.ask(path)
      #expect(answer.status == 400)
      #expect(answer.text.contains("web.marks"))
    }
    #expect(try await web.ask("/?x=\(few)").status == 200)
  }

  @Test func `of strangers are looked at after the link that they come by`() async throws {
    let marks = "q0=" + String(repeating: "%CC%81", count: 31)
    let answer = try await WebHarness().ask("/p/none", as: nil, method: .post, rawForm: marks)
    #expect(answer.status == 410)
  }
}
