// app/panels/message_banner.h: a sentence above the views that stays until dismissed.
#pragma once

#include <QFrame>

class QAction;
class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace resonate::app {

class MessageBanner : public QFrame {
    Q_OBJECT

 public:
    enum class Kind { Notice, Error };

    explicit MessageBanner(QWidget* parent = nullptr);

    /// Shows the first line; more lines go under "Details".
    /// `offered`: what a button beside the text does.
    void showMessage(Kind kind, const QString& text, QAction* offered = nullptr);
    QString text() const { return m_text; }
    Kind kind() const { return m_kind; }

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void restyle();
    void giveTextItsHeight();

    Kind m_kind = Kind::Notice;
    QString m_text;
    QLabel* m_label;
    QToolButton* m_offer;
    QToolButton* m_details;
    QPlainTextEdit* m_more;
};

}  // namespace resonate::app
