// app/models/value_list.h: values of a field as one line of text: "1-5, 8", "1e-7, 1e-6".
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace resonate::app {

/// Values with commas between; of whole numbers also ranges "1-5". What is no value of the field stays as it is, for
/// validate_study() to name. Throws ConfigError where a range is reversed or has more values than a study has runs.
std::vector<std::string> valuesFromText(const std::string& path, const QString& text);
/// The reverse: three or more whole numbers in a row become a range.
QString textFromValues(const std::vector<std::string>& values);

}  // namespace resonate::app
