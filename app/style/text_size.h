// app/style/text_size.h: how large the letters of the whole window are.
#pragma once

#include <QString>

namespace resonate::app {

enum class TextSize { Normal, Large, Larger };

QString textSizeName(TextSize size);
TextSize textSizeFromName(const QString& name);

/// Normal: as the desktop says. Large: at least 12 pt. Larger: at least 14 pt.
void applyTextSize(TextSize size);

}  // namespace resonate::app
