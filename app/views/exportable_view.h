// app/views/exportable_view.h: what a view must offer to be exported.
#pragma once

#include <QCoreApplication>
#include <QPainter>
#include <QRectF>
#include <QString>

#include "views/plot_style.h"

namespace resonate::app {

/// How a figure looks.
struct FigureStyle {
    PlotStyle colours = PlotStyle::print();
    bool titled = true;
};

class ExportableView {
 public:
    virtual ~ExportableView() = default;
    /// "Spike raster": title of the figure and start of its file name.
    virtual QString exportTitle() const = 0;
    virtual bool hasContent() const = 0;
    /// What the user has to do first where there is no content, as part of a sentence.
    virtual QString howToFill() const {
        return QCoreApplication::translate("ExportableView", "start a training first");
    }
    /// Draws the figure in its style, in lines and shapes rather than pixels.
    virtual void renderForExport(QPainter& painter, const QRectF& area) = 0;
    /// What it shows, "runs a, b", where that is not what its workspace has open; else "".
    virtual QString exportOrigin() const { return {}; }
    /// Does it draw the test sample that is looked at, without naming it in its title?
    virtual bool needsSampleName() const { return true; }
    /// The numbers shown, with a header line.
    virtual QString csv() const = 0;

    void setFigureStyle(const FigureStyle& style) { m_figureStyle = style; }

 protected:
    const FigureStyle& figureStyle() const { return m_figureStyle; }
    /// Writes the title where the figure has one; returns the height that is taken at its top.
    double drawTitle(QPainter& painter, const QRectF& area) const {
        constexpr double margin = 6;
        return m_figureStyle.titled ? drawFigureTitle(painter, area, exportTitle(), m_figureStyle.colours) : margin;
    }

 private:
    FigureStyle m_figureStyle;
};

}  // namespace resonate::app
