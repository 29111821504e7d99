// tests/engine/linear_classifier.cpp: see linear_classifier.h.
#include "linear_classifier.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace resonate::tests {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// Calls visit(features, label) for every step of every sequence.
template <class Visit>
void for_each_step(const SequenceSet& set, Visit visit) {
    const auto& shape = set.shape();
    std::vector<float> input(static_cast<size_t>(shape.steps * shape.inputs));
    std::vector<std::int64_t> labels(static_cast<size_t>(shape.steps));
    const auto inputs = static_cast<size_t>(shape.inputs);
    std::vector<double> features(1 + 2 * inputs);
    for (std::int64_t n = 0; n < shape.count; ++n) {
        set.write_input(n, input.data(), shape.inputs);
        set.write_labels(n, labels.data(), 1);
        std::fill(features.begin(), features.end(), 0.0);
        features[0] = 1;
        for (size_t t = 0; t < labels.size(); ++t) {
            for (size_t i = 0; i < inputs; ++i) {
                features[1 + i] = input[t * inputs + i];
                features[1 + inputs + i] += input[t * inputs + i] / 100.0;
            }
            visit(features, static_cast<size_t>(labels[t]));
        }
    }
}

/// Solves a x = b in place by Gauss elimination with pivoting; b becomes x.
void solve(Matrix a, Matrix& b) {
    const size_t size = a.size();
    for (size_t column = 0; column < size; ++column) {
        size_t pivot = column;
        for (size_t row = column; row < size; ++row)
            if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
        std::swap(a[column], a[pivot]);
        std::swap(b[column], b[pivot]);
        for (size_t row = 0; row < size; ++row) {
            if (row == column) continue;
            const double factor = a[row][column] / a[column][column];
            for (size_t k = 0; k < size; ++k) a[row][k] -= factor * a[column][k];
            for (size_t k = 0; k < b[row].size(); ++k) b[row][k] -= factor * b[column][k];
        }
    }
    for (size_t row = 0; row < size; ++row)
        for (double& value : b[row]) value /= a[row][row];
}

/// Calls visit(features, label) for every sequence that has one label: the constant, then `shown(input)`.
template <class Shown, class Visit>
void for_each_sequence(const SequenceSet& set, Shown shown, Visit visit) {
    const auto& shape = set.shape();
    std::vector<float> input(static_cast<size_t>(shape.steps * shape.inputs));
    for (std::int64_t n = 0; n < shape.count; ++n) {
        std::int64_t label = 0;
        set.write_input(n, input.data(), shape.inputs);
        set.write_labels(n, &label, 1);
        std::vector<double> features = shown(input);
        features.push_back(1);
        visit(features, static_cast<size_t>(label));
    }
}

/// Least squares on what `for_each(set, visit)` shows of each set.
template <class ForEach>
double accuracy(const SequenceSet& train, const SequenceSet& test, double ridge, ForEach for_each) {
    const auto classes = static_cast<size_t>(train.shape().classes);
    Matrix squares, weights;
    for_each(train, [&](const std::vector<double>& x, size_t label) {
        if (squares.empty()) {
            squares.assign(x.size(), std::vector<double>(x.size(), 0.0));
            weights.assign(x.size(), std::vector<double>(classes, 0.0));
        }
        for (size_t i = 0; i < x.size(); ++i) {
            if (x[i] == 0) continue;
            for (size_t j = 0; j < x.size(); ++j) squares[i][j] += x[i] * x[j];
            weights[i][label] += x[i];
        }
    });
    for (size_t i = 0; i < squares.size(); ++i) squares[i][i] += ridge;
    solve(squares, weights);
    double right = 0;
    double all = 0;
    for_each(test, [&](const std::vector<double>& x, size_t label) {
        std::vector<double> score(classes, 0.0);
        for (size_t i = 0; i < x.size(); ++i)
            for (size_t c = 0; c < classes; ++c) score[c] += x[i] * weights[i][c];
        right += static_cast<size_t>(std::max_element(score.begin(), score.end()) - score.begin()) == label;
        ++all;
    });
    return right / all;
}

}  // namespace

double linear_accuracy_on_sums(const SequenceSet& train, const SequenceSet& test) {
    return accuracy(train, test, 1e-3, [](const SequenceSet& set, auto visit) { for_each_step(set, visit); });
}

double linear_accuracy_on_totals(const SequenceSet& train, const SequenceSet& test, double ridge) {
    const auto inputs = static_cast<size_t>(train.shape().inputs);
    const auto totals = [inputs](const std::vector<float>& input) {
        std::vector<double> sums(inputs);
        for (size_t at = 0; at < input.size(); ++at) sums[at % inputs] += input[at];
        return sums;
    };
    return accuracy(train, test, ridge,
                    [&](const SequenceSet& set, auto visit) { for_each_sequence(set, totals, visit); });
}

double linear_accuracy_on_all(const SequenceSet& train, const SequenceSet& test, double ridge) {
    const auto all = [](const std::vector<float>& input) { return std::vector<double>(input.begin(), input.end()); };
    return accuracy(train, test, ridge,
                    [&](const SequenceSet& set, auto visit) { for_each_sequence(set, all, visit); });
}

}  // namespace resonate::tests
