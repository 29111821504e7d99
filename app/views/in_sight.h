// app/views/in_sight.h: whether drawing a widget is worth anything.
#pragma once

#include <QWidget>

namespace resonate::app {

/// Shown, and not parked outside the window as docks behind other tabs are. Unlike visibleRegion() it does not ask
/// whether children cover it.
inline bool isInSight(const QWidget* widget) {
    return widget->isVisible() &&
           QRect(widget->mapTo(widget->window(), QPoint(0, 0)), widget->size()).intersects(widget->window()->rect());
}

}  // namespace resonate::app
