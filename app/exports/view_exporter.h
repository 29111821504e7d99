// app/exports/view_exporter.h: a view as SVG, PDF, PNG or CSV file, or on the clipboard.
#pragma once

#include <QSizeF>
#include <QString>

#include "views/exportable_view.h"

namespace resonate::app {

struct ExportOptions {
    QSizeF millimetres{180, 100};
    int dotsPerInch = 300;  ///< PNG only
    QString origin;         ///< kept in the file's metadata: "run 2026-01-01-…"
};

/// Writes the view in the format of the file's ending (.svg, .pdf, .png, .csv) through a temporary file. Throws
/// RunError or ConfigError with one sentence.
void exportView(ExportableView& view, const QString& file, const ExportOptions& options);

void copyViewToClipboard(ExportableView& view, const ExportOptions& options);

}  // namespace resonate::app
