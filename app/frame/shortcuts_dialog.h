// app/frame/shortcuts_dialog.h: the overview of keys and mouse, with a search.
#pragma once

#include <QDialog>

#include "frame/shortcut_list.h"

class QLineEdit;
class QTreeWidget;

namespace resonate::app {

class ShortcutsDialog : public QDialog {
    Q_OBJECT

 public:
    ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent);

    QLineEdit* search() const { return m_search; }
    QTreeWidget* list() const { return m_list; }

 private:
    void filter(const QString& words);

    QLineEdit* m_search;
    QTreeWidget* m_list;
};

}  // namespace resonate::app
