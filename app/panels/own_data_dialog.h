// app/panels/own_data_dialog.h: adds data of the user's own: where it is, what is found there, how it looks.
#pragma once

#include <QDialog>
#include <filesystem>

#include "resonate/datasets.h"
#include "session/sample_library.h"

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace resonate::app {

class SampleBrowserPanel;

/// Nothing is added before it could be opened and was shown. `kind` is the name of a set of the catalogue that is the
/// user's own.
class OwnDataDialog : public QDialog {
    Q_OBJECT

 public:
    OwnDataDialog(const QString& kind, const std::filesystem::path& dataDir, QWidget* parent);

    /// What is to be added, after the dialog was accepted.
    const DatasetConfig& dataset() const { return m_dataset; }
    /// Was it accepted to train with it at once?
    bool trainWanted() const { return m_train; }

    void setPath(const QString& path);
    QLineEdit* pathEdit() const { return m_path; }
    SampleBrowserPanel* preview() const { return m_preview; }
    QString problem() const;
    QPushButton* addButton() const { return m_add; }
    QPushButton* trainButton() const { return m_addAndTrain; }

 protected:
    /// Opens what m_dataset says, for the preview.
    void look();
    /// Room for more between the path and the preview.
    QVBoxLayout* middle() const { return m_middle; }
    virtual void choosePath();
    /// The path was chosen or typed.
    virtual void pathChanged();
    /// Shows a sentence instead of the preview.
    void refuse(const QString& sentence);
    const std::filesystem::path& dataDir() const { return m_dataDir; }

    DatasetConfig m_dataset;

 private:
    void showFound();

    QString m_kind;
    std::filesystem::path m_dataDir;
    SampleLibrary m_library;
    QLineEdit* m_path;
    QVBoxLayout* m_middle;
    QLabel* m_found;
    SampleBrowserPanel* m_preview;
    QPushButton* m_add;
    QPushButton* m_addAndTrain;
    bool m_train = false;
};

}  // namespace resonate::app
