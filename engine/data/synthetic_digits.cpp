// engine/data/synthetic_digits.cpp: see synthetic_digits.h.
// Only + − × ÷ and square roots, which IEEE 754 fixes to the last bit, so that every machine draws the same pixels.
#include "data/synthetic_digits.h"

#include <array>
#include <cmath>
#include <string>

#include "data/in_parallel.h"
#include "data/random.h"

namespace resonate {
namespace {

constexpr int width = 28;  // pixels, also the height
constexpr std::int64_t classes = 10;
/// MNIST fits its digits into a box of 20 × 20 pixels.
constexpr double box = 20;

struct Point {
    double x = 0;  // to the right
    double y = 0;  // downwards
};
Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(double factor, Point a) { return {factor * a.x, factor * a.y}; }
bool operator==(Point a, Point b) { return a.x == b.x && a.y == b.y; }

/// Points a pen goes through on a smooth curve; a point given twice is a corner.
using Stroke = std::vector<Point>;
/// One way of writing a digit, in a box 1 high.
using Glyph = std::vector<Stroke>;

const std::vector<Glyph>& glyphs_of(std::int64_t digit) {
    // clang-format off
    static const std::array<std::vector<Glyph>, classes> all = {{
        {
            {{{.55, .03}, {.27, .07}, {.08, .40}, {.12, .80}, {.36, 1.0}, {.63, .88}, {.76, .50}, {.66, .13}, {.42, .02}}},
            {{{.40, .00}, {.15, .18}, {.06, .55}, {.20, .93}, {.45, .98}, {.66, .70}, {.66, .28}, {.44, .02}, {.30, .10}}},
        },
        {
            {{{.52, .00}, {.50, .50}, {.46, 1.0}}},
            {{{.24, .26}, {.40, .14}, {.53, .00}, {.53, .00}, {.52, .50}, {.50, 1.0}}},
            {{{.28, .22}, {.52, .00}, {.52, .00}, {.50, .50}, {.50, 1.0}}, {{.22, 1.0}, {.50, .99}, {.80, 1.0}}},
        },
        {
            {{{.12, .26}, {.28, .04}, {.58, .05}, {.68, .28}, {.48, .62}, {.10, .96}, {.10, .96}, {.45, .94}, {.80, .98}}},
            {{{.10, .22}, {.34, .02}, {.64, .12}, {.60, .44}, {.34, .78}, {.14, .95}, {.05, .86}, {.18, .77}, {.46, .90}, {.84, .94}}},
        },
        {
            {{{.14, .13}, {.40, .00}, {.66, .15}, {.59, .36}, {.34, .46}, {.34, .46}, {.66, .56}, {.72, .80}, {.44, 1.0}, {.08, .88}}},
            {{{.14, .03}, {.40, .02}, {.68, .03}, {.68, .03}, {.38, .42}, {.38, .42}, {.68, .56}, {.70, .84}, {.40, 1.0}, {.08, .90}}},
        },
        {
            {{{.20, .00}, {.11, .34}, {.10, .56}, {.10, .56}, {.42, .56}, {.76, .54}},
             {{.62, .10}, {.60, .55}, {.55, 1.0}}},
            {{{.58, 1.0}, {.60, .50}, {.61, .00}, {.61, .00}, {.32, .34}, {.04, .66}, {.04, .66}, {.42, .66}, {.82, .65}}},
            {{{.18, .00}, {.12, .30}, {.16, .50}, {.40, .52}, {.62, .40}}, {{.66, .02}, {.62, .50}, {.60, 1.0}}},
        },
        {
            {{{.22, .03}, {.20, .22}, {.16, .43}, {.16, .43}, {.44, .36}, {.70, .55}, {.65, .85}, {.38, 1.0}, {.06, .90}},
             {{.22, .03}, {.48, .02}, {.74, .00}}},
            {{{.72, .02}, {.46, .03}, {.26, .04}, {.26, .04}, {.19, .40}, {.19, .40}, {.48, .40}, {.66, .62}, {.52, .92}, {.20, 1.0}, {.02, .90}}},
        },
        {
            {{{.60, .02}, {.30, .20}, {.12, .55}, {.16, .88}, {.42, 1.0}, {.66, .84}, {.60, .58}, {.36, .52}, {.14, .72}}},
            {{{.40, .00}, {.20, .35}, {.12, .70}, {.24, .97}, {.52, .96}, {.64, .74}, {.46, .56}, {.22, .64}, {.14, .80}}},
        },
        {
            {{{.10, .05}, {.40, .05}, {.70, .04}, {.70, .04}, {.50, .50}, {.34, 1.0}}},
            {{{.10, .06}, {.40, .06}, {.70, .04}, {.70, .04}, {.52, .46}, {.36, 1.0}},
             {{.24, .52}, {.46, .50}, {.70, .48}}},
            {{{.10, .20}, {.14, .04}, {.14, .04}, {.42, .07}, {.72, .02}, {.72, .02}, {.48, .40}, {.40, .72}, {.38, 1.0}}},
        },
        {
            {{{.64, .14}, {.40, .00}, {.17, .16}, {.28, .41}, {.54, .58}, {.68, .80}, {.42, 1.0}, {.14, .82}, {.26, .58}, {.52, .40}, {.64, .16}}},
            {{{.40, .46}, {.18, .30}, {.26, .06}, {.50, .02}, {.62, .20}, {.54, .38}, {.40, .46}, {.40, .46}, {.16, .62}, {.16, .90}, {.42, 1.0}, {.66, .86}, {.62, .60}, {.40, .46}}},
        },
        {
            {{{.64, .18}, {.40, .02}, {.14, .20}, {.22, .46}, {.48, .46}, {.66, .18}, {.66, .18}, {.63, .60}, {.58, 1.0}}},
            {{{.64, .16}, {.40, .00}, {.16, .18}, {.22, .44}, {.46, .46}, {.64, .20}, {.64, .20}, {.66, .62}, {.48, .94}, {.16, .94}}},
        },
    }};
    // clang-format on
    return all[static_cast<size_t>(digit)];
}

/// A bell of standard deviation 1 that ends at ±3: the sum of nine uniform numbers, moved and scaled.
double wobble(Random& random) {
    double sum = 0;
    for (int i = 0; i < 9; ++i) sum += random.uniform();
    return (sum - 4.5) * 1.1547005383792515;
}
double wobble(Random& random, double mean, double deviation) { return mean + deviation * wobble(random); }

/// A smooth random displacement: offsets on a coarse grid, joined by quadratic B-splines.
class ElasticField {
 public:
    ElasticField(Random& random, double strength) {
        for (auto& row : offsets_)
            for (Point& offset : row) offset = {strength * wobble(random), strength * wobble(random)};
    }
    /// `at` in about [0, 1]²
    Point operator()(Point at) const {
        int column = 0;
        int row = 0;
        const std::array<double, 3> across = weights(at.x, column);
        const std::array<double, 3> down = weights(at.y, row);
        Point sum;
        for (int j = 0; j < 3; ++j)
            for (int i = 0; i < 3; ++i)
                sum = sum + down[static_cast<size_t>(j)] * across[static_cast<size_t>(i)] *
                                offsets_[static_cast<size_t>(row + j)][static_cast<size_t>(column + i)];
        return sum;
    }

 private:
    static constexpr int cells = 3;

    static std::array<double, 3> weights(double at, int& cell) {
        const double place = std::min(std::max(at, 0.0), 0.999) * cells;
        cell = static_cast<int>(place);
        const double t = place - cell;
        return {0.5 * (1 - t) * (1 - t), 0.5 + t * (1 - t), 0.5 * t * t};
    }

    std::array<std::array<Point, cells + 2>, cells + 2> offsets_{};
};

/// The hand's part: points beside where they belong.
Stroke moved_points(const Stroke& stroke, Random& random, double carelessness) {
    Stroke moved;
    for (size_t i = 0; i < stroke.size(); ++i) {
        const bool corner = i > 0 && stroke[i] == stroke[i - 1];
        moved.push_back(corner ? moved.back() : stroke[i] + carelessness * Point{wobble(random), wobble(random)});
    }
    return moved;
}

/// Catmull–Rom: through all points, smooth but at corners.
Stroke smooth_curve(const Stroke& points) {
    constexpr int pieces = 8;
    const auto at = [&](std::ptrdiff_t i) {
        return points[static_cast<size_t>(std::clamp<std::ptrdiff_t>(i, 0, std::ssize(points) - 1))];
    };
    Stroke curve{points.front()};
    for (std::ptrdiff_t i = 0; i + 1 < std::ssize(points); ++i) {
        if (at(i) == at(i + 1)) continue;
        // At a corner the tangent comes from this side alone.
        const Point before = at(i - 1) == at(i) ? at(i) : at(i - 1);
        const Point after = at(i + 2) == at(i + 1) ? at(i + 1) : at(i + 2);
        for (int piece = 1; piece <= pieces; ++piece) {
            const double t = static_cast<double>(piece) / pieces;
            const Point a = 2.0 * at(i);
            const Point b = at(i + 1) - before;
            const Point c = 2.0 * before - 5.0 * at(i) + 4.0 * at(i + 1) - after;
            const Point d = 3.0 * at(i) - before - 3.0 * at(i + 1) + after;
            curve.push_back(0.5 * (a + t * b + t * t * c + t * t * t * d));
        }
    }
    return curve;
}

/// Brings the curves to MNIST's size and place: the larger side is `fill` pixels, the middle of the ink is `shift`
/// beside the centre, and nothing is nearer to the rim than `margin`.
void fit(std::vector<Stroke>& curves, double fill, Point shift, double margin) {
    Point low{1e9, 1e9}, high{-1e9, -1e9}, weighted;
    double length = 0;
    for (const Stroke& curve : curves)
        for (size_t i = 0; i < curve.size(); ++i) {
            low = {std::min(low.x, curve[i].x), std::min(low.y, curve[i].y)};
            high = {std::max(high.x, curve[i].x), std::max(high.y, curve[i].y)};
            if (i == 0) continue;
            const Point along = curve[i] - curve[i - 1];
            const double piece = std::sqrt(along.x * along.x + along.y * along.y);
            weighted = weighted + 0.5 * piece * (curve[i] + curve[i - 1]);
            length += piece;
        }
    const Point middle = 1 / length * weighted;
    const double scale = fill / std::max({high.x - low.x, high.y - low.y, 0.2});
    const auto inside = [&](double at, double from, double to) {
        return at + std::max(0.0, margin - (scale * from + at)) - std::max(0.0, scale * to + at - (width - margin));
    };
    const Point centre = Point{0.5 * width, 0.5 * width} + shift - scale * middle;
    const Point origin{inside(centre.x, low.x, high.x), inside(centre.y, low.y, high.y)};
    for (Stroke& curve : curves)
        for (Point& point : curve) point = scale * point + origin;
}

struct Pen {
    double radius;         // pixels
    double edge;           // pixels over which ink fades
    double pressure_from;  // share of the radius at the beginning of a stroke
    double pressure_to;    // and at its end
};

using Image = std::array<double, width * width>;

/// Ink between two points: 1 along the line, fading at the pen's edge.
void draw_line(Image& ink, Point from, Point to, double radius, double edge) {
    const double reach = radius + edge;
    const Point along = to - from;
    const double square = along.x * along.x + along.y * along.y;
    const auto first = [&](double a, double b) {
        return std::clamp(static_cast<int>(std::floor(std::min(a, b) - reach)), 0, width);
    };
    const auto last = [&](double a, double b) {
        return std::clamp(static_cast<int>(std::ceil(std::max(a, b) + reach)), 0, width);
    };
    for (int y = first(from.y, to.y); y < last(from.y, to.y); ++y)
        for (int x = first(from.x, to.x); x < last(from.x, to.x); ++x) {
            const Point pixel{x + 0.5, y + 0.5};
            const Point away = pixel - from;
            const double t = square > 0 ? std::clamp((away.x * along.x + away.y * along.y) / square, 0.0, 1.0) : 0.0;
            const Point distance = away - t * along;
            const double d = std::sqrt(distance.x * distance.x + distance.y * distance.y);
            double& dot = ink[static_cast<size_t>(y * width + x)];
            dot = std::max(dot, std::clamp((reach - d) / (2 * edge), 0.0, 1.0));
        }
}

void draw_digit(Random& random, std::int64_t digit, std::uint8_t* pixels) {
    const std::vector<Glyph>& ways = glyphs_of(digit);
    const Glyph& glyph = ways[random.below(ways.size())];
    const double carelessness = random.uniform(0.012, 0.035);
    const ElasticField bend(random, random.uniform(0.03, 0.10));
    // Turned by an angle whose half has the tangent `half`: about ±9°, at most 27°.
    const double half = wobble(random, 0.0, 0.08);
    const double cosine = (1 - half * half) / (1 + half * half);
    const double sine = 2 * half / (1 + half * half);
    const double slant = wobble(random, 0.12, 0.22);
    const double stretch = random.uniform(0.75, 1.25);

    std::vector<Stroke> curves;
    for (const Stroke& stroke : glyph) {
        Stroke curve = smooth_curve(moved_points(stroke, random, carelessness));
        for (Point& point : curve) {
            point = point + bend(point);
            const Point slanted{stretch * (point.x - slant * (point.y - 0.5)), point.y};
            point = {cosine * slanted.x - sine * slanted.y, sine * slanted.x + cosine * slanted.y};
        }
        curves.push_back(std::move(curve));
    }
    const Pen pen{random.uniform(0.85, 1.75), random.uniform(0.45, 0.7), random.uniform(0.75, 1.2),
                  random.uniform(0.7, 1.15)};
    const Point shift{wobble(random, 0.0, 0.6), wobble(random, 0.0, 0.6)};
    fit(curves, random.uniform(0.9, 1.04) * (box - 2 * pen.radius), shift, 1 + pen.radius);

    Image ink{};
    for (const Stroke& curve : curves)
        for (size_t i = 1; i < curve.size(); ++i) {
            const double done = static_cast<double>(i) / static_cast<double>(curve.size());
            const double pressure = pen.pressure_from + done * (pen.pressure_to - pen.pressure_from);
            draw_line(ink, curve[i - 1], curve[i], pen.radius * pressure, pen.edge);
        }
    const double darkness = random.uniform(235, 255);
    for (size_t i = 0; i < ink.size(); ++i) pixels[i] = static_cast<std::uint8_t>(darkness * ink[i] + 0.5);
}

}  // namespace

std::shared_ptr<const PixelSequenceSet> generate_synthetic_digits(std::int64_t count, std::uint64_t seed,
                                                                  std::string_view split,
                                                                  std::vector<std::int64_t> permutation) {
    constexpr std::int64_t steps = std::int64_t{width} * width;
    std::vector<std::uint8_t> pixels(static_cast<size_t>(count * steps));
    std::vector<std::uint8_t> labels(static_cast<size_t>(count));
    const std::string purpose = "synthetic digits " + std::string(split);
    in_parallel(count, [&](std::int64_t n) {
        Random random(derive_seed(seed, purpose, static_cast<std::uint64_t>(n)));
        const std::int64_t digit = n % classes;
        labels[static_cast<size_t>(n)] = static_cast<std::uint8_t>(digit);
        draw_digit(random, digit, pixels.data() + n * steps);
    });
    return std::make_shared<PixelSequenceSet>(steps, classes, std::move(pixels), std::move(labels),
                                              std::move(permutation));
}

}  // namespace resonate
