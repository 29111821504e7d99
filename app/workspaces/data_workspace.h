// app/workspaces/data_workspace.h: Data: a card for every data set, and its samples by class.
#pragma once

#include <QHash>

#include "panels/dataset_card.h"
#include "session/dataset_jobs.h"
#include "session/sample_library.h"
#include "workspaces/workspace.h"

class QLabel;

namespace resonate::app {

class CardGrid;
class DatasetLookup;
class FolderSizes;
class OwnDataDialog;
class OwnDataList;
class SampleBrowserPanel;

class DataWorkspace : public Workspace {
    Q_OBJECT

 public:
    explicit DataWorkspace(WindowContext* context);

    /// The card of a set of the catalogue, or of own data at a path; nullptr where there is none.
    DatasetCard* card(const QString& name, const QString& path = {}) const;
    DatasetCard* chosenCard() const { return m_chosen; }
    void choose(DatasetCard* card);
    SampleBrowserPanel* browser() const { return m_browser; }
    CardGrid* grid() const { return m_grid; }

    void act(DatasetCard* card, DatasetAction action);
    /// Asks where data of that kind ("own_recordings" …) is, or takes `path`; shows it, and keeps it.
    void addOwnData(const QString& kind, const QString& path = {});

    void furnish(const WindowParts& parts) override;
    QString windowTitleText() const override;
    bool prepareClose() override;
    void forgetClosing() override { m_closing = false; }

 protected:
    QString exportStem() const override;
    QString exportOrigin() const override;
    void showEvent(QShowEvent* event) override;

 private:
    struct OnDisk {
        DatasetReport report;
        bool any = false;  ///< is there anything in the folder?
    };
    struct Note {
        QString text;
        bool isError = false;
        bool damaged = false;  ///< found by a check, which reads more than the status does
    };

    static QString nameOf(const DatasetCard* card) { return QString::fromStdString(card->dataset().name); }
    static QString titleOf(const DatasetCard* card) { return QString::fromStdString(card->info().title); }
    void buildViews();
    QWidget* makeOwnTools();
    DatasetCard* makeCard(const DatasetConfig& dataset);
    void rebuildOwnCards();
    /// Looks at the files of the catalogue's sets, then refreshCard() for all; sizes follow.
    void refreshCards();
    void refreshCard(DatasetCard* card);
    std::filesystem::path folderOf(const DatasetCard* card) const;
    bool sharesFiles(const DatasetCard* card, const QString& dataset) const;
    void refreshMenu();
    void refreshStatus();
    void wantPicture(DatasetCard* card);
    void openSamples();
    void askToRemove(DatasetCard* card);
    void importFiles(DatasetCard* card);
    void checkOwnData(DatasetCard* card);
    void train(const DatasetConfig& dataset, const DatasetInfo& info);
    void onEnded(const DatasetJobs::End& end);
    QList<DatasetCard*> cards() const;

    OwnDataList* m_own;
    SampleLibrary* m_library;
    FolderSizes* m_sizes;
    SampleBrowserPanel* m_browser;
    CardGrid* m_grid;
    QLabel* m_downloadLabel;
    QList<DatasetCard*> m_published;
    QList<DatasetCard*> m_ownCards;
    QHash<DatasetCard*, DatasetLookup*> m_lookups;  ///< of own data
    QHash<DatasetCard*, OnDisk> m_onDisk;           ///< of sets with files, when they were last looked at
    QHash<QString, Note> m_notes;                   ///< by keyOf()
    DatasetCard* m_chosen = nullptr;
    QHash<int, QAction*> m_menuActions;  ///< by DatasetAction
    QString m_shown;                     ///< key of the set whose samples show or load, with its status
    bool m_closing = false;
};

}  // namespace resonate::app
