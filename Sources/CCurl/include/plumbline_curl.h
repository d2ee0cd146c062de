#ifndef PLUMBLINE_CURL_H
#define PLUMBLINE_CURL_H

#include <stddef.h>
#include <stdint.h>

/// One message to send or question to ask: by HTTP when there are no recipients, by SMTP otherwise.
///
/// Texts end in a zero byte; those that are not needed are NULL.
typedef struct {
  const char *url;
  /// The schemes that may be spoken, such as "https" or "smtp,smtps".
  const char *schemes;
  const uint8_t *body;
  size_t body_length;
  const char *content_type;
  const char *user_agent;
  /// The envelope of a mail.
  const char *sender;
  const char *const *recipients;
  size_t recipient_count;
  const char *user;
  const char *password;
  /// A file of certificates to trust instead of the system's.
  const char *ca_file;
  /// Whether a plain connection must turn to TLS before anything is said (STARTTLS).
  int needs_tls;
  long connect_timeout_ms;
  long timeout_ms;
  /// How many bytes of an answer are read before the connection is dropped.
  size_t response_limit;
  /// Where the answer's body goes, with room for `response_limit` bytes; nowhere when NULL.
  uint8_t *response;
  /// Whether HTTP asks with GET, which has no body, instead of POST.
  int is_get;
} plumbline_message;

/// What came of sending.
typedef struct {
  /// 0 when the other side took everything; a code of libcurl otherwise, -1 when libcurl is
  /// missing, -2 when it is too old, -3 when there is no memory.
  int code;
  /// The last status of HTTP or SMTP, 0 when none came.
  long status;
  /// Whether the whole body was handed over for sending.
  int body_taken;
  /// The seconds that the other side asks to wait, 0 when it does not say.
  int64_t retry_after;
  /// How many bytes of the answer's body were read.
  size_t response_length;
} plumbline_reply;

/// Sends a message and waits for the answer or for one of its timeouts.
///
/// libcurl is opened at the first call, so that a command which sends nothing does not pay for it.
plumbline_reply plumbline_send(const plumbline_message *message);

/// Opens libcurl if it is not yet open: 0 when it can be used, else the code of a reply.
int plumbline_curl_state(void);

/// The name of the library that is opened.
const char *plumbline_curl_library(void);

#endif
