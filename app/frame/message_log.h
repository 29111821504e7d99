// app/frame/message_log.h: every message of this start, with its time.
#pragma once

#include <QDateTime>
#include <QList>
#include <QObject>

namespace resonate::app {

class MessageLog : public QObject {
    Q_OBJECT

 public:
    enum class Kind { Error, Notice, Done };
    struct Entry {
        QDateTime time;
        Kind kind = Kind::Notice;
        QString text;
    };

    using QObject::QObject;

    /// The oldest of very many are dropped, which dropped() counts.
    void add(Kind kind, const QString& text);
    const QList<Entry>& entries() const { return m_entries; }
    int dropped() const { return m_dropped; }
    static QString kindText(Kind kind);
    /// One line for each, more where the message has more.
    QString text() const;

 Q_SIGNALS:
    void changed();

 private:
    QList<Entry> m_entries;  ///< oldest first
    int m_dropped = 0;
};

}  // namespace resonate::app
