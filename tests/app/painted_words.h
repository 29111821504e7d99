// tests/app/painted_words.h: the words that a view paints, and where.
#pragma once

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <algorithm>

#include "views/exportable_view.h"

namespace resonate::tests {

struct PaintedWord {
    QString text;  ///< what is written in one piece: a letter that another font has is a piece of its own
    QRectF area;
};

/// Keeps what is written, and where; all else is not drawn.
class WordEngine : public QPaintEngine {
 public:
    WordEngine() : QPaintEngine(AllFeatures) {}
    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState& now) override {
        if (now.state() & DirtyTransform) m_transform = now.transform();
    }
    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        const QRectF area(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        if (!item.text().trimmed().isEmpty()) words.append({item.text(), m_transform.mapRect(area)});
    }
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}

    QList<PaintedWord> words;

 private:
    QTransform m_transform;
};

class WordPaper : public QPaintDevice {
 public:
    explicit WordPaper(const QSize& size) : m_size(size) {}
    QPaintEngine* paintEngine() const override { return &m_engine; }
    const QList<PaintedWord>& words() const { return m_engine.words; }

 protected:
    int metric(PaintDeviceMetric metric) const override {
        switch (metric) {
            case PdmWidth: return m_size.width();
            case PdmHeight: return m_size.height();
            case PdmDevicePixelRatio: return 1;
            case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
            case PdmDepth: return 32;
            case PdmDpiX:
            case PdmDpiY:
            case PdmPhysicalDpiX:
            case PdmPhysicalDpiY: return 96;
            default: return QPaintDevice::metric(metric);
        }
    }

 private:
    QSize m_size;
    mutable WordEngine m_engine;
};

/// Of the figure in that size.
inline QList<PaintedWord> painted_words(app::ExportableView& view, const QSize& size) {
    WordPaper paper(size);
    {
        QPainter painter(&paper);
        view.renderForExport(painter, QRectF(QPointF(0, 0), size));
    }
    return paper.words();
}

inline bool says(const QList<PaintedWord>& words, const QString& text) {
    QString all;
    for (const PaintedWord& word : words) all += word.text;
    return all.contains(text);
}

/// Words that lie upon others, by more than their edges.
inline QStringList covered_words(const QList<PaintedWord>& words) {
    QStringList covered;
    const auto inner = [](const PaintedWord& word) {
        // Accents lie upon their letters.
        const bool mark = std::min(word.area.width(), word.area.height()) < 5;
        return mark ? QRectF() : word.area.adjusted(1, 3, -1, -3);
    };
    for (qsizetype i = 0; i < words.size(); ++i)
        for (qsizetype j = 0; j < i; ++j)
            if (inner(words[i]).intersects(inner(words[j])))
                covered.append(words[j].text + QLatin1String(" / ") + words[i].text);
    return covered;
}

}  // namespace resonate::tests
