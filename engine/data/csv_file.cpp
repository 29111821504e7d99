// engine/data/csv_file.cpp: see csv_file.h.
#include "data/csv_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>

#include "resonate/error.h"

namespace resonate {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& letter : result)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && space(text.front())) text.remove_prefix(1);
    while (!text.empty() && space(text.back())) text.remove_suffix(1);
    return text;
}

/// A whole cell as a number; infinities and NaN are numbers here.
std::optional<double> number_in(std::string_view cell) {
    if (cell.starts_with('+')) cell.remove_prefix(1);
    double value = 0;
    const auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (failure != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
    return value;
}

/// The rows of a file, one at a time.
class Rows {
 public:
    explicit Rows(const std::filesystem::path& path) : name_(path.string()), stream_(path, std::ios::binary) {
        if (!stream_) throw DataError(name_ + ": cannot be opened; check the path and its permissions");
    }

    /// The next row that is not empty and no comment; false at the end.
    bool next() {
        while (std::getline(stream_, line_)) {
            ++number_;
            std::string_view text = line_;
            if (number_ == 1 && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
            text = trimmed_line(text);
            if (text.empty()) continue;
            const bool comment = text.front() == '#';
            if (comment && separator_ != 0) continue;
            if (comment) text = trimmed(text.substr(1));
            if (separator_ == 0) choose_separator(text);
            split(text);
            if (comment && !is_header()) {
                separator_ = 0;
                continue;
            }
            return true;
        }
        if (stream_.bad()) throw DataError(name_ + ": cannot be read to its end; copy the file again");
        return false;
    }

    size_t number() const { return number_; }
    const std::vector<std::string_view>& cells() const { return cells_; }
    const std::string& name() const { return name_; }
    std::string place() const { return name_ + ": row " + std::to_string(number_); }

    /// Has the row one of the columns that tell a header?
    bool is_header() const {
        return std::any_of(cells_.begin(), cells_.end(), [](std::string_view cell) {
            const std::string word = lower(cell);
            return word == "label" || word == "sequence";
        });
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw DataError(place() + what + (what.find("; ") == what.npos ? "; correct it there" : ""));
    }

 private:
    /// Without the line's end; a tab at an end of the line is an empty cell.
    std::string_view trimmed_line(std::string_view text) const {
        while (!text.empty() && text.back() == '\r') text.remove_suffix(1);
        return trimmed(text).empty() ? std::string_view() : text;
    }

    void choose_separator(std::string_view text) {
        separator_ = text.find('\t') != text.npos ? '\t' : text.find(';') != text.npos ? ';' : ',';
    }

    void split(std::string_view text) {
        cells_.clear();
        unquoted_.clear();
        // Views into these must stay where they are.
        unquoted_.reserve(static_cast<size_t>(std::count(text.begin(), text.end(), separator_)) + 1);
        for (;;) {
            std::string_view rest = trimmed_front(text);
            if (rest.starts_with('"')) {
                text = quoted(rest.substr(1));
            } else {
                const size_t end = text.find(separator_);
                cells_.push_back(trimmed(text.substr(0, end)));
                text = end == text.npos ? std::string_view(nullptr, 0) : text.substr(end);
            }
            if (text.data() == nullptr || text.empty()) return;
            text.remove_prefix(1);
        }
    }
    std::string_view trimmed_front(std::string_view text) const {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        return text;
    }
    /// Takes a quoted cell; what is left begins with a separator, or is nothing.
    std::string_view quoted(std::string_view text) {
        std::string content;
        for (size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '"') {
                content += text[i];
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                content += text[++i];
            } else {
                const std::string_view rest = trimmed_front(text.substr(i + 1));
                if (!rest.empty() && rest.front() != separator_)
                    fail(", column " + std::to_string(cells_.size() + 1) +
                         ": expected the next column behind the quotes");
                unquoted_.push_back(std::move(content));
                cells_.push_back(trimmed(unquoted_.back()));
                return rest.empty() ? std::string_view(nullptr, 0) : rest;
            }
        }
        fail(", column " + std::to_string(cells_.size() + 1) + ": its quotes are not closed");
    }

    std::string name_;
    std::ifstream stream_;
    std::string line_;
    size_t number_ = 0;
    char separator_ = 0;
    std::vector<std::string_view> cells_;
    std::vector<std::string> unquoted_;
};

enum class Layout { matrix, wide, long_rows };

class CsvFile : public ArrayFile {
 public:
    explicit CsvFile(const std::filesystem::path& path) : ArrayFile(path) {
        Rows rows(path);
        if (!rows.next()) throw DataError(path.string() + ": holds no row of numbers; write the file again");
        bool has_row = true;
        if (takes_header(rows)) has_row = rows.next();
        if (!has_row) throw DataError(path.string() + ": holds a header, but no row of numbers; write the file again");
        if (layout_ != Layout::long_rows && columns_.empty())
            for (size_t column = 0; column < rows.cells().size(); ++column) columns_.push_back({Role::value, {}});
        for (; has_row; has_row = rows.next()) take(rows);
        if (layout_ == Layout::long_rows) close_sequence(rows);
        number_labels();
        describe();
    }

    std::vector<std::string> class_names() const override { return class_names_; }
    std::vector<std::string> channel_names() const override { return channel_names_; }

    void read(const ArrayHeader& array, const UseElements& use) const override {
        if (array.name == "labels")
            use({reinterpret_cast<const std::uint8_t*>(labels_.data()), labels_.size() * sizeof labels_[0]});
        else
            use({reinterpret_cast<const std::uint8_t*>(values_.data()), values_.size() * sizeof values_[0]});
    }

 private:
    enum class Role { value, label, sequence, step };
    struct Column {
        Role role;
        std::string name;
    };

    bool takes_header(const Rows& rows) {
        const auto& cells = rows.cells();
        const bool named = rows.is_header();
        const bool words = std::none_of(cells.begin(), cells.end(),
                                        [](std::string_view cell) { return cell.empty() || number_in(cell); });
        if (!named && !words) return false;
        std::set<std::string> seen;
        for (const std::string_view cell : cells) {
            const std::string word = lower(cell);
            if (named && !seen.insert(word).second)
                rows.fail(": the column '" + std::string(cell) + "' is there twice");
            const Role role = word == "label"      ? Role::label
                              : word == "sequence" ? Role::sequence
                              : word == "step"     ? Role::step
                                                   : Role::value;
            columns_.push_back({named ? role : Role::value, std::string(cell)});
        }
        if (seen.contains("sequence")) {
            if (!seen.contains("step")) rows.fail(": has a column 'sequence' but no column 'step'");
            layout_ = Layout::long_rows;
            for (const Column& column : columns_)
                if (column.role == Role::value) channel_names_.push_back(column.name);
        } else if (seen.contains("label")) {
            layout_ = Layout::wide;
            for (Column& column : columns_)
                if (column.role == Role::step) column.role = Role::value;
        } else {
            for (Column& column : columns_) column.role = Role::value;
        }
        has_labels_ = seen.contains("label");
        return true;
    }

    std::string column_text(size_t column) const {
        const std::string& name = columns_[column].name;
        return ", column " + std::to_string(column + 1) + (name.empty() ? "" : " ('" + name + "')");
    }

    double number(const Rows& rows, size_t column) const {
        const std::string_view cell = rows.cells()[column];
        const std::optional<double> value = number_in(cell);
        if (!value)
            rows.fail(column_text(column) + ": expected a number, found " +
                      (cell.empty() ? "nothing" : "'" + std::string(cell.substr(0, 40)) + "'"));
        if (!std::isfinite(*value) || std::abs(*value) > 3e38)
            rows.fail(column_text(column) + ": expected a finite number, found '" + std::string(cell) + "'");
        return *value;
    }

    void take(const Rows& rows) {
        const auto& cells = rows.cells();
        if (cells.size() != columns_.size())
            rows.fail(": expected " + std::to_string(columns_.size()) + " columns as the first row has, found " +
                      std::to_string(cells.size()));
        ++row_count_;
        for (size_t column = 0; column < cells.size(); ++column) {
            switch (columns_[column].role) {
                case Role::value: values_.push_back(static_cast<float>(number(rows, column))); break;
                case Role::label:
                    if (cells[column].empty()) rows.fail(column_text(column) + ": expected a label, found nothing");
                    labels_.push_back(word_number(cells[column]));
                    break;
                case Role::sequence:
                    if (cells[column] != sequence_ || length_ == 0) begin_sequence(rows, cells[column]);
                    break;
                case Role::step: break;
            }
        }
        if (layout_ != Layout::long_rows) return;
        for (size_t column = 0; column < cells.size(); ++column)
            if (columns_[column].role == Role::step) {
                const double step = number(rows, column);
                if (length_ > 0 && step <= last_step_)
                    rows.fail(column_text(column) + ": expected a later step than the one before, found '" +
                              std::string(cells[column]) + "'");
                last_step_ = step;
            }
        ++length_;
    }

    void begin_sequence(const Rows& rows, std::string_view name) {
        if (length_ > 0) close_sequence(rows);
        sequence_ = name;
        if (!sequences_.insert(sequence_).second)
            rows.fail(": sequence '" + sequence_ + "' comes again; keep the rows of a sequence together");
    }

    void close_sequence(const Rows& rows) {
        if (sequences_.size() == 1)
            steps_ = length_;
        else if (length_ != steps_)
            throw DataError(rows.name() + ": expected " + std::to_string(steps_) + " steps in sequence '" + sequence_ +
                            "' as in the first one, found " + std::to_string(length_) + " up to row " +
                            std::to_string(rows.number()) + "; cut or pad the sequences to one length");
        length_ = 0;
    }

    std::int32_t word_number(std::string_view word) {
        const auto [place, is_new] = words_.try_emplace(std::string(word), static_cast<std::int32_t>(words_.size()));
        return place->second;
    }

    /// Labels so far are numbers of words in the order they came. Turns them into what the words say, or into places in
    /// the sorted list of words.
    void number_labels() {
        std::vector<std::int32_t> meaning(words_.size());
        const bool integers = std::all_of(words_.begin(), words_.end(), [](const auto& word) {
            const std::optional<double> number = number_in(word.first);
            return number && *number == std::floor(*number) && std::abs(*number) < 1e9;
        });
        for (const auto& [word, number] : words_) {
            meaning[static_cast<size_t>(number)] =
                integers ? static_cast<std::int32_t>(*number_in(word)) : static_cast<std::int32_t>(class_names_.size());
            if (!integers) class_names_.push_back(word);
        }
        for (std::int32_t& label : labels_) label = meaning[static_cast<size_t>(label)];
    }

    void describe() {
        const auto rows = static_cast<std::int64_t>(row_count_);
        const auto value_columns = static_cast<std::int64_t>(std::count_if(
            columns_.begin(), columns_.end(), [](const Column& column) { return column.role == Role::value; }));
        std::vector<std::int64_t> label_shape{rows};
        ArrayHeader values{layout_ == Layout::matrix ? "values" : "input", {rows, value_columns}, ElementType::float32};
        if (layout_ == Layout::long_rows) {
            const auto count = static_cast<std::int64_t>(sequences_.size());
            const auto steps = static_cast<std::int64_t>(steps_);
            values.shape = {count, steps, value_columns};
            label_shape = {count, steps};
        } else if (layout_ == Layout::matrix && value_columns == 1) {
            values.shape = {rows};
        }
        if (value_columns > 0) arrays_.push_back(std::move(values));
        if (has_labels_) arrays_.push_back({"labels", std::move(label_shape), ElementType::int32});
        if (arrays_.empty()) throw DataError(path().string() + ": has no column of values; add one beside the labels");
    }

    Layout layout_ = Layout::matrix;
    std::vector<Column> columns_;
    std::vector<std::string> channel_names_;
    std::vector<std::string> class_names_;
    bool has_labels_ = false;
    size_t row_count_ = 0;
    std::vector<float> values_;
    std::vector<std::int32_t> labels_;
    std::map<std::string, std::int32_t> words_;
    std::unordered_set<std::string> sequences_;
    std::string sequence_;  // the one whose rows are being read
    size_t length_ = 0;     // its steps so far
    size_t steps_ = 0;      // of the first one
    double last_step_ = 0;
};

}  // namespace

std::shared_ptr<const ArrayFile> open_csv(const std::filesystem::path& path) { return std::make_shared<CsvFile>(path); }

}  // namespace resonate
