// app/session/engine_start.cpp: see engine_start.h.
#include "session/engine_start.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <memory>

#include "resonate/engine_loading.h"
#include "resonate/error.h"

namespace resonate::app {
namespace {

QFuture<void> loading() {
    static const QFuture<void> begun = [] {
        const auto promise = std::make_shared<QPromise<void>>();
        promise->start();
        QThreadPool::globalInstance()->start([promise] {
            try {
                load_engine();
            } catch (const Error& error) {
                qWarning("%s", error.what());
            }
            promise->finish();
        });
        return promise->future();
    }();
    return begun;
}

}  // namespace

void loadEngineAside() { loading(); }

void whenEngineLoaded(QObject* context, const std::function<void()>& then) {
    if (loading().isFinished()) return then();
    auto* watcher = new QFutureWatcher<void>(context);
    QObject::connect(watcher, &QFutureWatcher<void>::finished, context, [watcher, then] {
        watcher->deleteLater();
        then();
    });
    watcher->setFuture(loading());
}

}  // namespace resonate::app
