// app/frame/message_dialog.h: the messages of this start, newest first, to be read again and copied.
#pragma once

#include <QDialog>

class QPlainTextEdit;
class QTreeWidget;

namespace resonate::app {

class MessageLog;

/// Not modal: messages that arrive while it is open appear in it.
class MessageDialog : public QDialog {
    Q_OBJECT

 public:
    MessageDialog(MessageLog* log, QWidget* parent);

    QTreeWidget* list() const { return m_list; }

 private:
    void refresh();
    void showChosen();

    MessageLog* m_log;
    QTreeWidget* m_list;
    QPlainTextEdit* m_whole;
};

}  // namespace resonate::app
