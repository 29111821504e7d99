// app/panels/card_parts.h: the painted parts of a data set's card.
#pragma once

#include <QLabel>
#include <QWidget>
#include <memory>

#include "views/sample_painter.h"

namespace resonate::app {

/// A sample without axes, or a neutral placeholder.
class SamplePicture : public QWidget {
    Q_OBJECT

 public:
    explicit SamplePicture(QWidget* parent = nullptr);

    void setSample(const SharedSample& sample);
    bool hasSample() const { return m_painter != nullptr; }
    QSize sizeHint() const override { return {132, 96}; }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    std::unique_ptr<SamplePainter> m_painter;
};

/// One word about a state in its colour, with a sign that says the same without colour.
class StatusChip : public QWidget {
    Q_OBJECT

 public:
    enum class Tone { Good, Neutral, Busy, Bad };

    explicit StatusChip(QWidget* parent = nullptr);

    void setStatus(Tone tone, const QString& text);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    QString label() const;

    Tone m_tone = Tone::Neutral;
    QString m_text;
};

/// Colour of a sentence about an error.
QColor errorColour(const QPalette& palette);

}  // namespace resonate::app
