// engine/exports/text_table.cpp: see text_table.h.
#include "exports/text_table.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace resonate {
namespace {

/// Every occurrence of the letters that a format gives a meaning, replaced.
std::string escaped(std::string_view text, const std::vector<std::pair<std::string_view, std::string_view>>& by) {
    std::string result;
    while (!text.empty()) {
        const auto found =
            std::find_if(by.begin(), by.end(), [&](const auto& rule) { return text.starts_with(rule.first); });
        if (found == by.end()) {
            result += text.front();
            text.remove_prefix(1);
        } else {
            result += found->second;
            text.remove_prefix(found->first.size());
        }
    }
    return result;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    return "\"" + escaped(text, {{"\"", "\"\""}}) + "\"";
}

/// Markdown gives a meaning to many letters; "_" has none within a word, "[" none before a note such as "[%]".
std::string markdown_cell(const std::string& text) {
    std::string result = escaped(text, {{"\\", "\\\\"},
                                        {"|", "\\|"},
                                        {"<", "\\<"},
                                        {"*", "\\*"},
                                        {"`", "\\`"},
                                        {"~", "\\~"},
                                        {"](", "]\\("},
                                        {"\n", " "},
                                        {"\r", ""}});
    const auto within_word = [&](std::size_t i) {
        const auto word = [](unsigned char letter) { return letter >= 0x80 || std::isalnum(letter); };
        return i > 0 && i + 1 < result.size() && word(result[i - 1]) && word(result[i + 1]);
    };
    for (std::size_t i = result.size(); i-- > 0;)
        if (result[i] == '_' && !within_word(i)) result.insert(i, "\\");
    return result;
}

std::string latex_cell(const std::string& text) {
    return escaped(text, {{"\\", "\\textbackslash{}"},
                          {"&", "\\&"},
                          {"%", "\\%"},
                          {"$", "\\$"},
                          {"#", "\\#"},
                          {"_", "\\_"},
                          {"{", "\\{"},
                          {"}", "\\}"},
                          {"~", "\\textasciitilde{}"},
                          {"^", "\\textasciicircum{}"},
                          {"±", "$\\pm$"},
                          {"<", "\\textless{}"},
                          {">", "\\textgreater{}"},
                          {"†", "$^\\dagger$"},
                          {"‡", "$^\\ddagger$"},
                          {"§", "$^{\\S}$"},
                          {"→", "$\\rightarrow$"},
                          {"λ", "$\\lambda$"},
                          {"ω", "$\\omega$"},
                          {"δ", "$\\delta$"},
                          {"θ", "$\\theta$"},
                          {"γ", "$\\gamma$"},
                          {"τ", "$\\tau$"},
                          {"−", "$-$"},
                          {"–", "--"},
                          {"\n", " "},
                          {"\r", ""}});
}

std::string joined(const std::vector<std::string>& cells, std::string (*cell)(const std::string&),
                   const char* between) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : between) + cell(cells[i]);
    return line;
}

std::string csv(const TextTable& table) {
    std::string text = joined(table.header, csv_cell, ",") + "\n";
    for (const auto& row : table.rows) text += joined(row, csv_cell, ",") + "\n";
    for (const std::string& note : table.notes) text += "# " + escaped(note, {{"\n", " "}}) + "\n";
    return text;
}

std::string markdown(const TextTable& table) {
    std::string text = "| " + joined(table.header, markdown_cell, " | ") + " |\n|";
    for (std::size_t i = 0; i < table.header.size(); ++i) text += i == 0 ? "---|" : "---:|";
    text += "\n";
    for (const auto& row : table.rows) text += "| " + joined(row, markdown_cell, " | ") + " |\n";
    for (const std::string& note : table.notes) text += "\n" + markdown_cell(note) + "\n";
    return text;
}

std::string latex(const TextTable& table) {
    std::string text = "% needs \\usepackage{booktabs}\n\\begin{tabular}{l" +
                       std::string(table.header.size() - 1, 'r') + "}\n\\toprule\n";
    text += joined(table.header, latex_cell, " & ") + " \\\\\n\\midrule\n";
    for (const auto& row : table.rows) text += joined(row, latex_cell, " & ") + " \\\\\n";
    text += "\\bottomrule\n\\end{tabular}\n";
    // Seen in the paper too: a number without its rule says little.
    if (table.notes.empty()) return text;
    text += "\\par\\smallskip\n{\\footnotesize\n";
    for (const std::string& note : table.notes) text += "\\noindent " + latex_cell(note) + "\\par\n";
    return text + "}\n";
}

}  // namespace

std::string write_table(const TextTable& table, TableFormat format) {
    switch (format) {
        case TableFormat::csv: return csv(table);
        case TableFormat::markdown: return markdown(table);
        case TableFormat::latex: return latex(table);
    }
    return {};
}

}  // namespace resonate
