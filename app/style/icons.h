// app/style/icons.h: the program's own icons, drawn in the colour of the text around them.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace resonate::app {

/// An icon of resources/icons by name ("start", "pause", "stop" …) in `colour`, sharp at every size.
QIcon themedIcon(const QString& name, const QColor& colour);
QIcon applicationIcon();

}  // namespace resonate::app
