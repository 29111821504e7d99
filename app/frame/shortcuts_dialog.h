// app/frame/shortcuts_dialog.h: the overview of keys and mouse, with a search.
#pragma once

#include <QDialog>

#include "frame/shortcut_list.h"

class QLabel;
class QLineEdit;
class QTreeWidget;

namespace resonate::app {

class ShortcutsDialog : public QDialog {
    Q_OBJECT

 public:
    ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent);

    QLineEdit* search() const { return m_search; }
    QTreeWidget* list() const { return m_list; }
    /// Says that the search finds nothing; visible only then.
    QLabel* nothing() const { return m_nothing; }

 private:
    void filter(const QString& words);

    QLineEdit* m_search;
    QTreeWidget* m_list;
    QLabel* m_nothing;
};

}  // namespace resonate::app
