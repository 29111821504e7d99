// tests/app/svg_texts.h: the words of a figure, as its SVG has them.
#pragma once

#include <QFile>
#include <QTemporaryDir>
#include <QTransform>
#include <QXmlStreamReader>

#include "exports/view_exporter.h"

namespace resonate::tests {

struct SvgText {
    QString text;
    double bottom = 0;  ///< of its letters, from the top of the page, in units of the page
    QString letters;    ///< their size
};

inline QList<SvgText> svg_texts(app::ExportableView& view, const app::ExportOptions& options) {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("figure.svg")));
    app::exportView(view, file.fileName(), options);
    QList<SvgText> texts;
    if (!file.open(QIODevice::ReadOnly)) return texts;
    QXmlStreamReader xml(&file);
    QTransform place;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        const auto value = [&](const char* name) { return attributes.value(QLatin1String(name)).toString(); };
        if (const QString matrix = value("transform"); matrix.startsWith(QLatin1String("matrix("))) {
            const QStringList m = matrix.mid(7).chopped(1).split(QLatin1Char(','));
            place = QTransform(m[0].toDouble(), m[1].toDouble(), m[2].toDouble(), m[3].toDouble(), m[4].toDouble(),
                               m[5].toDouble());
        }
        if (xml.name() != QLatin1String("text")) continue;
        const QPointF at = place.map(QPointF(value("x").toDouble(), value("y").toDouble()));
        texts.append({xml.readElementText(), at.y(), value("font-size")});
    }
    return texts;
}

inline bool says(const QList<SvgText>& texts, const QString& text) {
    return std::any_of(texts.begin(), texts.end(), [&](const SvgText& one) { return one.text == text; });
}

}  // namespace resonate::tests
