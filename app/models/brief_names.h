// app/models/brief_names.h: names of compared groups where there is little room.
#pragma once

#include <QFontMetricsF>
#include <QStringList>

namespace resonate::app {

/// "…" stands for the settings, or the parts of an id, that all names begin with, where they are most of a long name.
QStringList briefNames(const QStringList& names);

/// Up to which letter each name must be read to tell it from the others.
QList<qsizetype> tellingLetters(const QStringList& names);

/// The name within the width, with dots in one place: whole words are left out at its end or, where those tell it from
/// the others, before them. `telling`: as tellingLetters().
QString fittedName(const QString& name, qsizetype telling, const QFontMetricsF& metrics, double width);

}  // namespace resonate::app
