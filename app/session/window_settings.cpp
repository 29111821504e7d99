// app/session/window_settings.cpp: see window_settings.h.
#include "session/window_settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include "resonate/datasets.h"

namespace resonate::app {
namespace {

/// Text with sections and keys; anything else was not written by us.
bool readsAsIni(const QString& path) {
    QFile file(path);
    if (!file.exists()) return true;
    if (!file.open(QIODevice::ReadOnly)) return false;
    const QByteArray content = file.readAll();
    if (content.contains('\0')) return false;
    return content.trimmed().isEmpty() || content.trimmed().startsWith('[');
}

}  // namespace

QString WindowSettings::filePath() {
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/window.ini");
}

WindowSettings::WindowSettings() {
    m_writer.setMaxThreadCount(1);
    const QString path = filePath();
    QDir().mkpath(QFileInfo(path).path());
    bool whole = readsAsIni(path);
    if (whole) {
        m_settings = std::make_unique<QSettings>(path, QSettings::IniFormat);
        whole = m_settings->status() == QSettings::NoError;
    }
    if (whole) return;
    m_settings.reset();
    const QString aside = path + QStringLiteral(".broken");
    QFile::remove(aside);
    QFile::rename(path, aside);
    m_complaint = QCoreApplication::translate("WindowSettings",
                                              "%1 could not be read and was set aside as %2; the window starts as new.")
                      .arg(path, QFileInfo(aside).fileName());
    m_settings = std::make_unique<QSettings>(path, QSettings::IniFormat);
}

WindowSettings::~WindowSettings() { m_writer.waitForDone(); }

void WindowSettings::flush() {
    m_writer.waitForDone();
    m_settings->sync();
}

/// Settings objects of one file share what they know: `m_settings` has the value when the job is done.
void WindowSettings::setBeside(const QVariantMap& values) {
    m_writer.start([values] {
        QSettings settings(filePath(), QSettings::IniFormat);
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            settings.setValue(value.key(), value.value());
        settings.sync();
    });
}

QByteArray WindowSettings::layout(const QString& workspace) const {
    return m_settings->value(QStringLiteral("layout/%1").arg(workspace)).toByteArray();
}

void WindowSettings::storeFrame(const QByteArray& geometry, const QString& workspace,
                                const QMap<QString, QByteArray>& layouts) {
    QVariantMap values{{QStringLiteral("geometry"), geometry}, {QStringLiteral("workspace"), workspace}};
    for (auto layout = layouts.cbegin(); layout != layouts.cend(); ++layout)
        values.insert(QStringLiteral("layout/%1").arg(layout.key()), layout.value());
    setBeside(values);
}

QList<std::pair<QString, QString>> WindowSettings::ownData() const {
    QList<std::pair<QString, QString>> sets;
    const int count = m_settings->beginReadArray(QStringLiteral("ownData"));
    for (int i = 0; i < count; ++i) {
        m_settings->setArrayIndex(i);
        sets.append({value("kind").toString(), value("path").toString()});
    }
    m_settings->endArray();
    return sets;
}

void WindowSettings::setOwnData(const QList<std::pair<QString, QString>>& sets) {
    m_settings->remove(QStringLiteral("ownData"));
    m_settings->beginWriteArray(QStringLiteral("ownData"), static_cast<int>(sets.size()));
    for (int i = 0; i < sets.size(); ++i) {
        m_settings->setArrayIndex(i);
        set("kind", sets[i].first);
        set("path", sets[i].second);
    }
    m_settings->endArray();
}

void WindowSettings::storeExperiment(const QString& yaml, const QString& preset, const QString& base) {
    setBeside({{QStringLiteral("experiment"), yaml},
               {QStringLiteral("preset"), preset},
               {QStringLiteral("experimentBase"), base}});
}

void WindowSettings::addRecent(const QString& what) {
    QStringList all = recent();
    all.removeAll(what);
    all.prepend(what);
    setRecent(all.mid(0, mostRecent));
}

QVariantMap WindowSettings::exportChoices() const {
    QVariantMap choices;
    m_settings->beginGroup(QStringLiteral("export"));
    for (const QString& key : m_settings->childKeys()) choices.insert(key, m_settings->value(key));
    m_settings->endGroup();
    return choices;
}

void WindowSettings::setExportChoices(const QVariantMap& choices) {
    for (auto choice = choices.cbegin(); choice != choices.cend(); ++choice)
        m_settings->setValue(QStringLiteral("export/") + choice.key(), choice.value());
}

QString WindowSettings::dataDir() const {
    const QString chosen = value("dataDir").toString();
    return chosen.isEmpty() ? QString::fromStdString(default_data_dir().string()) : chosen;
}

QString WindowSettings::runsDir() const {
    const QString chosen = value("runsDir").toString();
    return chosen.isEmpty()
               ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QStringLiteral("/Resonate/runs")
               : chosen;
}

int WindowSettings::frameMegabytes() const {
    constexpr int usual = 256;
    bool isNumber = false;
    const int chosen = value("frameMegabytes").toInt(&isNumber);
    return isNumber && chosen > 0 ? chosen : usual;
}

QString WindowSettings::exportFolder() const {
    const QString chosen = value("exportFolder").toString();
    if (!chosen.isEmpty()) return chosen;
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QFileInfo(pictures).isDir() ? pictures : QDir::homePath();
}

}  // namespace resonate::app
