// app/session/error_details.h: what a report of an error needs besides its sentence.
#pragma once

#include <QString>

namespace resonate::app {

/// The sentence and, on lines of their own, which the banner puts under "Details", the full path of the file that it
/// begins with and the versions. As it is where it names no file, or has the versions already.
QString withDetails(const QString& sentence);

}  // namespace resonate::app
