// app/panels/study_panel.h: the studies there are, one as a form, what it takes, and its start.
#pragma once

#include <QWidget>
#include <optional>

#include "session/study_check.h"
#include "session/study_store.h"

class QLabel;
class QCheckBox;
class QListView;
class QPushButton;
class QSplitter;
class QStringListModel;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace resonate::app {

class StudyForm;
class StudyQueue;
class WindowContext;

class StudyPanel : public QWidget {
    Q_OBJECT

 public:
    /// `queue` must outlive the panel.
    StudyPanel(WindowContext* context, StudyQueue* queue, QWidget* parent = nullptr);

    /// Reads the lists of studies again.
    void refresh();
    /// Shows a study: shipped, own or begun; false where there is none of that name.
    bool choose(const QString& name);
    /// A YAML file, as the command line takes it. An error is reported.
    void open(const QString& file);
    void start();
    void saveAs(const QString& name);
    /// A begun study lies in the trash: the list and the form show others.
    void forget(const StoredStudy& study);

    StudyForm* form() const { return m_form; }
    const StudyCheck& check() const { return *m_check; }
    QTreeWidget* list() const { return m_list; }
    QPushButton* startButton() const { return m_start; }
    QPushButton* measureButton() const { return m_measure; }
    QPushButton* dataButton() const { return m_data; }
    QLabel* problemLabel() const { return m_problem; }
    QPushButton* removeButton() const { return m_remove; }
    QCheckBox* skipBox() const { return m_skip; }
    /// What stands under the form: problems, or runs, time and disk.
    QString factsText() const;
    QString problemText() const;

 Q_SIGNALS:
    /// A begun study was chosen in the list.
    void storedChosen(const resonate::StoredStudy& study);
    /// The user wants a begun study, which does not run, in the trash.
    void trashRequested(const resonate::StoredStudy& study);

 protected:
    /// Facts stand beside the form where there is more width than height.
    void resizeEvent(QResizeEvent* event) override;
    /// The sentence about problems is as high as its width wants it.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    enum class Kind { Shipped, Own, Begun };

    QWidget* makeList();
    QWidget* makeFacts();
    QTreeWidgetItem* addItem(QTreeWidgetItem* section, const QString& title, const QString& name, Kind kind,
                             const QString& hint);
    void showItem(QTreeWidgetItem* item);
    void showStudy(const StudyConfig& study, Kind kind);
    void onEdited();
    void look();
    void refreshFacts();
    void fitProblem();
    /// Why it cannot start now, a sentence; else empty.
    QString obstacle() const;
    void askToOpen();
    void askForName();
    /// Asks; deletes an own study, or moves a begun one to the trash.
    void remove();
    void refreshRemove();
    /// The begun study that shows; nullptr where it is no begun one.
    const StoredStudy* chosenBegun() const;
    StudyOptions options() const;

    WindowContext* m_context;
    StudyQueue* m_queue;
    StudyStore m_store;
    StudyCheck* m_check;
    QTreeWidget* m_list;
    StudyForm* m_form;
    QSplitter* m_parts;
    QLabel* m_problem;
    QLabel* m_facts;
    QStringListModel* m_runs;
    QListView* m_runList;
    QCheckBox* m_skip;
    QPushButton* m_start;
    QPushButton* m_measure;
    QPushButton* m_data;
    QPushButton* m_save;
    QPushButton* m_remove;
    std::vector<StudyConfig> m_shipped;
    std::vector<StudyConfig> m_own;
    std::vector<StoredStudy> m_begun;
    Kind m_kind = Kind::Shipped;
    StudyConfig m_chosen;  ///< as it was before edits
    QString m_unreadable;  ///< why the form cannot be read, a sentence
    bool m_storesProblemSaid = false;
};

}  // namespace resonate::app
