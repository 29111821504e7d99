// app/panels/preset_card.cpp: see preset_card.h.
#include "panels/preset_card.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "models/text.h"
#include "panels/card_parts.h"
#include "resonate/error.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

constexpr double radius = 6;
constexpr double around = 4.5;  ///< between a card and its neighbours
constexpr double inside = 8;    ///< between a card's edge and its picture
constexpr double pictureWidth = 112;

QColor blend(const QColor& a, const QColor& b, double share) {
    return QColor::fromRgbF(static_cast<float>(a.redF() * (1 - share) + b.redF() * share),
                            static_cast<float>(a.greenF() * (1 - share) + b.greenF() * share),
                            static_cast<float>(a.blueF() * (1 - share) + b.blueF() * share));
}

/// P wave, QRS complex and T wave as sums of bells.
double heartBeat(double phase) {
    const auto bell = [phase](double at, double width, double height) {
        const double x = (phase - at) / width;
        return height * std::exp(-x * x / 2);
    };
    return bell(0.22, 0.035, 0.16) + bell(0.365, 0.012, -0.14) + bell(0.40, 0.013, 1) + bell(0.432, 0.012, -0.24) +
           bell(0.66, 0.055, 0.30);
}

void drawHeart(QPainter& painter, const QRectF& area, const QColor& ink) {
    QPainterPath path;
    constexpr int points = 240;
    for (int i = 0; i <= points; ++i) {
        const double x = area.left() + area.width() * i / points;
        const double y = area.bottom() - area.height() * (0.24 + 0.74 * heartBeat(std::fmod(2.0 * i / points, 1.0)));
        i == 0 ? path.moveTo(x, y) : path.lineTo(x, y);
    }
    painter.setPen(QPen(ink, 1.3));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

/// A three in blocks, its rows in order or, permuted, drawn out of it.
void drawDigit(QPainter& painter, const QRectF& area, const QColor& ink, bool permuted) {
    constexpr int rows = 9, columns = 8;
    constexpr const char* three[rows] = {"..####..", ".##..##.", ".....##.", "...###..", "....###.",
                                         ".....##.", "......##", ".##..##.", "..####.."};
    const double cell = area.height() / rows;
    const double left = area.center().x() - columns * cell / 2;
    std::vector<int> order(static_cast<size_t>(rows * columns));
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    if (permuted) std::shuffle(order.begin(), order.end(), std::mt19937(7));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    for (int i = 0; i < rows * columns; ++i) {
        const int from = order[static_cast<size_t>(i)];
        if (three[from / columns][from % columns] != '#') continue;
        painter.drawRect(QRectF(left + (i % columns) * cell, area.top() + (i / columns) * cell, cell, cell)
                             .adjusted(0.4, 0.4, -0.4, -0.4));
    }
}

/// Spikes of many channels along rising and falling bands.
void drawSpikes(QPainter& painter, const QRectF& area, const QColor& ink) {
    std::mt19937 random(3);
    std::normal_distribution<double> spread(0, 0.045);
    std::uniform_real_distribution<double> anywhere(0, 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    for (int i = 0; i < 420; ++i) {
        const double t = anywhere(random);
        const double loud = std::sin(std::numbers::pi * t);
        const double band = i % 3 == 0   ? 0.18 + 0.10 * t
                            : i % 3 == 1 ? 0.42 + 0.16 * std::sin(3.4 * t)
                                         : 0.78 - 0.12 * t;
        const double y = band + spread(random) * (0.6 + loud);
        if (anywhere(random) > 0.25 + 0.75 * loud || y < 0 || y > 1) continue;
        painter.drawEllipse(QPointF(area.left() + t * area.width(), area.bottom() - y * area.height()), 0.8, 0.8);
    }
}

/// Coefficients over time as shades.
void drawMap(QPainter& painter, const QRectF& area, const QColor& ink) {
    constexpr int columns = 26, rows = 8;
    painter.setPen(Qt::NoPen);
    for (int x = 0; x < columns; ++x)
        for (int y = 0; y < rows; ++y) {
            const double t = (x + 0.5) / columns;
            const double shade = std::sin(std::numbers::pi * t) *
                                 (0.5 + 0.5 * std::sin(2.2 * y + 5 * t * (1 + 0.3 * y)) * std::cos(1.3 * y - 3 * t));
            QColor colour = ink;
            colour.setAlphaF(static_cast<float>(std::clamp(0.08 + 0.9 * shade, 0.04, 1.0)));
            painter.setBrush(colour);
            painter.drawRect(QRectF(area.left() + x * area.width() / columns, area.top() + y * area.height() / rows,
                                    area.width() / columns - 0.5, area.height() / rows - 0.5));
        }
}

void drawDataset(QPainter& painter, const QRectF& area, const DatasetInfo& info, const QColor& ink) {
    const bool image = info.steps == 784;
    if (image)
        drawDigit(painter, area, ink, info.permuted);
    else if (info.input_kind == InputKind::coefficients)
        drawMap(painter, area, ink);
    else if (info.label_per_step)
        drawHeart(painter, area, ink);
    else
        drawSpikes(painter, area, ink);
}

void drawSketch(QPainter& painter, const QRectF& area, const NeuronSketch& sketch, const QColor& colour,
                const QColor& quiet) {
    if (sketch.u.size() < 2) return;
    const auto [low, high] = std::minmax_element(sketch.u.begin(), sketch.u.end());
    const double bottom = *low;
    const double top = std::max(*high, sketch.bound.front() * 1.05);
    const auto at = [&](size_t t, double value) {
        return QPointF(area.left() + area.width() * static_cast<double>(t) / static_cast<double>(sketch.u.size() - 1),
                       area.bottom() - area.height() * (value - bottom) / (top - bottom));
    };
    painter.save();
    painter.setClipRect(area.adjusted(-1, -3, 1, 1));
    painter.setBrush(Qt::NoBrush);
    QPainterPath membrane, bound;
    const size_t stride = std::max<size_t>(1, sketch.u.size() / 300);
    for (size_t t = 0; t < sketch.u.size(); t += stride) {
        t == 0 ? membrane.moveTo(at(t, sketch.u[t])) : membrane.lineTo(at(t, sketch.u[t]));
        t == 0 ? bound.moveTo(at(t, sketch.bound[t])) : bound.lineTo(at(t, sketch.bound[t]));
    }
    painter.setPen(QPen(quiet, 0.9, Qt::DashLine));
    painter.drawPath(bound);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(membrane);
    painter.setPen(QPen(colour, 1.6));
    for (const int t : sketch.spikes) {
        const double x = at(static_cast<size_t>(t), 0).x();
        painter.drawLine(QPointF(x, area.top() - 3), QPointF(x, area.top() + 3));
    }
    painter.restore();
}

/// At most `lines` lines. Returns the height used.
double drawText(QPainter& painter, const QRectF& area, const QString& text, int lines) {
    const QFontMetricsF metrics(painter.font());
    double y = 0;
    for (const QString& line : wrappedLines(text, painter.font(), area.size(), lines)) {
        painter.drawText(QPointF(area.left(), area.top() + y + metrics.ascent()), line);
        y += metrics.height();
    }
    return y;
}

QFont titleFont(QFont font) {
    font.setBold(true);
    return font;
}

QFont smallFont(QFont font) {
    font.setPointSizeF(font.pointSizeF() * 0.92);
    return font;
}

QString statusText(const PresetEntry& entry) {
    switch (entry.status) {
        case DatasetStatus::generated: return PresetCardDelegate::tr("✓ data is generated");
        case DatasetStatus::ready: return PresetCardDelegate::tr("✓ data is here");
        case DatasetStatus::corrupt: return PresetCardDelegate::tr("⚠ data is damaged");
        case DatasetStatus::missing: break;
    }
    return PresetCardDelegate::tr("data is not here yet");
}

PresetEntry entryOf(const Preset& preset, const std::filesystem::path& dataDir) {
    PresetEntry entry;
    entry.name = QString::fromStdString(preset.name);
    entry.title = QString::fromStdString(preset.title);
    entry.description = QString::fromStdString(preset.description);
    entry.file = QString::fromStdString(preset.file.string());
    entry.config = load_preset(preset.file.empty() ? preset.name : preset.file.string());
    entry.dataset = &dataset_info(entry.config.dataset.name);
    std::error_code failure;
    entry.status = !entry.dataset->own ? dataset_status(entry.dataset->name, dataDir).status
                   : std::filesystem::exists(entry.config.dataset.path, failure) ? DatasetStatus::ready
                                                                                 : DatasetStatus::missing;
    if (entry.config.reference) entry.published = publishedText(*entry.config.reference);
    entry.sketch = sketchNeuron(entry.config.neuron);
    return entry;
}

}  // namespace

std::vector<PresetEntry> presetEntries(const std::filesystem::path& dataDir) {
    std::vector<PresetEntry> own, shipped;
    for (const Preset& preset : list_presets()) {
        try {
            (preset.file.empty() ? shipped : own).push_back(entryOf(preset, dataDir));
        } catch (const Error&) {
            // Changed or gone since it was listed.
            continue;
        }
    }
    own.insert(own.end(), std::make_move_iterator(shipped.begin()), std::make_move_iterator(shipped.end()));
    return own;
}

QStringList wrappedLines(const QString& text, const QFont& font, const QSizeF& room, int most) {
    const QFontMetricsF metrics(font);
    const auto fit = static_cast<qsizetype>(std::clamp(std::floor(room.height() / metrics.height()), 1.0, 1.0 * most));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    while (lines.size() < fit) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(room.width());
        lines.append(lines.size() + 1 == fit
                         ? metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, room.width())
                         : text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

void paintPresetPicture(QPainter& painter, const QRectF& area, const PresetEntry& entry, const QPalette& palette) {
    const bool dark = isDark(palette);
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor colour = neuronColour(entry.config.neuron.type, dark);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(area, radius, radius);
    painter.fillPath(outline, blend(base, colour, dark ? 0.10 : 0.07));
    painter.setClipPath(outline);
    const QRectF inner = area.adjusted(8, 8, -8, -8);
    const QRectF upper(inner.left(), inner.top(), inner.width(), inner.height() * 0.44);
    const QRectF lower(inner.left(), inner.top() + inner.height() * 0.56, inner.width(), inner.height() * 0.44);
    drawDataset(painter, upper, *entry.dataset, blend(base, text, 0.62));
    drawSketch(painter, lower, entry.sketch, colour, blend(base, text, 0.45));
    painter.restore();
}

QSize PresetCardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return m_size; }

QSize PresetCardDelegate::wantedSize(const QFont& font) {
    const QFontMetricsF title(titleFont(font));
    const QFontMetricsF small(smallFont(font));
    const QRectF nothing = textArea(QRect(0, 0, 0, 0));
    // Three lines for the name, and one each for description, result and state; the longest result.
    const double height = titleLines * title.height() + 2 + 3 * small.height() - nothing.height();
    const double width = 25 * title.averageCharWidth() - nothing.width();
    return {std::max(310, static_cast<int>(std::ceil(width))), std::max(132, static_cast<int>(std::ceil(height)))};
}

QRectF PresetCardDelegate::textArea(const QRect& item) {
    return QRectF(item).adjusted(around + inside + pictureWidth + 10, around + 7, -around - inside, -around - 7);
}

void PresetCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const PresetEntry& entry = m_entries->at(static_cast<size_t>(index.data(entryRole).toInt()));
    const QPalette& palette = option.palette;
    const bool dark = isDark(palette);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor base = palette.color(QPalette::Base);
    const QColor ink = palette.color(QPalette::Text);
    const QColor accent = palette.color(QPalette::Link);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(option.rect).adjusted(around, around, -around, -around);
    painter->setPen(chosen ? QPen(accent, 2) : QPen(blend(base, ink, hovered ? 0.45 : 0.22), 1));
    painter->setBrush(chosen ? blend(base, accent, dark ? 0.14 : 0.08) : base);
    painter->drawRoundedRect(card, radius, radius);

    const QRectF picture(card.left() + inside, card.top() + inside, pictureWidth, card.height() - 2 * inside);
    paintPresetPicture(*painter, picture, entry, palette);
    QRectF texts = textArea(option.rect);
    painter->setFont(titleFont(option.font));
    painter->setPen(ink);
    texts.setTop(texts.top() + drawText(*painter, texts, index.data().toString(), titleLines) + 2);
    const QFont font = smallFont(option.font);
    painter->setFont(font);
    const double line = QFontMetricsF(font).height();
    // Result and state stand at the bottom of every card.
    const QRectF state(texts.left(), texts.bottom() - line, texts.width(), line);
    const QRectF result(texts.left(), state.top() - line, texts.width(), line);
    painter->setPen(blend(base, ink, 0.82));
    const double room = (entry.published.isEmpty() ? state.top() : result.top()) - texts.top();
    drawText(*painter, {texts.left(), texts.top(), texts.width(), room}, entry.description,
             std::max(1, static_cast<int>(room / line)));
    if (!entry.published.isEmpty()) {
        painter->setFont(titleFont(font));
        painter->setPen(ink);
        drawText(*painter, result, tr("Published %1").arg(publishedAccuracyText(*entry.config.reference)), 1);
        painter->setFont(font);
    }
    const bool here = entry.status == DatasetStatus::ready || entry.status == DatasetStatus::generated;
    painter->setPen(here ? (dark ? QColor(0x2fc499) : QColor(0x00664a)) : blend(base, ink, 0.72));
    drawText(*painter, state, entry.file.isEmpty() ? statusText(entry) : tr("yours · %1").arg(statusText(entry)), 1);
    painter->restore();
}

}  // namespace resonate::app
