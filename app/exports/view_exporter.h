// app/exports/view_exporter.h: a view as SVG, PDF, PNG or CSV file, or on the clipboard.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSizeF>
#include <QString>

#include "exports/figure_record.h"
#include "views/exportable_view.h"

namespace resonate::app {

enum class FigureColours {
    Print,   ///< light, whatever the theme
    Screen,  ///< as the theme has them
};

struct ExportOptions {
    QSizeF millimetres{180, 100};
    int dotsPerInch = 300;  ///< PNG only
    /// Size of the text; lines and margins follow it.
    double fontPoints = 9;
    FigureColours colours = FigureColours::Print;
    bool titled = true;   ///< with the view's title; that of a run's view names run, epoch and test sample as well
    QString origin;       ///< kept in the file's metadata: "run 2026-01-01-…"
    FigureRecord record;  ///< so is this
};

/// Endings of the formats, best first.
inline constexpr const char* exportFormats[] = {"pdf", "svg", "png", "csv"};

/// Writes the view in the format of the file's ending (.svg, .pdf, .png, .csv) through a temporary file. Throws
/// RunError or ConfigError with one sentence.
void exportView(ExportableView& view, const QString& file, const ExportOptions& options);
/// Writes all of it through a temporary file. Throws RunError.
void writeWhole(const QString& file, const QByteArray& bytes);

/// The figure as pixels, without metadata. Throws ConfigError where there would be too many.
QImage figureImage(ExportableView& view, const ExportOptions& options);
/// Pixels of the figure as PNG.
QSize figurePixels(const ExportOptions& options);

/// As PNG and as SVG; who pastes takes what it can.
void copyViewToClipboard(ExportableView& view, const ExportOptions& options);

}  // namespace resonate::app
