// tests/support/test_registry.h: several Qt Test classes in one program, each run by name.
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace resonate::tests {

struct TestClass {
    std::string name;
    std::function<std::unique_ptr<QObject>()> make;
};

inline std::vector<TestClass>& test_classes() {
    static std::vector<TestClass> classes;
    return classes;
}

template <class Test>
struct Registration {
    explicit Registration(const char* name) {
        test_classes().push_back({name, [] { return std::make_unique<Test>(); }});
    }
};

/// `program CLASS [Qt Test options]` runs one class; without CLASS all. Exit status: number of failed classes.
int run_tests(int argc, char** argv);

}  // namespace resonate::tests

#define RESONATE_TEST(Class) static const ::resonate::tests::Registration<Class> registration_of_##Class{#Class};
