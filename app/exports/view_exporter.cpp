// app/exports/view_exporter.cpp: see view_exporter.h.
#include "exports/view_exporter.h"

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include "resonate/error.h"

namespace resonate::app {
namespace {

constexpr double millimetresPerInch = 25.4;
/// Views lay themselves out in screen pixels of this density; exports scale from it.
constexpr double layoutDotsPerInch = 96;

QString say(const char* text) { return QCoreApplication::translate("ViewExporter", text); }

QRectF layoutArea(const ExportOptions& options) {
    return {QPointF(0, 0), options.millimetres * (layoutDotsPerInch / millimetresPerInch)};
}

QString origin(const ExportOptions& options) {
    return options.origin.isEmpty() ? QStringLiteral("Resonate") : QStringLiteral("Resonate, %1").arg(options.origin);
}

void paint(QPaintDevice& device, ExportableView& view, const ExportOptions& options, double scale) {
    QPainter painter(&device);
    QFont font = QGuiApplication::font();
    font.setPixelSize(12);
    painter.setFont(font);
    painter.scale(scale, scale);
    view.renderForExport(painter, layoutArea(options));
}

QImage pixels(ExportableView& view, const ExportOptions& options) {
    const double perMillimetre = options.dotsPerInch / millimetresPerInch;
    QImage image((options.millimetres * perMillimetre).toSize(), QImage::Format_RGB32);
    image.setDotsPerMeterX(qRound(perMillimetre * 1000));
    image.setDotsPerMeterY(qRound(perMillimetre * 1000));
    image.fill(Qt::white);
    paint(image, view, options, options.dotsPerInch / layoutDotsPerInch);
    image.setText(QStringLiteral("Title"), view.exportTitle());
    image.setText(QStringLiteral("Software"), QStringLiteral("Resonate"));
    image.setText(QStringLiteral("Source"), origin(options));
    return image;
}

QByteArray svg(ExportableView& view, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(layoutDotsPerInch));
    generator.setSize(layoutArea(options).size().toSize());
    generator.setViewBox(layoutArea(options));
    generator.setTitle(view.exportTitle());
    generator.setDescription(origin(options));
    paint(generator, view, options, 1);
    return bytes;
}

QByteArray pdf(ExportableView& view, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(options.millimetres, QPageSize::Millimeter, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(1200);
    writer.setTitle(view.exportTitle());
    writer.setCreator(origin(options));
    paint(writer, view, options, 1200 / layoutDotsPerInch);
    return bytes;
}

QByteArray png(ExportableView& view, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    pixels(view, options).save(&buffer, "PNG");
    return bytes;
}

}  // namespace

void exportView(ExportableView& view, const QString& file, const ExportOptions& options) {
    if (!view.hasContent())
        throw ConfigError(say("This view is empty: %1, then export it.").arg(view.howToFill()).toStdString());
    const QString ending = QFileInfo(file).suffix().toLower();
    QByteArray bytes;
    if (ending == QLatin1String("svg"))
        bytes = svg(view, options);
    else if (ending == QLatin1String("pdf"))
        bytes = pdf(view, options);
    else if (ending == QLatin1String("png"))
        bytes = png(view, options);
    else if (ending == QLatin1String("csv"))
        bytes = view.csv().toUtf8();
    else
        throw ConfigError(say("%1: expected a name ending in .svg, .pdf, .png or .csv").arg(file).toStdString());
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit())
        throw RunError(
            say("%1: cannot be written: %2; choose another place").arg(file, target.errorString()).toStdString());
}

void copyViewToClipboard(ExportableView& view, const ExportOptions& options) {
    if (!view.hasContent())
        throw ConfigError(say("This view is empty: %1, then copy it.").arg(view.howToFill()).toStdString());
    QGuiApplication::clipboard()->setImage(pixels(view, options));
}

}  // namespace resonate::app
