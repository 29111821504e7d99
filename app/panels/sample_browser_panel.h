// app/panels/sample_browser_panel.h: looks through a data set: split, class, one sequence after the other.
#pragma once

#include <QWidget>
#include <filesystem>

#include "session/sample_library.h"

class QAction;
class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QSpinBox;
class QToolButton;

namespace resonate::app {

class SampleView;
class ViewLink;

/// Loads on the thread of its library and says so meanwhile. Of sets with a label for every step all sequences are in
/// every class: choosing one brings out its segments.
class SampleBrowserPanel : public QWidget {
    Q_OBJECT

 public:
    explicit SampleBrowserPanel(SampleLibrary* library, QWidget* parent = nullptr);

    void open(const DatasetConfig& dataset, const QString& title, const std::filesystem::path& dataDir);
    /// Shows a sentence and no set.
    void close(const QString& sentence);
    bool isOpen() const { return m_browser != nullptr; }
    bool isLoading() const { return m_loading; }
    const SharedBrowser& browser() const { return m_browser; }

    void showNext() { step(1); }
    void showPrevious() { step(-1); }
    void showRandom();

    Split split() const;
    /// -1: all classes.
    int chosenClass() const;
    /// Of the sequence that shows, in its split; -1 where none does.
    std::int64_t index() const;

    SampleView* view() const { return m_view; }
    QListWidget* classList() const { return m_classes; }
    QComboBox* splitBox() const { return m_splits; }
    QSpinBox* placeBox() const { return m_place; }
    QLabel* titleLabel() const { return m_title; }
    /// Next, previous and a random sequence, for a menu.
    QList<QAction*> actions() const { return m_actions; }

 Q_SIGNALS:
    void opened();
    void failed(const QString& sentence);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void build();
    void fillSplits();
    void fillClasses();
    void fillPlaces();
    void showSample();
    void step(int by);
    void setBusy(bool busy);
    void enableSteps();
    void recolour();
    std::int64_t sequences() const;

    SampleLibrary* m_library;
    ViewLink* m_link;
    SampleView* m_view;
    QListWidget* m_classes;
    QComboBox* m_splits;
    QSpinBox* m_place;
    QLabel* m_of;
    QLabel* m_title;
    QProgressBar* m_busyBar;
    QToolButton* m_previousButton;
    QToolButton* m_nextButton;
    QToolButton* m_randomButton;
    QList<QAction*> m_actions;
    SharedBrowser m_browser;
    QString m_key;
    bool m_loading = false;
};

}  // namespace resonate::app
