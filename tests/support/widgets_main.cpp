// tests/support/widgets_main.cpp: main of test programs with widgets, drawn offscreen unless told otherwise.
#include <QApplication>
#include <QStandardPaths>

#include "test_registry.h"

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    const QApplication application(argc, argv);
    QCoreApplication::setOrganizationName("ResonateTests");
    QCoreApplication::setApplicationName("resonate-tests");
    return resonate::tests::run_tests(argc, argv);
}
