// tests/app/picture.cpp: see picture.h.
#include "picture.h"

#include <QDir>
#include <QFile>
#include <algorithm>
#include <cstdlib>

namespace resonate::tests {
namespace {

/// Thirty-two shades of each colour: smaller files, far below what counts as a difference.
QImage coarse(QImage picture) {
    for (int y = 0; y < picture.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        const auto shade = [](int value) { return (value * 31 + 127) / 255 * 255 / 31; };
        for (int x = 0; x < picture.width(); ++x)
            line[x] = qRgb(shade(qRed(line[x])), shade(qGreen(line[x])), shade(qBlue(line[x])));
    }
    return picture;
}

}  // namespace

PictureDifference compare_pictures(const QImage& actual, const QImage& stored) {
    PictureDifference difference;
    const QImage a = actual.convertToFormat(QImage::Format_RGB32);
    const QImage b = stored.convertToFormat(QImage::Format_RGB32);
    difference.sameSize = a.size() == b.size();
    if (!difference.sameSize) return difference;
    difference.of = a.width() * a.height();
    difference.shown = QImage(a.size(), QImage::Format_RGB32);
    for (int y = 0; y < a.height(); ++y) {
        const auto* left = reinterpret_cast<const QRgb*>(a.constScanLine(y));
        const auto* right = reinterpret_cast<const QRgb*>(b.constScanLine(y));
        auto* shown = reinterpret_cast<QRgb*>(difference.shown.scanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            const int apart =
                std::max({std::abs(qRed(left[x]) - qRed(right[x])), std::abs(qGreen(left[x]) - qGreen(right[x])),
                          std::abs(qBlue(left[x]) - qBlue(right[x]))});
            const bool differs = apart > PictureDifference::channel;
            difference.pixels += differs;
            const int grey = 160 + qGray(left[x]) * 95 / 255;
            shown[x] = differs ? qRgb(220, 0, 0) : qRgb(grey, grey, grey);
        }
    }
    return difference;
}

QString baseline_complaint(const QImage& actual, const QString& name) {
    const QDir folder(QStringLiteral(RESONATE_SOURCE_DIR "/tests/app/baselines"));
    const QString file = folder.filePath(name + QStringLiteral(".png"));
    const QString seen = folder.filePath(name + QStringLiteral(".actual.png"));
    const QString differing = folder.filePath(name + QStringLiteral(".difference.png"));
    // Without the scale: a stored picture is its pixels.
    QImage picture = actual.convertToFormat(QImage::Format_RGB32);
    picture.setDevicePixelRatio(1);
    picture = coarse(picture);
    for (const QString& old : {seen, differing}) QFile::remove(old);
    constexpr int smallestFile = 0;
    if (qEnvironmentVariableIsSet("RESONATE_UPDATE_BASELINES"))
        return picture.save(file, "PNG", smallestFile) ? QString()
                                                       : QStringLiteral("%1 could not be written").arg(file);
    const QImage stored(file);
    const PictureDifference difference = compare_pictures(picture, stored);
    if (!stored.isNull() && !difference.tooLarge()) return {};
    picture.save(seen, "PNG");
    difference.shown.save(differing, "PNG");
    const QString what =
        stored.isNull() ? QStringLiteral("there is no stored picture %1").arg(file)
        : !difference.sameSize
            ? QStringLiteral("%1 has another size").arg(file)
            : QStringLiteral("%1 of %2 pixels differ from %3").arg(difference.pixels).arg(difference.of).arg(file);
    return QStringLiteral("%1; see %2. If that is how it should look, run again with RESONATE_UPDATE_BASELINES=1.")
        .arg(what, seen);
}

}  // namespace resonate::tests
