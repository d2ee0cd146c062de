#include "PlumblineAssets.h"

// #embed is C23; the compiler takes it in older modes too, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char report_css[] = {
#embed "report.css" suffix(, )
    0};

const char *plumbline_report_css(void) { return report_css; }
