#include "PlumblineAssets.h"

// #embed is C23; the compiler takes it in older modes too, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char report_css[] = {
#embed "report.css" suffix(, )
    0};

const char *plumbline_report_css(void) { return report_css; }

static const char web_css[] = {
#embed "web/web.css"
};
static const char web_js[] = {
#embed "web/web.js"
};
static const char icon_svg[] = {
#embed "web/icon.svg"
};
static const char layout[] = {
#embed "web/templates/layout.mustache"
};
static const char plain[] = {
#embed "web/templates/plain.mustache"
};

#define FILE_OF(name, bytes) {name, bytes, sizeof bytes}

// In alphabetical order.
static const struct plumbline_asset assets[] = {
    FILE_OF("icon.svg", icon_svg),
    FILE_OF("layout.mustache", layout),
    FILE_OF("plain.mustache", plain),
    {"report.css", report_css, sizeof report_css - 1},
    FILE_OF("web.css", web_css),
    FILE_OF("web.js", web_js),
};

size_t plumbline_asset_count(void) { return sizeof assets / sizeof assets[0]; }

struct plumbline_asset plumbline_asset(size_t index) { return assets[index]; }
