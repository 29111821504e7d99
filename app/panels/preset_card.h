// app/panels/preset_card.h: how the gallery draws a preset: picture, name, description, published result, data here?
#pragma once

#include <QModelIndex>
#include <QStyledItemDelegate>
#include <filesystem>

#include "models/neuron_sketch.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"

namespace resonate::app {

/// What the gallery shows of a preset.
struct PresetEntry {
    QString name;
    QString title;
    QString description;
    QString published;  ///< "Published: 85.8 ± 0.7 % test accuracy", or ""
    QString file;       ///< of the user's own; else ""
    ExperimentConfig config;
    const DatasetInfo* dataset = nullptr;
    DatasetStatus status = DatasetStatus::missing;
    NeuronSketch sketch;
};
/// One's own first, then the shipped ones in their order. A file that cannot be read is left out.
std::vector<PresetEntry> presetEntries(const std::filesystem::path& dataDir);

/// The lines of a text in that room, at most `most`; a word too long is broken, and what does not fit ends with "…".
QStringList wrappedLines(const QString& text, const QFont& font, const QSizeF& room, int most);

/// The data set above, how the neuron answers below.
void paintPresetPicture(QPainter& painter, const QRectF& area, const PresetEntry& entry, const QPalette& palette);

/// Draws entries; their index is in `entryRole`.
class PresetCardDelegate : public QStyledItemDelegate {
    Q_OBJECT

 public:
    static constexpr int entryRole = Qt::UserRole + 1;
    PresetCardDelegate(const std::vector<PresetEntry>* entries, QObject* parent)
        : QStyledItemDelegate(parent), m_entries(entries) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setCardSize(const QSize& size) { m_size = size; }

    /// The least a card needs for letters of this font.
    static QSize wantedSize(const QFont& font);
    /// Of a card in `item`: where its name stands, and all below it.
    static QRectF textArea(const QRect& item);
    static constexpr int titleLines = 3;

 private:
    const std::vector<PresetEntry>* m_entries;
    QSize m_size{310, 132};
};

}  // namespace resonate::app
