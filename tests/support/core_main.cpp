// tests/support/core_main.cpp: main of test programs without a GUI.
#include <QCoreApplication>

#include "test_registry.h"

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    return resonate::tests::run_tests(argc, argv);
}
