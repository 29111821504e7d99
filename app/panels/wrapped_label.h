// app/panels/wrapped_label.h: a label for sentences.
#pragma once

#include <QLabel>

namespace resonate::app {

/// Breaks its text into lines, and lets the mouse take it.
inline QLabel* wrappedLabel() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace resonate::app
