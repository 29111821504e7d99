// app/panels/preset_bar.h: the head of the form: preset, what it is, what was published, what differs from it.
#pragma once

#include <QWidget>

#include "resonate/experiment_config.h"

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace resonate::app {

/// A field that is not as in the preset.
struct PresetDifference {
    QString path;
    QString label;
    QString preset;  ///< values as people read them
    QString now;
    bool applies = true;  ///< does the field matter for this experiment?
};

class PresetBar : public QWidget {
    Q_OBJECT

 public:
    explicit PresetBar(QWidget* parent = nullptr);

    QComboBox* box() const { return m_presets; }
    QToolButton* galleryButton() const { return m_gallery; }
    QToolButton* changesButton() const { return m_changes; }
    QMenu* changesMenu() const { return m_menu; }

    /// Fills the box anew and chooses `name` in it.
    void reload(const QString& name);
    /// Chooses a preset, or where there is none of that name shows `title`.
    void choose(const QString& name, const QString& title);
    void describe(const ExperimentConfig& config);
    void setDifferences(const QList<PresetDifference>& differences);
    void setSavable(bool savable);

 Q_SIGNALS:
    void chosen(const QString& name);
    void galleryRequested();
    void saveRequested();
    void saveAsRequested();
    void jumpRequested(const QString& path);
    void resetAllRequested();

 private:
    QComboBox* m_presets;
    QToolButton* m_gallery;
    QLabel* m_description;
    QLabel* m_reference;
    QToolButton* m_changes;
    QMenu* m_menu;
    QPushButton* m_save;
};

}  // namespace resonate::app
