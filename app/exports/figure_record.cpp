// app/exports/figure_record.cpp: see figure_record.h.
#include "exports/figure_record.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "resonate/experiment_identity.h"

namespace resonate::app {
namespace {

constexpr qint64 largestFile = 64'000'000;          // bytes; figures have a few thousand to a few million
constexpr qsizetype longestExperiment = 1'000'000;  // characters; experiments have about two thousand

constexpr const char* ownSpace = "urn:resonatelab:figure:1";
constexpr const char* rdfSpace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr const char* dublinCore = "http://purl.org/dc/elements/1.1/";

struct Entry {
    const char* name;
    QString FigureRecord::*value;
};
constexpr Entry entries[] = {{"run", &FigureRecord::run},         {"preset", &FigureRecord::preset},
                             {"seed", &FigureRecord::seed},       {"epoch", &FigureRecord::epoch},
                             {"sample", &FigureRecord::sample},   {"neurons", &FigureRecord::neurons},
                             {"program", &FigureRecord::program}, {"experiment", &FigureRecord::experiment}};

QString say(const char* text) { return QCoreApplication::translate("FigureRecord", text); }

DataError complaint(const QString& file, const char* sentence) {
    return DataError((file + QStringLiteral(": ") + say(sentence)).toStdString());
}

void set(FigureRecord& record, QStringView name, const QString& value) {
    for (const Entry& entry : entries)
        if (name == QLatin1String(entry.name) && value.size() <= longestExperiment) record.*entry.value = value;
}

void writeRdf(QXmlStreamWriter& xml, const FigureRecord& record, const QString& title, const QString& origin) {
    const QString rdf = QLatin1String(rdfSpace);
    const QString dc = QLatin1String(dublinCore);
    const QString own = QLatin1String(ownSpace);
    xml.writeNamespace(rdf, QStringLiteral("rdf"));
    xml.writeNamespace(dc, QStringLiteral("dc"));
    xml.writeNamespace(own, QStringLiteral("resonate"));
    xml.writeStartElement(rdf, QStringLiteral("RDF"));
    xml.writeStartElement(rdf, QStringLiteral("Description"));
    xml.writeAttribute(rdf, QStringLiteral("about"), QString());
    if (!title.isEmpty()) {
        xml.writeStartElement(dc, QStringLiteral("title"));
        xml.writeStartElement(rdf, QStringLiteral("Alt"));
        xml.writeStartElement(rdf, QStringLiteral("li"));
        xml.writeAttribute(QStringLiteral("xml:lang"), QStringLiteral("x-default"));
        xml.writeCharacters(title);
        for (int i = 0; i < 3; ++i) xml.writeEndElement();
    }
    xml.writeTextElement(dc, QStringLiteral("source"), origin);
    for (const auto& [name, value] : recordEntries(record)) xml.writeTextElement(own, name, value);
    xml.writeEndElement();
    xml.writeEndElement();
}

FigureRecord fromXml(QXmlStreamReader& xml) {
    FigureRecord record;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.namespaceUri() == QLatin1String(ownSpace)) {
            const QString name = xml.name().toString();
            set(record, name, xml.readElementText(QXmlStreamReader::SkipChildElements));
        } else if (xml.isEndElement() && xml.name() == QLatin1String("RDF") && record != FigureRecord()) {
            break;  // the drawing itself need not be read
        }
    }
    return record;
}

QString pngKey(const QString& entry) { return QStringLiteral("Resonate-") + entry; }

FigureRecord fromPng(QFile& file) {
    QImageReader reader(&file, "png");
    FigureRecord record;
    for (const Entry& entry : entries) {
        const QString name = QLatin1String(entry.name);
        set(record, name, reader.text(pngKey(name)));
    }
    record.experiment = QString::fromUtf8(QByteArray::fromBase64(record.experiment.toLatin1()));
    return record;
}

/// Of PDF and GIF: the packet lies in the file as it is, so that programs which know neither find it.
FigureRecord fromPacket(QFile& file) {
    const QByteArray bytes = file.readAll();
    const QByteArray closing = "</x:xmpmeta>";
    const qsizetype end = bytes.lastIndexOf(closing);
    const qsizetype start = end < 0 ? -1 : bytes.lastIndexOf("<x:xmpmeta", end);
    if (start < 0) return {};
    QXmlStreamReader xml(bytes.mid(start, end + closing.size() - start));
    return fromXml(xml);
}

}  // namespace

QString neuronsText(const QList<int>& neurons) {
    QStringList numbers;
    for (const int neuron : neurons) numbers.append(QString::number(neuron));
    return numbers.join(QLatin1Char(' '));
}

QList<int> neuronsOf(const FigureRecord& record) {
    constexpr qsizetype longest = 1000;  // characters
    QList<int> neurons;
    for (const QString& word : record.neurons.left(longest).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int neuron = word.toInt(&isNumber);
        if (isNumber && neuron >= 0) neurons.append(neuron);
    }
    return neurons;
}

FigureRecord recordOf(const ExperimentConfig& config, int epoch) {
    FigureRecord record;
    record.program = QString::fromStdString(program_version());
    record.experiment = QString::fromStdString(to_yaml(config));
    record.seed = QString::number(config.training.seed);
    if (epoch >= 0) {
        record.epoch = QString::number(epoch);
        record.sample = QString::number(config.recording.probe_sample);
    }
    const std::string name = config.dataset.name + "_" + to_string(config.neuron.type);
    for (const Preset& preset : list_presets()) {
        if (preset.name != name || !preset.file.empty()) continue;
        const bool same = identity_without_seed(load_preset(name)) == identity_without_seed(config);
        record.preset = same ? QString::fromStdString(name) : say("%1, changed").arg(QString::fromStdString(name));
    }
    return record;
}

QList<std::pair<QString, QString>> recordEntries(const FigureRecord& record) {
    QList<std::pair<QString, QString>> known;
    for (const Entry& entry : entries)
        if (const QString& value = record.*entry.value; !value.isEmpty())
            known.append({QLatin1String(entry.name), value});
    return known;
}

QList<std::pair<QString, QString>> recordAsPngTexts(const FigureRecord& record) {
    QList<std::pair<QString, QString>> texts;
    for (const auto& [name, value] : recordEntries(record))
        texts.append({pngKey(name),
                      name == QLatin1String("experiment") ? QString::fromLatin1(value.toUtf8().toBase64()) : value});
    return texts;
}

QByteArray recordAsRdf(const FigureRecord& record, const QString& origin) {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    writeRdf(xml, record, QString(), origin);
    return bytes;
}

QByteArray recordAsXmp(const FigureRecord& record, const QString& title, const QString& origin) {
    QByteArray bytes = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n";
    QXmlStreamWriter xml(&bytes);
    const QString meta = QStringLiteral("adobe:ns:meta/");
    xml.writeNamespace(meta, QStringLiteral("x"));
    xml.writeStartElement(meta, QStringLiteral("xmpmeta"));
    writeRdf(xml, record, title, origin);
    xml.writeEndElement();
    return bytes + "\n<?xpacket end=\"w\"?>";
}

QByteArray recordAsYaml(const FigureRecord& record, const QString& title) {
    QString text = QStringLiteral("# %1\n").arg(title);
    for (const auto& [name, value] : recordEntries(record))
        if (name != QLatin1String("experiment")) text += QStringLiteral("# %1: %2\n").arg(name, value);
    return (text + record.experiment).toUtf8();
}

FigureRecord readRecord(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        throw DataError(say("%1: cannot be read: %2; check that it is there and that you may read it")
                            .arg(name, file.errorString())
                            .toStdString());
    if (file.size() > largestFile)
        throw complaint(name, "is too large for a figure of this program (64 MB at most); open its run instead");
    const QByteArray start = file.peek(8);
    FigureRecord record;
    if (start.startsWith("\x89PNG")) {
        record = fromPng(file);
    } else if (start.startsWith("%PDF-") || start.startsWith("GIF8")) {
        record = fromPacket(file);
    } else {
        QXmlStreamReader xml(&file);
        record = fromXml(xml);
        if (record == FigureRecord() && xml.hasError())
            throw complaint(name, "expected a figure as PNG, SVG, PDF or GIF, found none");
    }
    if (record == FigureRecord())
        throw complaint(name,
                        "was not exported by this program, or another program has removed what it said of its "
                        "experiment; open the run folder or the experiment's YAML file instead");
    return record;
}

}  // namespace resonate::app
