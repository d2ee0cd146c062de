import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What stands around every page.
struct PageFrame {
  /// A page in the navigation.
  struct Link {
    let title: String
    let path: String
    let isHere: Bool
  }

  /// A choice of whose words are spoken.
  struct Lens {
    let title: String
    let value: String
    let isChosen: Bool
  }

  let title: String
  let company: String
  let viewer: String
  let role: String
  let formToken: String
  let version = Release.number
  /// What was on disk when the page was made; empty for the answer to a form, which cannot be asked
  /// for again.
  let stamp: String
  /// The page's path without its query.
  let path: String
  /// The page's address.
  let here: String
  /// Fields of the address that a changed lens keeps.
  let kept: [FormFields.Field]
  let lenses: [Lens]
  let places: [Link]
  let notices: [String]
  let remarks: [String]
  let hasRemarks: Bool
  /// The page's inside, escaped already.
  let content: String

  init(
    _ page: PageContent,
    of visit: Visit,
    viewer: Viewer,
    company: String,
    stamp: String,
    remarks: [String] = []
  ) {
    title = page.title
    self.company = company.isEmpty ? "Plumbline" : company
    self.viewer = viewer.name
    role = viewer.role.rawValue
    formToken = viewer.formToken
    self.stamp = visit.request.method == .get ? stamp : ""
    path = visit.request.uri.path
    here = visit.request.uri.string
    // Signs that turn the direction of writing would turn that of the page's source.
    kept = visit.query.fields.filter { $0.name != "as" }.map {
      FormFields.Field(name: $0.name.printable, value: $0.value.printable)
    }
    let reader = visit.reader
    lenses = Reader.allCases.map {
      Lens(title: $0.rawValue.capitalized, value: $0.rawValue, isChosen: $0 == reader)
    }
    places = Place.ordered(for: reader).map {
      Link(title: $0.title, path: $0.path, isHere: $0 == page.place)
    }
    notices = page.notices
    self.remarks = remarks.map(\.printable)
    hasRemarks = !remarks.isEmpty
    content = Forms.filled(page.content, for: viewer)
  }
}

/// The inside of a page.
struct PageContent: Sendable {
  /// The title of the window.
  var title: String
  /// Where it is in the navigation; nil for pages below a place.
  var place: Place?
  /// The inside, escaped already.
  var content: String
  /// What just happened, a sentence each.
  var notices: [String] = []
}
