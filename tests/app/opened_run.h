// tests/app/opened_run.h: a window that shows a finished run in all its views.
#pragma once

#include "made_run.h"
#include "window_fixture.h"
#include "workspaces/live_views.h"

namespace resonate::tests {

inline constexpr const char* all_views[] = {"curves", "activity", "parameters", "raster",
                                            "input",  "output",   "membranes",  "phase"};

class OpenedRun : public WindowFixture {
 public:
    /// A run of four epochs, each recorded, opened as a user opens it. Fails the test where it does not show.
    void openMade() {
        run = make_run(runsDir(), 4);
        open().open(run);
        QTRY_VERIFY(window->train()->live()->raster->hasContent());
        QVERIFY2(!window->banner()->isVisible(), qPrintable(window->banner()->text()));
    }

    QString run;  ///< its folder
};

}  // namespace resonate::tests
