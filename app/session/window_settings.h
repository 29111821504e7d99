// app/session/window_settings.h: what the window remembers between two starts.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <memory>

#include "style/theme.h"

namespace resonate::app {

/// An ini file in the user's configuration folder. A file that cannot be read is set aside, never in the way.
class WindowSettings {
 public:
    WindowSettings();

    /// Empty, or a sentence about a settings file that was set aside.
    QString complaint() const { return m_complaint; }

    QByteArray geometry() const { return value("geometry").toByteArray(); }
    QByteArray layout() const { return value("layout").toByteArray(); }
    void storeWindow(const QByteArray& geometry, const QByteArray& layout);
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
    QString exportFolder() const;
    void setExportFolder(const QString& folder) { set("exportFolder", folder); }

    static QString filePath();

 private:
    QVariant value(const char* key) const { return m_settings->value(QLatin1String(key)); }
    void set(const char* key, const QVariant& value) { m_settings->setValue(QLatin1String(key), value); }

    std::unique_ptr<QSettings> m_settings;
    QString m_complaint;
};

}  // namespace resonate::app
