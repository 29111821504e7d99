// engine/exports/text_table.h: a table of texts as CSV, Markdown or LaTeX.
#pragma once

#include <string>
#include <vector>

#include "resonate/statistics.h"

namespace resonate {

struct TextTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  ///< each as long as the header
    std::vector<std::string> notes;              ///< sentences under it
};

/// CSV after RFC 4180 with "\n", notes as lines that start with "# "; LaTeX for the package booktabs.
std::string write_table(const TextTable& table, TableFormat format);

}  // namespace resonate
