// app/session/engine_start.h: LibTorch is loaded beside the window, which never waits for it.
#pragma once

#include <QObject>
#include <functional>

namespace resonate::app {

/// Loads the engine on a thread of its own, once. Where it cannot be loaded, what uses it says why.
void loadEngineAside();
/// Runs `then` on the UI thread when the engine has been loaded, or could not be, unless `context` is gone by then: at
/// once where that is so already. While it is loaded, whoever starts a thread has to wait (see load_engine()).
void whenEngineLoaded(QObject* context, const std::function<void()>& then);

}  // namespace resonate::app
