// tests/support/test_registry.cpp: see test_registry.h.
#include "test_registry.h"

#include <QTest>
#include <cstdio>

namespace resonate::tests {

int run_tests(int argc, char** argv) {
    const std::string wanted = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
    std::vector<char*> arguments{argv[0]};
    for (int i = wanted.empty() ? 1 : 2; i < argc; ++i) arguments.push_back(argv[i]);
    int failed = 0;
    int run = 0;
    for (const TestClass& test : test_classes()) {
        if (!wanted.empty() && test.name != wanted) continue;
        ++run;
        const auto object = test.make();
        if (QTest::qExec(object.get(), static_cast<int>(arguments.size()), arguments.data()) != 0) ++failed;
    }
    if (run == 0) {
        std::fprintf(stderr, "no test class named '%s' in this program\n", wanted.c_str());
        return 1;
    }
    return failed;
}

}  // namespace resonate::tests
