#ifndef PLUMBLINE_ASSETS_H
#define PLUMBLINE_ASSETS_H

/// The style sheet of the self-contained report, as UTF-8 that ends in a zero byte.
const char *plumbline_report_css(void);

#endif
