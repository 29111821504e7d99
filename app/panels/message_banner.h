// app/panels/message_banner.h: sentences that lie over the views until they are dismissed or, notices, were read.
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QTimer>
#include <functional>

class QAction;
class QGraphicsOpacityEffect;
class QLabel;
class QPlainTextEdit;
class QPropertyAnimation;
class QToolButton;

namespace resonate::app {

/// Lies at the top of an area of its parent, over the titles of the views, not over their buttons and axes, and moves
/// nothing aside. The newest message is in front, the others wait behind it. Errors stay until dismissed; a notice
/// leaves when there was time to read it in an active window.
class MessageBanner : public QFrame {
    Q_OBJECT

 public:
    enum class Kind { Notice, Error };

    explicit MessageBanner(QWidget* parent = nullptr);

    /// The part of the parent it may cover; the whole parent where there is none. Asked at every change of size.
    void setArea(const std::function<QRect()>& area);
    /// Shows the first line; more lines go under "Details". A message that waits already comes to the front.
    /// `offered`: what a button beside the text does, as long as the action lives.
    void showMessage(Kind kind, const QString& text, QAction* offered = nullptr);
    /// The message in front, and those behind it as well.
    void dismiss();
    void dismissAll();

    /// Of the message in front; of the last one where none is left.
    QString text() const { return m_shown.text; }
    Kind kind() const { return m_shown.kind; }
    qsizetype count() const { return m_messages.size(); }
    /// Time to read any notice, ms; 0 (at the start): by the length of its text.
    void setNoticeTime(int milliseconds) { m_noticeTime = milliseconds; }
    void place();

 protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

 private:
    struct Message {
        Kind kind = Kind::Notice;
        QString text;
        QPointer<QAction> offered = {};
    };

    void build();
    void goTo(qsizetype at);
    void refresh();
    void restyle();
    void awaitReading();
    void fadeOut();
    void stopFading();
    void remove();
    /// What the sender does has been done, by whatever button or key.
    void forgetSender();

    QList<Message> m_messages;  ///< oldest first
    Message m_shown;
    qsizetype m_at = -1;
    int m_noticeTime = 0;
    std::function<QRect()> m_area;
    QPointer<QWidget> m_focusBefore;  ///< gets the keys back when the last message goes
    QTimer m_reading;
    QLabel* m_label;
    QLabel* m_sign;
    QLabel* m_place;
    QToolButton* m_newer;
    QToolButton* m_older;
    QToolButton* m_offer;
    QToolButton* m_details;
    QPlainTextEdit* m_more;
    QGraphicsOpacityEffect* m_opacity = nullptr;  ///< only while it fades
    QPropertyAnimation* m_fade = nullptr;
};

}  // namespace resonate::app
