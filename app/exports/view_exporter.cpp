// app/exports/view_exporter.cpp: see view_exporter.h.
#include "exports/view_exporter.h"

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include "resonate/error.h"

namespace resonate::app {
namespace {

constexpr double millimetresPerInch = 25.4;
/// Views lay themselves out in screen pixels of this density, with text of this size; exports scale from it.
constexpr double layoutDotsPerInch = 96;
constexpr double layoutFontPoints = 9;
constexpr qint64 mostPixels = 100'000'000;

QString say(const char* text) { return QCoreApplication::translate("ViewExporter", text); }

double textScale(const ExportOptions& options) { return options.fontPoints / layoutFontPoints; }

QSizeF layoutSize(const ExportOptions& options) {
    return options.millimetres * (layoutDotsPerInch / millimetresPerInch);
}

QString origin(const ExportOptions& options) {
    return options.origin.isEmpty() ? QStringLiteral("Resonate") : QStringLiteral("Resonate, %1").arg(options.origin);
}

PlotStyle coloursOf(const ExportOptions& options) {
    return options.colours == FigureColours::Print ? PlotStyle::print()
                                                   : PlotStyle::fromPalette(QGuiApplication::palette());
}

/// "Spike raster", run, "epoch 3", "test sample 2": what is known of them.
QStringList titleParts(const ExportableView& view, const FigureRecord& record) {
    QStringList parts{view.exportTitle()};
    if (record.run.isEmpty()) return parts;
    parts << record.run;
    if (!record.epoch.isEmpty()) parts << say("epoch %1").arg(record.epoch);
    if (!record.sample.isEmpty() && view.needsSampleName()) parts << say("test sample %1").arg(record.sample);
    return parts;
}

QString inOneLine(const QStringList& parts) { return parts.join(QStringLiteral(" · ")); }

/// The title above a figure: in one line where that has room, else what follows the view's own title stands below it.
class RunTitle {
 public:
    RunTitle(const QStringList& parts, const QFont& font, double width) : m_first(inOneLine(parts)), m_font(font) {
        QFont bold = font;
        bold.setBold(true);
        const QFontMetricsF metrics(bold);
        constexpr double sides = 12;
        if (metrics.horizontalAdvance(m_first) <= width - sides) return;
        m_first = parts.first();
        QStringList rest = parts.mid(1);
        const QFontMetricsF plain(font);
        // The name of the run can be long.
        if (const double over = plain.horizontalAdvance(inOneLine(rest)) - (width - sides); over > 0)
            rest[0] = plain.elidedText(rest[0], Qt::ElideMiddle, plain.horizontalAdvance(rest[0]) - over);
        m_second = inOneLine(rest);
    }

    void draw(QPainter& painter, const QRectF& area, const PlotStyle& style) const {
        const double first = drawFigureTitle(painter, area, m_first, style);
        if (m_second.isEmpty()) return;
        painter.setPen(style.text);
        painter.drawText(QRectF(area.left(), area.top() + first - gap, area.width(), lineHeight()), Qt::AlignCenter,
                         m_second);
    }
    double height() const {
        QFont bold = m_font;
        bold.setBold(true);
        const double first = QFontMetricsF(bold).height() + 8;
        return m_second.isEmpty() ? first : first - gap + lineHeight() + 4;
    }

 private:
    static constexpr double gap = 4;  ///< that drawFigureTitle() leaves below the letters
    double lineHeight() const { return QFontMetricsF(m_font).height(); }

    QString m_first;
    QString m_second;
    QFont m_font;
};

/// `scale`: units of the device per pixel of the layout at its own text size.
void paint(QPaintDevice& device, ExportableView& view, const ExportOptions& options, double scale) {
    QPainter painter(&device);
    QFont font = QGuiApplication::font();
    font.setPixelSize(qRound(layoutFontPoints * layoutDotsPerInch / 72));
    painter.setFont(font);
    painter.scale(scale * textScale(options), scale * textScale(options));
    const PlotStyle style = coloursOf(options);
    const QRectF page(QPointF(0, 0), layoutSize(options) / textScale(options));
    const QStringList parts = titleParts(view, options.record);
    if (!options.titled || parts.size() == 1) {
        view.setFigureStyle({style, options.titled});
        view.renderForExport(painter, page);
    } else {
        const RunTitle title(parts, font, page.width());
        constexpr double untitledMargin = 6;  // of a view without a title of its own
        painter.fillRect(page, style.background);
        view.setFigureStyle({style, false});
        view.renderForExport(painter, page.adjusted(0, title.height() - untitledMargin, 0, 0));
        painter.setFont(font);
        title.draw(painter, page, style);
    }
    view.setFigureStyle({});
}

QByteArray svg(ExportableView& view, const ExportOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(layoutDotsPerInch));
    generator.setSize(layoutSize(options).toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), layoutSize(options)));
    generator.setTitle(inOneLine(titleParts(view, options.record)));
    generator.setDescription(origin(options));
    paint(generator, view, options, 1);
    const QByteArray before = "</desc>";
    if (const qsizetype at = bytes.indexOf(before); at >= 0)
        bytes.insert(at + before.size(), "\n<metadata>" + recordAsRdf(options.record, origin(options)) + "</metadata>");
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
    const QString title = inOneLine(titleParts(view, options.record));
    writer.setTitle(title);
    writer.setCreator(origin(options));
    writer.setDocumentXmpMetadata(recordAsXmp(options.record, title, origin(options)));
    paint(writer, view, options, 1200 / layoutDotsPerInch);
    return bytes;
}

QByteArray png(ExportableView& view, const ExportOptions& options) {
    QImage image = figureImage(view, options);
    image.setText(QStringLiteral("Title"), inOneLine(titleParts(view, options.record)));
    image.setText(QStringLiteral("Software"), QStringLiteral("Resonate"));
    image.setText(QStringLiteral("Source"), origin(options));
    for (const auto& [key, value] : recordAsPngTexts(options.record)) image.setText(key, value);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
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
    writeWhole(file, bytes);
}

void writeWhole(const QString& file, const QByteArray& bytes) {
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit())
        throw RunError(
            say("%1: cannot be written: %2; choose another place").arg(file, target.errorString()).toStdString());
}

QSize figurePixels(const ExportOptions& options) {
    return (options.millimetres * (options.dotsPerInch / millimetresPerInch)).toSize();
}

QImage figureImage(ExportableView& view, const ExportOptions& options) {
    const QSize size = figurePixels(options);
    const bool fits = !size.isEmpty() && static_cast<qint64>(size.width()) * size.height() <= mostPixels;
    QImage image = fits ? QImage(size, QImage::Format_RGB32) : QImage();
    if (image.isNull())
        throw ConfigError(say("%1 × %2 pixels are too many for a picture: choose a smaller size or fewer dpi")
                              .arg(size.width())
                              .arg(size.height())
                              .toStdString());
    const int perMetre = qRound(options.dotsPerInch / millimetresPerInch * 1000);
    image.setDotsPerMeterX(perMetre);
    image.setDotsPerMeterY(perMetre);
    image.fill(coloursOf(options).background);
    paint(image, view, options, options.dotsPerInch / layoutDotsPerInch);
    return image;
}

void copyViewToClipboard(ExportableView& view, const ExportOptions& options) {
    if (!view.hasContent())
        throw ConfigError(say("This view is empty: %1, then copy it.").arg(view.howToFill()).toStdString());
    auto* figure = new QMimeData;
    figure->setImageData(figureImage(view, options));
    figure->setData(QStringLiteral("image/svg+xml"), svg(view, options));
    QGuiApplication::clipboard()->setMimeData(figure);
}

}  // namespace resonate::app
