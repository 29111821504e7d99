// app/panels/ask_text.h: asks for one line of text.
#pragma once

#include <QInputDialog>
#include <optional>

namespace resonate::app {

/// As QInputDialog::getText(), in a dialog as wide as a name is long. Nothing where it was given up.
inline std::optional<QString> askText(QWidget* parent, const QString& title, const QString& label,
                                      const QString& text) {
    constexpr int letters = 56;
    QInputDialog dialog(parent);
    dialog.setWindowTitle(title);
    dialog.setLabelText(label);
    dialog.setTextValue(text);
    dialog.resize(dialog.sizeHint().expandedTo(QSize(letters * dialog.fontMetrics().averageCharWidth(), 0)));
    if (dialog.exec() != QDialog::Accepted) return std::nullopt;
    return dialog.textValue();
}

}  // namespace resonate::app
