#ifndef PLUMBLINE_ASSETS_H
#define PLUMBLINE_ASSETS_H

#include <stddef.h>

/// The style sheet of the self-contained report, as UTF-8 that ends in a zero byte.
const char *plumbline_report_css(void);

/// A file inside the program.
struct plumbline_asset {
  /// Its name, such as `layout.mustache`.
  const char *name;
  /// Its contents.
  const char *bytes;
  /// How many bytes it has.
  size_t length;
};

/// How many files of the web app there are.
size_t plumbline_asset_count(void);

/// A file of the web app by its position.
struct plumbline_asset plumbline_asset(size_t index);

#endif
