// app/session/window_settings.h: what the window remembers between two starts.
#pragma once

#include <QByteArray>
#include <QList>
#include <QSettings>
#include <QString>
#include <memory>
#include <utility>

#include "style/theme.h"

namespace resonate::app {

/// An ini file in the user's configuration folder. A file that cannot be read is set aside, never in the way.
class WindowSettings {
 public:
    WindowSettings();

    /// Empty, or a sentence about a settings file that was set aside.
    QString complaint() const { return m_complaint; }

    QByteArray geometry() const { return value("geometry").toByteArray(); }
    void storeGeometry(const QByteArray& geometry) { set("geometry", geometry); }
    /// The docks of a workspace.
    QByteArray layout(const QString& workspace) const;
    void storeLayout(const QString& workspace, const QByteArray& layout);
    /// The workspace that was in front.
    QString workspace() const { return value("workspace").toString(); }
    void setWorkspace(const QString& name) { set("workspace", name); }
    ThemeMode theme() const { return themeFromName(value("theme").toString()); }
    void setTheme(ThemeMode mode) { set("theme", themeName(mode)); }
    /// The experiment last shown, as YAML; and the preset it came from.
    QString experiment() const { return value("experiment").toString(); }
    QString presetName() const { return value("preset").toString(); }
    void storeExperiment(const QString& yaml, const QString& preset);
    QString dataDir() const;
    void setDataDir(const QString& folder) { set("dataDir", folder); }
    QString runsDir() const;
    void setRunsDir(const QString& folder) { set("runsDir", folder); }
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

    static QString filePath();

 private:
    QVariant value(const char* key) const { return m_settings->value(QLatin1String(key)); }
    void set(const char* key, const QVariant& value) { m_settings->setValue(QLatin1String(key), value); }

    std::unique_ptr<QSettings> m_settings;
    QString m_complaint;
};

}  // namespace resonate::app
