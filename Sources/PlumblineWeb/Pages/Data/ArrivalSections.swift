import Foundation
import PlumblineCore
import PlumblineReporting

/// The parts of Data by which facts arrive.
enum ArrivalSections {
  /// The way from an empty workspace to a verdict; nothing once it has been gone.
  static func steps(hasFacts: Bool, hasAgreement: Bool) -> Markup {
    guard !hasFacts || !hasAgreement else { return .none }
    let steps: [(text: String, isDone: Bool)] = [
      ("Upload exports of your CRM as CSV files.", hasFacts),
      ("Look through what their columns mean, and import them.", hasFacts),
      ("Make the agreement: what your stages are called and mean.", hasAgreement),
      ("Read the verdict.", false),
    ]
    let current = steps.firstIndex { !$0.isDone } ?? 0
    return .element(
      "ol",
      ["class": "arrival-steps"],
      [
        .lines(
          steps.enumerated().map { place, step in
            let mark = step.isDone ? "done" : place == current ? "now" : ""
            return Markup.element(
              "li",
              place == current ? ["class": mark, "aria-current": "step"] : ["class": mark],
              step.isDone ? "\(step.text) Done." : step.text
            )
          }
        )
      ]
    )
  }

  /// The form for files.
  static func upload(isFirst: Bool) -> Markup {
    let form = Markup.element(
      "form",
      [
        "class": "fields", "method": "post", "action": "/data/upload",
        "enctype": "multipart/form-data",
      ],
      [
        // The token comes first: the server keeps no byte of a file before it has read it.
        .lines([
          Forms.token,
          .element(
            "label",
            [:],
            [
              .text("CSV files (several at once, also .csv.gz)"),
              .void(
                "input",
                [
                  "type": "file", "name": "files", "multiple": "", "required": "",
                  "accept": ".csv,.tsv,.txt,.gz,text/csv",
                ]
              ),
            ]
          ), .element("div", [:], [.element("button", [:], "Upload and look through")]),
        ])
      ]
    )
    return .element(
      "section",
      ["id": "upload"],
      [
        .lines([
          .element("h2", [:], isFirst ? "Begin with your exports" : "Upload more"),
          .element(
            "p",
            [:],
            "Nothing is imported before you have seen what the columns become. Files stay on this "
              + "server and are removed once they are imported."
          ), form,
        ])
      ]
    )
  }

  /// Uploads that nobody has imported yet.
  static func waiting(_ uploads: [(upload: UploadShelf.Upload, at: Date)]) -> Markup {
    guard !uploads.isEmpty else { return .none }
    return .element(
      "section",
      [:],
      [
        .lines([
          .element("h2", [:], "Uploaded, not imported yet"),
          .element(
            "ul",
            [:],
            [
              .lines(
                uploads.map { entry in
                  .element(
                    "li",
                    [:],
                    [
                      .element(
                        "a",
                        ["href": "/data/uploads/\(entry.upload.id)"],
                        entry.upload.names.joined(separator: ", ")
                      )
                    ]
                  )
                }
              )
            ]
          ),
          .element("p", ["class": "note"], "Files that nobody imports are removed after 7 days."),
        ])
      ]
    )
  }

  /// Imports that run.
  static func running(_ jobs: [ImportJobs.Job]) -> Markup {
    guard !jobs.isEmpty else { return .none }
    return .element(
      "section",
      [:],
      [
        .element("h2", [:], "Being imported"),
        .element(
          "ul",
          [:],
          jobs.map { job in
            .element(
              "li",
              [:],
              [
                .element(
                  "a",
                  ["href": "/data/jobs/\(job.id)"],
                  job.names.joined(separator: ", ")
                )
              ]
            )
          }
        ),
      ]
    )
  }
}
