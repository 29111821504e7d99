// tests/support/complaint.h: the sentence of the error an action throws.
#pragma once

#include <QString>

#include "resonate/error.h"

namespace resonate::tests {

/// what() of the resonate::Error that `action` throws; empty where it throws none. Other exceptions pass.
template <class Action>
QString complaint(Action action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

}  // namespace resonate::tests

/// Fails unless the sentence holds the text, and shows it.
#define VERIFY_SAYS(sentence, part)                                           \
    do {                                                                      \
        const QString what_it_said = (sentence);                              \
        QVERIFY2(what_it_said.contains(QString::fromUtf8(part)),              \
                 qPrintable(QStringLiteral("said: '%1'").arg(what_it_said))); \
    } while (false)
