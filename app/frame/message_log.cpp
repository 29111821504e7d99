// app/frame/message_log.cpp: see message_log.h.
#include "frame/message_log.h"

namespace resonate::app {
namespace {

constexpr qsizetype mostEntries = 5000;

}  // namespace

void MessageLog::add(Kind kind, const QString& text) {
    if (text.isEmpty()) return;
    m_entries.append({QDateTime::currentDateTime(), kind, text});
    if (m_entries.size() > mostEntries) {
        m_entries.removeFirst();
        ++m_dropped;
    }
    Q_EMIT changed();
}

QString MessageLog::kindText(Kind kind) {
    switch (kind) {
        case Kind::Error: return tr("Error");
        case Kind::Notice: return tr("Notice");
        case Kind::Done: break;
    }
    return tr("Done");
}

QString MessageLog::text() const {
    QString all;
    if (m_dropped > 0) all += tr("%1 earlier messages were dropped.\n").arg(m_dropped);
    for (const Entry& entry : m_entries)
        all += QStringLiteral("%1\t%2\t%3\n")
                   .arg(entry.time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), kindText(entry.kind), entry.text);
    return all;
}

}  // namespace resonate::app
