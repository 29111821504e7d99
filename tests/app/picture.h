// tests/app/picture.h: compares a picture with a stored one.
#pragma once

#include <QImage>
#include <QString>

namespace resonate::tests {

/// How far two pictures are apart. Edges of letters and lines may differ in a shade between machines, words and curves
/// may not be missing.
struct PictureDifference {
    /// Difference of a colour channel from which a pixel counts as another one.
    static constexpr int channel = 48;
    /// Share of such pixels that is still the same picture.
    static constexpr double share = 0.0001;

    int pixels = 0;
    int of = 0;
    bool sameSize = true;
    QImage shown;  ///< the picture faintly, differing pixels in red

    bool tooLarge() const { return !sameSize || pixels > share * of; }
};

PictureDifference compare_pictures(const QImage& actual, const QImage& stored);

/// Compares with the stored picture of that name; "" where they are the same, else a sentence. The picture and the
/// difference are written beside the stored one then. With $RESONATE_UPDATE_BASELINES set, the picture is stored.
QString baseline_complaint(const QImage& actual, const QString& name);

}  // namespace resonate::tests
