// app/exports/animation_writer.h: pictures in their order as numbered PNG files or as one GIF.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <memory>

namespace resonate::app {

class AnimationWriter {
 public:
    virtual ~AnimationWriter() = default;
    /// All pictures have the size of the first. Throws RunError.
    virtual void add(const QImage& picture) = 0;
    /// After the last one. Throws RunError.
    virtual void finish() = 0;
};

/// `folder`/frame_0001.png and so on; the folder must be there. `add()` writes at once.
std::unique_ptr<AnimationWriter> pngSequence(const QString& folder);
/// How long a GIF shows each picture, seconds: it counts in hundredths.
double gifPictureSeconds(int picturesPerSecond);
/// A GIF that repeats for ever, each picture in its 256 best colours, those of its
/// background and lines as they are; written whole by finish(). `xmp`: what it says of itself, see recordAsXmp().
std::unique_ptr<AnimationWriter> gifAnimation(const QString& file, int picturesPerSecond, const QByteArray& xmp);

}  // namespace resonate::app
