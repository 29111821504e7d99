// app/panels/preset_gallery.h: all presets as cards, to choose one by look, name, data set or neuron.
#pragma once

#include <QDialog>
#include <vector>

#include "panels/preset_card.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStandardItemModel;

namespace resonate::app {

/// Accepted with chosenPreset(). Typing filters, arrows move among the cards, Return or a double click takes one; one's
/// own presets can be renamed and deleted.
class PresetGallery : public QDialog {
    Q_OBJECT

 public:
    /// The card of `current` is chosen at first, where there is one.
    PresetGallery(const std::filesystem::path& dataDir, const QString& current, QWidget* parent = nullptr);

    /// Name of the preset whose card is chosen, or "".
    QString chosenPreset() const;
    void choose(const QString& name);
    QStringList shownPresets() const;

    QLineEdit* filter() const { return m_filter; }
    QComboBox* datasetBox() const { return m_dataset; }
    QComboBox* neuronBox() const { return m_neuron; }
    QListView* list() const { return m_list; }
    /// Says why no card is shown; visible only then.
    QLabel* nothing() const { return m_nothing; }
    QPushButton* takeButton() const { return m_take; }
    QPushButton* renameButton() const { return m_rename; }
    QPushButton* deleteButton() const { return m_delete; }

    /// Renames the file of the chosen preset, which is the user's own; false, and why, where that cannot be.
    bool rename(const QString& to, QString* why);

 Q_SIGNALS:
    /// A preset of the user's has another name now, or "" where it was deleted.
    void presetRenamed(const QString& from, const QString& to);

 protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    class Filter;

    void build();
    void load(const QString& current);
    void applyFilter();
    void refreshButtons();
    void fitCards();
    QString whyNothing() const;
    const PresetEntry* chosen() const;
    void askForName();
    void askToDelete();
    void complain(const QString& sentence);

    std::filesystem::path m_dataDir;
    std::vector<PresetEntry> m_entries;
    QStandardItemModel* m_model;
    Filter* m_shown;
    PresetCardDelegate* m_cards;
    QLineEdit* m_filter;
    QComboBox* m_dataset;
    QComboBox* m_neuron;
    QLabel* m_count;
    QListView* m_list;
    QLabel* m_nothing;
    QPushButton* m_rename;
    QPushButton* m_delete;
    QPushButton* m_take;
};

}  // namespace resonate::app
