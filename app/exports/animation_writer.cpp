// app/exports/animation_writer.cpp: see animation_writer.h.
#include "exports/animation_writer.h"

#include <gif_lib.h>

#include <QBuffer>
#include <QCoreApplication>
#include <algorithm>
#include <vector>

#include "exports/view_exporter.h"
#include "resonate/error.h"

namespace resonate::app {
namespace {

/// Viewers slow down what is faster than 2 / 100 s.
int hundredths(int picturesPerSecond) { return std::max(2, 100 / std::max(1, picturesPerSecond)); }

class PngSequence : public AnimationWriter {
 public:
    explicit PngSequence(const QString& folder) : m_folder(folder) {}

    void add(const QImage& picture) override {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        picture.save(&buffer, "PNG");
        writeWhole(QStringLiteral("%1/frame_%2.png").arg(m_folder).arg(++m_count, 4, 10, QLatin1Char('0')), bytes);
    }
    void finish() override {}

 private:
    QString m_folder;
    int m_count = 0;
};

class GifAnimation : public AnimationWriter {
 public:
    GifAnimation(const QString& file, int picturesPerSecond)
        : m_file(file), m_hundredths(hundredths(picturesPerSecond)) {
        int error = 0;
        m_gif = EGifOpen(&m_bytes, &GifAnimation::collect, &error);
        if (!m_gif) fail(error);
    }
    ~GifAnimation() override { close(); }
    GifAnimation(const GifAnimation&) = delete;
    GifAnimation& operator=(const GifAnimation&) = delete;

    void add(const QImage& picture) override {
        if (m_size.isEmpty()) begin(picture.size());
        const QImage pixels = picture.convertToFormat(QImage::Format_RGB32);
        const auto count = static_cast<size_t>(m_size.width()) * static_cast<size_t>(m_size.height());
        std::vector<GifByteType> red(count), green(count), blue(count), index(count);
        size_t at = 0;
        for (int y = 0; y < m_size.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
            for (int x = 0; x < m_size.width(); ++x, ++at) {
                red[at] = static_cast<GifByteType>(qRed(line[x]));
                green[at] = static_cast<GifByteType>(qGreen(line[x]));
                blue[at] = static_cast<GifByteType>(qBlue(line[x]));
            }
        }
        int colours = 256;
        std::vector<GifColorType> table(256);
        check(GifQuantizeBuffer(static_cast<unsigned>(m_size.width()), static_cast<unsigned>(m_size.height()), &colours,
                                red.data(), green.data(), blue.data(), index.data(), table.data()));
        GraphicsControlBlock control{};
        control.DisposalMode = DISPOSE_DO_NOT;
        control.DelayTime = m_hundredths;
        control.TransparentColor = NO_TRANSPARENT_COLOR;
        GifByteType extension[4];
        EGifGCBToExtension(&control, extension);
        check(EGifPutExtension(m_gif, GRAPHICS_EXT_FUNC_CODE, sizeof extension, extension));
        ColorMapObject* map = GifMakeMapObject(256, table.data());
        const int described = EGifPutImageDesc(m_gif, 0, 0, m_size.width(), m_size.height(), false, map);
        GifFreeMapObject(map);
        check(described);
        for (int y = 0; y < m_size.height(); ++y)
            check(EGifPutLine(m_gif, index.data() + static_cast<size_t>(y) * static_cast<size_t>(m_size.width()),
                              m_size.width()));
    }

    void finish() override {
        close();
        writeWhole(m_file, m_bytes);
    }

 private:
    static int collect(GifFileType* gif, const GifByteType* bytes, int count) {
        static_cast<QByteArray*>(gif->UserData)->append(reinterpret_cast<const char*>(bytes), count);
        return count;
    }
    void begin(const QSize& size) {
        m_size = size;
        EGifSetGifVersion(m_gif, true);
        check(EGifPutScreenDesc(m_gif, size.width(), size.height(), 8, 0, nullptr));
        check(EGifPutExtensionLeader(m_gif, APPLICATION_EXT_FUNC_CODE));
        check(EGifPutExtensionBlock(m_gif, 11, "NETSCAPE2.0"));
        const GifByteType forEver[] = {1, 0, 0};
        check(EGifPutExtensionBlock(m_gif, sizeof forEver, forEver));
        check(EGifPutExtensionTrailer(m_gif));
    }
    void close() {
        int error = 0;
        if (m_gif) EGifCloseFile(m_gif, &error);
        m_gif = nullptr;
    }
    void check(int result) const {
        if (result != GIF_OK) fail(m_gif->Error);
    }
    [[noreturn]] void fail(int error) const {
        const char* reason = GifErrorString(error);
        throw RunError(QCoreApplication::translate("AnimationWriter", "%1: the GIF cannot be made: %2; try PNG files")
                           .arg(m_file, QString::fromUtf8(reason ? reason : "unknown error"))
                           .toStdString());
    }

    QString m_file;
    int m_hundredths;  ///< seconds / 100 for each picture
    QByteArray m_bytes;
    GifFileType* m_gif = nullptr;
    QSize m_size;
};

}  // namespace

std::unique_ptr<AnimationWriter> pngSequence(const QString& folder) { return std::make_unique<PngSequence>(folder); }

double gifPictureSeconds(int picturesPerSecond) { return hundredths(picturesPerSecond) / 100.0; }

std::unique_ptr<AnimationWriter> gifAnimation(const QString& file, int picturesPerSecond) {
    return std::make_unique<GifAnimation>(file, picturesPerSecond);
}

}  // namespace resonate::app
