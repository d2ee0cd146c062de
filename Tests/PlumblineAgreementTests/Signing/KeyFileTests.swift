import Foundation
import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// Keys and signatures as files on a disk.
struct KeyFileTests {
  private static let noon = Instant(seconds: 1_767_268_800)

  /// Calls `body` with a folder that holds an agreement.
  private func withFolder(_ body: (URL, AgreementFolder) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    let text = "agreement: 1\nversion: a\neffective: 2026-01-01\n"
    try Data(text.utf8).write(to: url.appendingPathComponent("agreement.yaml"))
    try body(url, AgreementFolder(url))
  }

  private func permissions(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue
  }

  private func codes(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let error as InputError {
      return error.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `from a key to a version that both teams signed`() throws {
    try withFolder { url, folder in
      for team in Stage.Team.allCases {
        let path = url.appendingPathComponent("\(team.rawValue).key").path
        let made = try folder.makeKey(for: team, output: path, at: Self.noon, replaces: false)
        #expect(try permissions(path) == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.utf8.count == 45 && text.hasSuffix("=\n"))
        let key = try SigningKey.read(path, environment: [:])
        #expect(key.publicKey == made.publicKey)
        let signing = try AgreementSigner(folder, try folder.contents())
          .sign(for: team, by: "Jana", at: Self.noon, with: key)
        try folder.apply(signing.writes)
      }
      #expect(SignatureAudit(try folder.contents()).isSigned)
      #expect(try permissions(url.appendingPathComponent("agreements/a.yaml").path) == 0o444)
      let names = try FileManager.default
        .contentsOfDirectory(atPath: url.appendingPathComponent("agreements").path).sorted()
      #expect(names == ["a.signatures.json", "a.yaml", "keys.json"])
    }
  }

  @Test func `a key file is never overwritten, and a refused key leaves none`() throws {
    try withFolder { url, folder in
      let path = url.appendingPathComponent("sales.key").path
      func make(_ output: String, replaces: Bool = false) throws {
        _ = try folder.makeKey(for: .sales, output: output, at: Self.noon, replaces: replaces)
      }
      try make(path)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let keys = try Data(contentsOf: URL(fileURLWithPath: folder.keysPath))
      let other = url.appendingPathComponent("other.key").path
      #expect(codes { try make(other) } == ["signature.has-key"])
      #expect(!FileManager.default.fileExists(atPath: other))
      #expect(codes { try make(path, replaces: true) } == ["file.exists"])
      #expect(codes { try make(path + "/no/x.key", replaces: true) } == ["file.unwritable"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.keysPath)) == keys)
      try make(other, replaces: true)
      #expect(try folder.contents().keys.bytes != Array(keys))
    }
  }

  @Test func `a key is found by its file or its variable, and never by itself`() throws {
    try withFolder { url, folder in
      let path = url.appendingPathComponent("sales.key").path
      _ = try folder.makeKey(for: .sales, output: path, at: Self.noon, replaces: false)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let key = try SigningKey.read(path, environment: [:])
      let environment = ["KEY": text, "EMPTY": "", "BAD": "secret"]
      #expect(
        try SigningKey.read("env:KEY", environment: environment).publicKey == key.publicKey
      )
      for (reference, code) in [
        ("env:NONE", "signature.no-key"), ("env:", "signature.no-key"),
        ("env:EMPTY", "signature.no-key"), ("env:BAD", "signature.key-unreadable"),
        (url.appendingPathComponent("none.key").path, "signature.no-key"),
        ("", "signature.no-key"), (url.path, "signature.no-key"),
      ] {
        #expect(
          codes { _ = try SigningKey.read(reference, environment: environment) } == [code]
        )
      }
      let word = text.trimmingCharacters(in: .newlines)
      do throws(InputError) {
        _ = try SigningKey.read(word, environment: environment)
        Issue.record("a key as an argument was taken")
      } catch {
        #expect(error.diagnostics.map(\.code) == ["signature.key-in-argument"])
        #expect(!error.description.contains(word))
      }
      #expect(!"\(key) \(String(reflecting: key))".contains(word))
      var dumped = ""
      dump(key, to: &dumped)
      #expect(!dumped.contains(word) && dumped.utf8.count < 60)
    }
  }

  @Test(arguments: [(0o644, false), (0o640, false), (0o604, false), (0o600, true), (0o400, true)])
  func `a key file that others may read is refused`(mode: Int, isTaken: Bool) throws {
    try withFolder { url, folder in
      let path = url.appendingPathComponent("sales.key").path
      _ = try folder.makeKey(for: .sales, output: path, at: Self.noon, replaces: false)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      let found = codes { _ = try SigningKey.read(path, environment: [:]) }
      #expect(found == (isTaken ? [] : ["signature.key-open"]))
    }
  }

  @Test func `a file with anything else is no key`() throws {
    try withFolder { url, _ in
      let path = url.appendingPathComponent("x.key").path
      for text in ["", "hello\n", "AAAA\n", String(repeating: "A", count: 44)] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(
          codes { _ = try SigningKey.read(path, environment: [:]) } == ["signature.key-unreadable"]
        )
      }
    }
  }

  @Test func `signing stops where a file cannot be written`() throws {
    try withFolder { url, folder in
      let path = url.appendingPathComponent("sales.key").path
      try Data("x".utf8).write(to: url.appendingPathComponent("agreements"))
      #expect(
        codes { _ = try folder.makeKey(for: .sales, output: path, at: Self.noon, replaces: false) }
          == ["file.unreadable"]
      )
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }
}
