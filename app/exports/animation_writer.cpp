// app/exports/animation_writer.cpp: see animation_writer.h.
#include "exports/animation_writer.h"

#include <gif_lib.h>

#include <QBuffer>
#include <QCoreApplication>
#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exports/view_exporter.h"
#include "resonate/error.h"

namespace resonate::app {
namespace {

/// Viewers slow down what is faster than 2 / 100 s.
int hundredths(int picturesPerSecond) { return std::max(2, 100 / std::max(1, picturesPerSecond)); }

constexpr int mostColours = 256;
/// Of more, those that fill most of the picture are kept as they are: background, shades and lines. The rest are edges.
constexpr int exactColours = 64;

/// A picture's pixels as places in a table of colours.
struct IndexedPicture {
    std::vector<GifByteType> places;
    std::vector<GifColorType> table = std::vector<GifColorType>(mostColours);
    bool made = false;
};

IndexedPicture indexed(const std::vector<QRgb>& pixels) {
    std::unordered_map<QRgb, int> counts;
    for (const QRgb pixel : pixels) ++counts[pixel];
    std::vector<std::pair<QRgb, int>> colours(counts.begin(), counts.end());
    std::sort(colours.begin(), colours.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (colours.size() > mostColours) colours.resize(exactColours);

    IndexedPicture picture;
    picture.places.resize(pixels.size());
    std::unordered_map<QRgb, GifByteType> place;
    for (size_t i = 0; i < colours.size(); ++i) {
        const QRgb colour = colours[i].first;
        place[colour] = static_cast<GifByteType>(i);
        picture.table[i] = {static_cast<GifByteType>(qRed(colour)), static_cast<GifByteType>(qGreen(colour)),
                            static_cast<GifByteType>(qBlue(colour))};
    }
    std::vector<size_t> rest;
    std::vector<GifByteType> red, green, blue;
    for (size_t i = 0; i < pixels.size(); ++i) {
        if (const auto known = place.find(pixels[i]); known != place.end()) {
            picture.places[i] = known->second;
            continue;
        }
        rest.push_back(i);
        red.push_back(static_cast<GifByteType>(qRed(pixels[i])));
        green.push_back(static_cast<GifByteType>(qGreen(pixels[i])));
        blue.push_back(static_cast<GifByteType>(qBlue(pixels[i])));
    }
    picture.made = true;
    if (rest.empty()) return picture;
    std::vector<GifByteType> index(rest.size());
    int left = mostColours - exactColours;
    picture.made = GifQuantizeBuffer(static_cast<unsigned>(rest.size()), 1, &left, red.data(), green.data(),
                                     blue.data(), index.data(), picture.table.data() + exactColours) == GIF_OK;
    for (size_t i = 0; i < rest.size(); ++i)
        picture.places[rest[i]] = static_cast<GifByteType>(exactColours + index[i]);
    return picture;
}

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
    GifAnimation(const QString& file, int picturesPerSecond, const QByteArray& xmp)
        : m_file(file), m_hundredths(hundredths(picturesPerSecond)), m_xmp(xmp) {
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
        std::vector<QRgb> colours;
        colours.reserve(count);
        for (int y = 0; y < m_size.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
            colours.insert(colours.end(), line, line + m_size.width());
        }
        IndexedPicture drawn = indexed(colours);
        if (!drawn.made) fail(E_GIF_ERR_NOT_ENOUGH_MEM);
        GraphicsControlBlock control{};
        control.DisposalMode = DISPOSE_DO_NOT;
        control.DelayTime = m_hundredths;
        control.TransparentColor = NO_TRANSPARENT_COLOR;
        GifByteType extension[4];
        EGifGCBToExtension(&control, extension);
        check(EGifPutExtension(m_gif, GRAPHICS_EXT_FUNC_CODE, sizeof extension, extension));
        ColorMapObject* map = GifMakeMapObject(mostColours, drawn.table.data());
        const int described = EGifPutImageDesc(m_gif, 0, 0, m_size.width(), m_size.height(), false, map);
        GifFreeMapObject(map);
        check(described);
        for (int y = 0; y < m_size.height(); ++y)
            check(EGifPutLine(m_gif, drawn.places.data() + static_cast<size_t>(y) * static_cast<size_t>(m_size.width()),
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
        putPacket();
    }
    /// As the XMP specification, part 3, puts it into a GIF: as one piece, which readers of blocks skip by the lengths
    /// that its own letters seem to be, and from any of the bytes behind it to the same end.
    void putPacket() {
        check(EGifPutExtensionLeader(m_gif, APPLICATION_EXT_FUNC_CODE));
        check(EGifPutExtensionBlock(m_gif, 11, "XMP DataXMP"));
        m_bytes += m_xmp;
        m_bytes += '\1';
        for (int length = 255; length >= 0; --length) m_bytes += static_cast<char>(length);
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
    QByteArray m_xmp;
    QByteArray m_bytes;
    GifFileType* m_gif = nullptr;
    QSize m_size;
};

}  // namespace

std::unique_ptr<AnimationWriter> pngSequence(const QString& folder) { return std::make_unique<PngSequence>(folder); }

double gifPictureSeconds(int picturesPerSecond) { return hundredths(picturesPerSecond) / 100.0; }

std::unique_ptr<AnimationWriter> gifAnimation(const QString& file, int picturesPerSecond, const QByteArray& xmp) {
    return std::make_unique<GifAnimation>(file, picturesPerSecond, xmp);
}

}  // namespace resonate::app
