// app/frame/about_dialog.h: what this program is, and what to paste into a report about it.
#pragma once

#include <QDialog>

namespace resonate::app {

class AboutDialog : public QDialog {
    Q_OBJECT

 public:
    explicit AboutDialog(QWidget* parent);

    /// Versions, processor, threads, display: one fact on each line.
    QString details() const;
};

}  // namespace resonate::app
