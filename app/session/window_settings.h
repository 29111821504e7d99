// app/session/window_settings.h: what the window remembers between two starts.
#pragma once

#include <QByteArray>
#include <QList>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QVariantMap>
#include <memory>
#include <utility>

#include "style/text_size.h"
#include "style/theme.h"

namespace resonate::app {

/// An ini file in the user's configuration folder. A file that cannot be read is set aside, never in the way. Each
/// write is whole: QSettings writes all to a temporary name, flushes it to the disk and renames, so that a crash or a
/// full disk leaves the file as it was before.
class WindowSettings {
 public:
    WindowSettings();
    /// Waits until all is written.
    ~WindowSettings();

    /// Empty, or a sentence about a settings file that was set aside.
    QString complaint() const { return m_complaint; }

    QByteArray geometry() const { return value("geometry").toByteArray(); }
    /// The docks of a workspace.
    QByteArray layout(const QString& workspace) const;
    /// The workspace that was in front.
    QString workspace() const { return value("workspace").toString(); }
    /// Storing does not wait for the disk. `layouts` by workspace.
    void storeFrame(const QByteArray& geometry, const QString& workspace, const QMap<QString, QByteArray>& layouts);
    ThemeMode theme() const { return themeFromName(value("theme").toString()); }
    void setTheme(ThemeMode mode) { set("theme", themeName(mode)); }
    /// The experiment last shown, as YAML; and the preset it came from.
    /// Storing does not wait for the disk.
    QString experiment() const { return value("experiment").toString(); }
    QString presetName() const { return value("preset").toString(); }
    /// That preset or file as it was, before it was edited.
    QString experimentBase() const { return value("experimentBase").toString(); }
    void storeExperiment(const QString& yaml, const QString& preset, const QString& base);
    /// What was opened or run last, newest first: names of presets, paths of files and run folders.
    QStringList recent() const { return value("recent").toStringList(); }
    void addRecent(const QString& what);
    void setRecent(const QStringList& all) { set("recent", all); }
    static constexpr int mostRecent = 10;
    /// Choices of the export dialog by name; empty at first.
    QVariantMap exportChoices() const;
    void setExportChoices(const QVariantMap& choices);
    QString dataDir() const;
    void setDataDir(const QString& folder) { set("dataDir", folder); }
    QString runsDir() const;
    void setRunsDir(const QString& folder) { set("runsDir", folder); }
    /// Most memory for recorded epochs that were looked at, MB.
    int frameMegabytes() const;
    void setFrameMegabytes(int megabytes) { set("frameMegabytes", megabytes); }
    /// Is the help under the form unfolded? It is at first.
    bool formHelpShown() const { return m_settings->value(QStringLiteral("formHelp"), true).toBool(); }
    void setFormHelpShown(bool shown) { set("formHelp", shown); }
    TextSize textSize() const { return textSizeFromName(value("textSize").toString()); }
    void setTextSize(TextSize size) { set("textSize", textSizeName(size)); }
    /// Was the tour shown, at the first start?
    bool tourSeen() const { return value("tourSeen").toBool(); }
    void setTourSeen() { set("tourSeen", true); }
    /// Does the desktop tell of the end of a long run?
    bool notifies() const { return m_settings->value(QStringLiteral("notify"), true).toBool(); }
    void setNotifies(bool notify) { set("notify", notify); }
    /// What a view remembers, by its name.
    QVariant view(const QString& name) const { return m_settings->value(QStringLiteral("view/") + name); }
    void storeView(const QString& name, const QVariant& state) {
        m_settings->setValue(QStringLiteral("view/") + name, state);
    }
    QString exportFolder() const;
    void setExportFolder(const QString& folder) { set("exportFolder", folder); }

    /// The user's own data, as pairs of a data set's name and the path of files.
    QList<std::pair<QString, QString>> ownData() const;
    void setOwnData(const QList<std::pair<QString, QString>>& sets);

    /// Waits until all is on the disk.
    void flush();

    static QString filePath();

 private:
    QVariant value(const char* key) const { return m_settings->value(QLatin1String(key)); }
    void set(const char* key, const QVariant& value) { m_settings->setValue(QLatin1String(key), value); }
    /// Sets and flushes beside the window, which would wait for the disk otherwise; in the order of the calls.
    void setBeside(const QVariantMap& values);

    std::unique_ptr<QSettings> m_settings;
    QThreadPool m_writer;  ///< one thread
    QString m_complaint;
};

}  // namespace resonate::app
