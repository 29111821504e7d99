// engine/exports/results_table.cpp: results of groups of runs, alone and beside the published ones.
#include <charconv>
#include <cmath>
#include <cstdio>

#include "exports/text_table.h"
#include "resonate/statistics.h"

namespace resonate {
namespace {

std::string fixed(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string exact(double value) {
    char buffer[40];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// "85.13 ± 0.63", "85.13" where there is no deviation, "–" where there is nothing.
std::string spread_text(const Spread& spread, int digits) {
    if (spread.count == 0) return "–";
    std::string text = fixed(spread.mean, digits);
    if (spread.has_deviation() && spread.deviation > 0) text += " ± " + fixed(spread.deviation, digits);
    if (spread.has_deviation() && spread.deviation == 0) text += " ± 0";
    return text;
}

std::string optional_text(const std::optional<int>& number) { return number ? std::to_string(*number) : "–"; }

std::string count_text(std::int64_t number) { return number > 0 ? std::to_string(number) : "–"; }

/// A published mean that may come without a deviation.
std::string published_text(double mean, double deviation, int digits) {
    if (mean == 0) return "–";
    return deviation > 0 ? fixed(mean, digits) + " ± " + fixed(deviation, digits) : fixed(mean, digits);
}

std::string signed_text(const std::optional<double>& value, int digits) {
    if (!value) return "–";
    return (*value >= 0 ? "+" : "−") + fixed(std::abs(*value), digits);
}

/// Two columns of full precision for programs.
void add_exact(std::vector<std::string>& row, const Spread& spread) {
    row.push_back(spread.count > 0 ? exact(spread.mean) : "");
    row.push_back(spread.has_deviation() ? exact(spread.deviation) : "");
}

std::vector<std::string> notes_for(SelectionRule rule) {
    return {"Test set. Selection rule: " + describe(rule) +
            ". Mean ± sample standard deviation (n − 1) over n runs that differ only in their seed."};
}

/// What runs did not count, and why.
void add_notes(std::vector<std::string>& notes, std::span<const GroupResult> results) {
    int unfinished = 0;
    for (const GroupResult& result : results) {
        unfinished += result.unfinished;
        for (const std::string& note : notes_of(result)) notes.push_back(result.label + ": " + note);
    }
    if (unfinished > 0)
        notes.push_back(std::to_string(unfinished) + (unfinished == 1 ? " run that has not ended is not counted."
                                                                      : " runs that have not ended are not counted."));
}

/// For programs, where describe() is for people.
std::string rule_name(SelectionRule rule) {
    return rule == SelectionRule::last_epoch ? "last_epoch" : "lowest_validation_loss";
}

std::string number(double value) { return value > 0 ? exact(value) : ""; }
std::string number(const std::optional<double>& value) { return value ? exact(*value) : ""; }
std::string number(const std::optional<int>& value) { return value ? std::to_string(*value) : ""; }
std::string count(std::int64_t value) { return value > 0 ? std::to_string(value) : ""; }

TextTable comparison_for_programs(std::span<const Comparison> comparisons, SelectionRule rule) {
    TextTable table;
    table.header = {"preset",
                    "dataset",
                    "neuron",
                    "test_accuracy_mean",
                    "test_accuracy_std",
                    "n",
                    "same_settings",
                    "published_mean",
                    "published_std",
                    "difference",
                    "deviations",
                    "deviations_of",
                    "test_sop_mean",
                    "test_sop_std",
                    "paper_sop",
                    "epochs_to_95_percent",
                    "paper_epochs_to_95_percent",
                    "paper_accuracy",
                    "paper_accuracy_std",
                    "paper_other_network",
                    "parameters",
                    "paper_parameters",
                    "repeats",
                    "note",
                    "selection_rule"};
    for (const Comparison& comparison : comparisons) {
        const PublishedResult& paper = comparison.published;
        const GroupResult ours = comparison.ours.value_or(GroupResult{});
        std::vector<std::string> row{paper.preset, paper.dataset, to_string(paper.neuron)};
        add_exact(row, ours.accuracy);
        row.push_back(comparison.ours ? std::to_string(ours.counted) : "");
        row.push_back(!comparison.ours ? "" : comparison.same_settings ? "yes" : "no");
        row.push_back(comparison.against ? exact(comparison.against->mean) : "");
        row.push_back(comparison.against ? number(comparison.against->deviation) : "");
        row.push_back(number(comparison.difference));
        row.push_back(number(comparison.deviations));
        row.push_back(!comparison.deviations ? "" : comparison.in_our_deviations ? "ours" : "published");
        add_exact(row, ours.sop);
        row.push_back(number(paper.sop));
        row.push_back(number(ours.epoch95));
        row.push_back(number(paper.epoch95));
        row.push_back(number(paper.accuracy));
        row.push_back(number(paper.accuracy_std));
        row.push_back(paper.other_network ? "yes" : "no");
        row.push_back(count(ours.parameters));
        row.push_back(count(paper.parameters));
        row.push_back(comparison.ours ? std::to_string(ours.repeats) : "");
        row.push_back(ours.note);
        row.push_back(rule_name(rule));
        table.rows.push_back(std::move(row));
    }
    return table;
}

TextTable results_for_programs(std::span<const GroupResult> results, SelectionRule rule) {
    TextTable table;
    table.header = {"experiment", "dataset", "neuron", "n", "diverged", "unfinished", "parameters"};
    for (const char* name : {"test_accuracy", "test_loss", "test_sop", "last_test_accuracy", "selected_test_accuracy",
                             "best_test_accuracy", "seconds"}) {
        table.header.push_back(std::string(name) + "_mean");
        table.header.push_back(std::string(name) + "_std");
    }
    for (const char* name : {"epochs_to_95_percent", "repeats", "note", "selection_rule"}) table.header.push_back(name);
    for (const GroupResult& result : results) {
        std::vector<std::string> row{result.label,
                                     result.config.dataset.name,
                                     to_string(result.config.neuron.type),
                                     std::to_string(result.counted),
                                     std::to_string(result.diverged),
                                     std::to_string(result.unfinished),
                                     result.parameters > 0 ? std::to_string(result.parameters) : ""};
        for (const Spread* spread : {&result.accuracy, &result.loss, &result.sop, &result.last_accuracy,
                                     &result.selected_accuracy, &result.best_test_accuracy, &result.seconds})
            add_exact(row, *spread);
        row.push_back(number(result.epoch95));
        row.push_back(std::to_string(result.repeats));
        row.push_back(result.note);
        row.push_back(rule_name(rule));
        table.rows.push_back(std::move(row));
    }
    return table;
}

TextTable results_for_people(std::span<const GroupResult> results) {
    TextTable table;
    table.header = {"Experiment", "n",   "Parameters",     "Test accuracy [%]",
                    "Test loss",  "SOP", "Epochs to 95 %", "Time [s]"};
    for (const GroupResult& result : results) {
        std::string n = std::to_string(result.counted);
        if (result.diverged > 0) n += " (" + std::to_string(result.diverged) + " diverged)";
        table.rows.push_back({result.label, n, count_text(result.parameters), spread_text(result.accuracy, 2),
                              spread_text(result.loss, 4), spread_text(result.sop, 0), optional_text(result.epoch95),
                              spread_text(result.seconds, 0)});
    }
    return table;
}

}  // namespace

std::string results_table(std::span<const GroupResult> results, SelectionRule rule, TableFormat format) {
    if (format == TableFormat::csv) return write_table(results_for_programs(results, rule), format);
    TextTable table = results_for_people(results);
    table.notes = notes_for(rule);
    add_notes(table.notes, results);
    return write_table(table, format);
}

std::string comparison_table(std::span<const Comparison> comparisons, SelectionRule rule, TableFormat format) {
    if (format == TableFormat::csv) return write_table(comparison_for_programs(comparisons, rule), format);
    TextTable table;
    table.header = {"Preset",
                    "Ours [%]",
                    "n",
                    "Published [%]",
                    "Difference",
                    "Deviations",
                    "Our SOP",
                    "Paper's SOP",
                    "Our epochs to 95 %",
                    "Paper's epochs to 95 %",
                    "Paper [%]",
                    "Our parameters",
                    "Paper's parameters"};
    bool other_settings = false, other_network = false, our_deviations = false;
    std::vector<GroupResult> shown;
    for (const Comparison& comparison : comparisons) {
        const PublishedResult& paper = comparison.published;
        std::vector<std::string> row(table.header.size(), "–");
        row[0] = paper.preset;
        if (comparison.ours) {
            const GroupResult& ours = *comparison.ours;
            shown.push_back(ours);
            if (!comparison.same_settings) row[0] += " §";
            other_settings |= !comparison.same_settings;
            row[1] = spread_text(ours.accuracy, 2);
            row[2] = std::to_string(ours.counted);
            row[6] = spread_text(ours.sop, 0);
            row[8] = optional_text(ours.epoch95);
            row[11] = count_text(ours.parameters);
        }
        if (comparison.against) row[3] = published_text(comparison.against->mean, comparison.against->deviation, 2);
        row[4] = signed_text(comparison.difference, 2);
        row[5] = signed_text(comparison.deviations, 1);
        if (comparison.deviations && comparison.in_our_deviations) {
            row[5] += " ‡";
            our_deviations = true;
        }
        row[7] = published_text(paper.sop, 0, 0);
        row[9] = optional_text(paper.epoch95);
        row[10] = published_text(paper.accuracy, paper.accuracy_std, 1);
        row[12] = count_text(paper.parameters);
        if (paper.other_network) {
            row[10] += " †";
            other_network = true;
        }
        table.rows.push_back(std::move(row));
    }
    table.notes = notes_for(rule);
    table.notes.push_back(
        "Published: Higuchi et al., ICML 2024, and the learning curves of its authors, for the same network and "
        "selection rule. Deviations: the difference in published standard deviations.");
    // Signs, not numbers: each may be the only one.
    if (other_network) table.notes.push_back("† The paper's network is another one than the preset's.");
    if (our_deviations) table.notes.push_back("‡ In our standard deviations: none was published.");
    if (other_settings) table.notes.push_back("§ Our runs have other settings than the preset.");
    add_notes(table.notes, shown);
    return write_table(table, format);
}

}  // namespace resonate
