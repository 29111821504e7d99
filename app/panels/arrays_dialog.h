// app/panels/arrays_dialog.h: adds arrays of the user's own: files, what is in them, and the definition that says so.
#pragma once

#include <QTemporaryDir>
#include <vector>

#include "panels/arrays_form.h"
#include "panels/own_data_dialog.h"

namespace resonate::app {

/// Takes a definition that is there (.yaml), or array files of which it makes one. The preview follows every edit.
class ArraysDialog : public OwnDataDialog {
    Q_OBJECT

 public:
    ArraysDialog(const std::filesystem::path& dataDir, QWidget* parent);

    /// Files of arrays, to be described; or one definition.
    void setFiles(const QStringList& files);
    ArraysForm* form() const { return m_form; }
    QLineEdit* targetEdit() const { return m_target; }

    /// Writes the definition where one was made; stays open where that fails.
    void accept() override;

 protected:
    void choosePath() override;
    void pathChanged() override;

 private:
    struct Listing;

    void list(const QStringList& files);
    void showListing(const Listing& listing);
    void followEdits();

    ArraysForm* m_form;
    QWidget* m_targetRow;
    QLineEdit* m_target;
    QTemporaryDir m_scratch;
    int m_turn = 0;       ///< answers about earlier files are dropped
    bool m_made = false;  ///< is there a definition to be written?
    int m_previews = 0;
};

}  // namespace resonate::app
