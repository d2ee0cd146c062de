// libcurl through its stable interface, opened when it is first needed: linking it costs every
// command about ten milliseconds at start, most of them for libraries that libcurl itself needs.
//
// The numbers are those of curl/curl.h; libcurl promises never to change them.
#include "plumbline_curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

typedef struct curl_slist curl_slist;

enum {
  INFO_STATUS = 0x200000 + 2,
  INFO_RETRY_AFTER = 0x600000 + 57,
};

enum {
  OPTION_CONNECT_TIMEOUT_MS = 156,
  OPTION_FOLLOW = 52,
  OPTION_GET = 80,
  OPTION_HTTP_HEADERS = 10023,
  OPTION_CA_FILE = 10065,
  OPTION_MAIL_FROM = 10186,
  OPTION_MAIL_RECIPIENTS = 10187,
  OPTION_NO_SIGNAL = 99,
  OPTION_PASSWORD = 10174,
  OPTION_POST = 47,
  OPTION_POST_SIZE = 30120,
  OPTION_PROTOCOLS = 181,
  OPTION_PROTOCOLS_TEXT = 10318,
  OPTION_READ_DATA = 10009,
  OPTION_READ_FUNCTION = 20012,
  OPTION_RESPONSE_TIMEOUT = 112,
  OPTION_TIMEOUT_MS = 155,
  OPTION_UPLOAD = 46,
  OPTION_UPLOAD_SIZE = 30115,
  OPTION_URL = 10002,
  OPTION_USER = 10173,
  OPTION_USER_AGENT = 10018,
  OPTION_USE_SSL = 119,
  OPTION_VERIFY_HOST = 81,
  OPTION_VERIFY_PEER = 64,
  OPTION_WRITE_DATA = 10001,
  OPTION_WRITE_FUNCTION = 20011,
};

enum {
  GLOBAL_DEFAULT = 3,
  USE_SSL_ALL = 3,
  UNKNOWN_OPTION = 48,
  PROTOCOL_HTTP = 1 << 0,
  PROTOCOL_HTTPS = 1 << 1,
  PROTOCOL_SMTP = 1 << 16,
  PROTOCOL_SMTPS = 1 << 17,
};

static struct {
  int (*global_init)(long);
  void *(*init)(void);
  int (*setopt)(void *, int, ...);
  int (*perform)(void *);
  int (*getinfo)(void *, int, ...);
  void (*cleanup)(void *);
  curl_slist *(*append)(curl_slist *, const char *);
  void (*free_all)(curl_slist *);
  int state;
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;

#if defined(__APPLE__)
static const char library_name[] = "libcurl.4.dylib";
#else
static const char library_name[] = "libcurl.so.4";
#endif

const char *plumbline_curl_library(void) { return library_name; }

static void load(void) {
  curl.state = -1;
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  curl.state = -2;
  *(void **)&curl.global_init = dlsym(library, "curl_global_init");
  *(void **)&curl.init = dlsym(library, "curl_easy_init");
  *(void **)&curl.setopt = dlsym(library, "curl_easy_setopt");
  *(void **)&curl.perform = dlsym(library, "curl_easy_perform");
  *(void **)&curl.getinfo = dlsym(library, "curl_easy_getinfo");
  *(void **)&curl.cleanup = dlsym(library, "curl_easy_cleanup");
  *(void **)&curl.append = dlsym(library, "curl_slist_append");
  *(void **)&curl.free_all = dlsym(library, "curl_slist_free_all");
  if (!curl.global_init || !curl.init || !curl.setopt || !curl.perform || !curl.getinfo ||
      !curl.cleanup || !curl.append || !curl.free_all)
    return;
  if (curl.global_init(GLOBAL_DEFAULT) == 0) curl.state = 0;
}

int plumbline_curl_state(void) {
  pthread_once(&once, load);
  return curl.state;
}

typedef struct {
  const uint8_t *next;
  size_t left;
  int taken;
} source;

static size_t give(char *buffer, size_t size, size_t count, void *data) {
  source *from = data;
  size_t room = size * count;
  size_t given = from->left < room ? from->left : room;
  if (given) memcpy(buffer, from->next, given);
  from->next += given;
  from->left -= given;
  if (!from->left) from->taken = 1;
  return given;
}

typedef struct {
  uint8_t *bytes;
  size_t length;
  size_t limit;
} sink;

static size_t take(char *buffer, size_t size, size_t count, void *data) {
  sink *to = data;
  size_t length = size * count;
  if (length > to->limit - to->length) return 0;
  if (to->bytes) memcpy(to->bytes + to->length, buffer, length);
  to->length += length;
  return length;
}

static long protocol_bits(const char *schemes) {
  long bits = 0;
  for (const char *at = schemes; *at;) {
    size_t length = strcspn(at, ",");
    if (length == 4 && !strncmp(at, "http", 4)) bits |= PROTOCOL_HTTP;
    if (length == 5 && !strncmp(at, "https", 5)) bits |= PROTOCOL_HTTPS;
    if (length == 4 && !strncmp(at, "smtp", 4)) bits |= PROTOCOL_SMTP;
    if (length == 5 && !strncmp(at, "smtps", 5)) bits |= PROTOCOL_SMTPS;
    at += length;
    if (*at) at++;
  }
  return bits;
}

// Adds a text to a list; a list that cannot grow is given up whole.
static int extend(curl_slist **list, const char *text) {
  curl_slist *longer = curl.append(*list, text);
  if (!longer) return 0;
  *list = longer;
  return 1;
}

static int prepare(void *handle, const plumbline_message *message, source *from, sink *to,
                   curl_slist *headers, curl_slist *recipients) {
  int code = 0;
#define SET(option, value) \
  if ((code = curl.setopt(handle, option, value)) != 0) return code
  SET(OPTION_NO_SIGNAL, 1L);
  SET(OPTION_URL, message->url);
  code = curl.setopt(handle, OPTION_PROTOCOLS_TEXT, message->schemes);
  if (code == UNKNOWN_OPTION) {  // before 7.85
    code = curl.setopt(handle, OPTION_PROTOCOLS, protocol_bits(message->schemes));
  }
  if (code) return code;
  SET(OPTION_FOLLOW, 0L);
  SET(OPTION_VERIFY_PEER, 1L);
  SET(OPTION_VERIFY_HOST, 2L);
  if (message->ca_file) SET(OPTION_CA_FILE, message->ca_file);
  SET(OPTION_CONNECT_TIMEOUT_MS, message->connect_timeout_ms);
  SET(OPTION_TIMEOUT_MS, message->timeout_ms);
  // Also holds when a mail server is told goodbye, where the other two do not.
  SET(OPTION_RESPONSE_TIMEOUT, (message->timeout_ms + 999) / 1000);
  if (message->user) SET(OPTION_USER, message->user);
  if (message->password) SET(OPTION_PASSWORD, message->password);
  if (message->needs_tls) SET(OPTION_USE_SSL, (long)USE_SSL_ALL);
  SET(OPTION_READ_FUNCTION, give);
  SET(OPTION_READ_DATA, from);
  SET(OPTION_WRITE_FUNCTION, take);
  SET(OPTION_WRITE_DATA, to);
  if (recipients) {
    SET(OPTION_MAIL_FROM, message->sender);
    SET(OPTION_MAIL_RECIPIENTS, recipients);
    SET(OPTION_UPLOAD, 1L);
    SET(OPTION_UPLOAD_SIZE, (int64_t)message->body_length);
  } else {
    if (message->user_agent) SET(OPTION_USER_AGENT, message->user_agent);
    if (message->is_get) {
      SET(OPTION_GET, 1L);
    } else {
      SET(OPTION_POST, 1L);
      SET(OPTION_POST_SIZE, (int64_t)message->body_length);
    }
    SET(OPTION_HTTP_HEADERS, headers);
  }
#undef SET
  return 0;
}

static plumbline_reply send_now(const plumbline_message *message) {
  plumbline_reply reply = {0, 0, 0, 0, 0};
  source from = {message->body, message->body_length, message->body_length == 0};
  sink to = {message->response, 0, message->response_limit};
  void *handle = curl.init();
  curl_slist *headers = NULL;
  curl_slist *recipients = NULL;
  // An answer of 100 to begin with would only cost time.
  int whole = handle && extend(&headers, "Expect:");
  if (whole && message->content_type) whole = extend(&headers, message->content_type);
  for (size_t index = 0; whole && index < message->recipient_count; index++)
    whole = extend(&recipients, message->recipients[index]);
  if (whole) {
    reply.code = prepare(handle, message, &from, &to, headers, recipients);
    if (!reply.code) {
      reply.code = curl.perform(handle);
      curl.getinfo(handle, INFO_STATUS, &reply.status);
      curl.getinfo(handle, INFO_RETRY_AFTER, &reply.retry_after);
      reply.body_taken = from.taken;
      reply.response_length = to.length;
    }
  } else {
    reply.code = -3;
  }
  if (handle) curl.cleanup(handle);
  if (headers) curl.free_all(headers);
  if (recipients) curl.free_all(recipients);
  return reply;
}

plumbline_reply plumbline_send(const plumbline_message *message) {
  plumbline_reply reply = {plumbline_curl_state(), 0, 0, 0, 0};
  if (reply.code) return reply;
  // Some TLS libraries write to a connection that the other side has closed in a way that raises
  // SIGPIPE, which would end the program; without signals of its own libcurl leaves that to us.
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  reply = send_now(message);
  sigpending(&pending);
  if (sigismember(&pending, SIGPIPE) && !sigismember(&before, SIGPIPE)) {
    int signal;
    sigwait(&pipe, &signal);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return reply;
}
