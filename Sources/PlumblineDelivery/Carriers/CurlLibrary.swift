import CCurl
import PlumblineCore

/// libcurl, which is opened when something is to be sent.
enum CurlLibrary {
  /// Opens it.
  ///
  /// - Throws: `InputError` with code `alerts.no-libcurl`.
  static func requirePresence() throws(InputError) {
    guard plumbline_curl_state() != 0 else { return }
    throw InputError(
      code: "alerts.no-libcurl",
      "\(String(cString: plumbline_curl_library())) is missing or too old; without it neither "
        + "webhooks nor mails can be sent.",
      remedy: "Install it: apt-get install libcurl4 on Debian and Ubuntu; terminal and json "
        + "destinations work without it."
    )
  }
}
