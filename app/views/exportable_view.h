// app/views/exportable_view.h: what a view must offer to be exported.
#pragma once

#include <QCoreApplication>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace resonate::app {

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
    /// Draws the figure in print style, in lines and shapes rather than pixels.
    virtual void renderForExport(QPainter& painter, const QRectF& area) = 0;
    /// The numbers shown, with a header line.
    virtual QString csv() const = 0;
};

}  // namespace resonate::app
