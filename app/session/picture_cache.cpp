// app/session/picture_cache.cpp: see picture_cache.h.
#include "session/picture_cache.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace resonate::app {
namespace {

constexpr quint32 formatVersion = 1;

/// Path, size and time of a file or folder.
QByteArray stampOf(const QString& path) {
    const QFileInfo info(path);
    return QStringLiteral("%1 %2 %3\n")
        .arg(info.absoluteFilePath())
        .arg(info.size())
        .arg(info.lastModified().toMSecsSinceEpoch())
        .toUtf8();
}

template <class Number>
void put(QDataStream& stream, const std::vector<Number>& values) {
    const QByteArray bytes(reinterpret_cast<const char*>(values.data()),
                           static_cast<qsizetype>(values.size() * sizeof(Number)));
    stream << qCompress(bytes);
}

template <class Number>
std::vector<Number> take(QDataStream& stream) {
    QByteArray packed;
    stream >> packed;
    const QByteArray bytes = qUncompress(packed);
    const auto* first = reinterpret_cast<const Number*>(bytes.constData());
    return {first, first + bytes.size() / static_cast<qsizetype>(sizeof(Number))};
}

}  // namespace

PictureCache::PictureCache(const DatasetConfig& dataset, const std::filesystem::path& dataDir) : m_dataset(dataset) {
    const DatasetInfo& info = dataset_info(dataset.name);
    QByteArray source = QByteArray::fromStdString(dataset.name) + '\n';
    if (info.own) source += stampOf(QString::fromStdString(dataset.path));
    const QString folder = QString::fromStdString((dataDir / info.folder).string());
    for (const DatasetFile& file : info.files) {
        const QString name = folder + QLatin1Char('/') + QString::fromStdString(file.name);
        source += stampOf(QFileInfo::exists(name) ? name : name + QStringLiteral(".gz"));
    }
    const QByteArray hash = QCryptographicHash::hash(source, QCryptographicHash::Sha256).toHex().left(16);
    m_file = QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/samples/") +
             QString::fromStdString(dataset.name) + QLatin1Char('-') + QString::fromLatin1(hash);
}

SharedSample PictureCache::read() const {
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly)) return nullptr;
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    qint64 steps = 0;
    qint64 inputs = 0;
    ShownSample shown;
    stream >> version >> steps >> inputs;
    if (version != formatVersion || steps < 1 || inputs < 1) return nullptr;
    shown.sample.steps = steps;
    shown.sample.inputs = inputs;
    shown.sample.input = take<float>(stream);
    shown.sample.labels = take<std::int64_t>(stream);
    shown.stepOrder = take<std::int64_t>(stream);
    stream >> shown.place;
    const auto count = static_cast<size_t>(steps);
    const bool whole = stream.status() == QDataStream::Ok &&
                       shown.sample.input.size() == count * static_cast<size_t>(inputs) &&
                       (shown.sample.labels.size() == 1 || shown.sample.labels.size() == count) &&
                       (shown.stepOrder.empty() || shown.stepOrder.size() == count);
    if (!whole) return nullptr;
    for (const std::int64_t step : shown.stepOrder)
        if (step < 0 || step >= steps) return nullptr;
    shown.info = describe_dataset(m_dataset);
    return std::make_shared<const ShownSample>(std::move(shown));
}

void PictureCache::write(const ShownSample& sample) const {
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly)) return;
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << formatVersion << static_cast<qint64>(sample.sample.steps) << static_cast<qint64>(sample.sample.inputs);
    put(stream, sample.sample.input);
    put(stream, sample.sample.labels);
    put(stream, sample.stepOrder);
    stream << sample.place;
    file.commit();
}

}  // namespace resonate::app
