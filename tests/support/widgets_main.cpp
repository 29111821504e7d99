// tests/support/widgets_main.cpp: main of test programs with widgets, drawn offscreen unless told otherwise.
#include <QApplication>
#include <QTemporaryDir>

#include "test_registry.h"

namespace {

constexpr const char* home_variable = "RESONATE_TEST_HOME";

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    // Settings of this process and of those it starts: programs run beside each other and would share one file.
    QTemporaryDir home;
    if (!qEnvironmentVariableIsSet(home_variable)) {
        if (!home.isValid()) qFatal("no folder for the settings of this test");
        qputenv(home_variable, home.path().toUtf8());
    }
    for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(variable, qgetenv(home_variable) + '/' + variable);
    const QApplication application(argc, argv);
    QCoreApplication::setOrganizationName("ResonateTests");
    QCoreApplication::setApplicationName("resonate-tests");
    return resonate::tests::run_tests(argc, argv);
}
