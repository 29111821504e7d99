// engine/data/utf8_names.h: lets libarchive see all names of an archive.
#pragma once

#include <locale.h>

namespace resonate {

/// While it lives, this thread's names are UTF-8: under the C locale libarchive drops every name that is not ASCII.
class Utf8Names {
 public:
    Utf8Names() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{})) {
        if (locale_) before_ = ::uselocale(locale_);
    }
    ~Utf8Names() {
        if (!locale_) return;
        ::uselocale(before_);
        ::freelocale(locale_);
    }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;

 private:
    locale_t locale_;
    locale_t before_{};
};

}  // namespace resonate
