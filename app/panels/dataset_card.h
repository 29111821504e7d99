// app/panels/dataset_card.h: one data set: what it is, whether it is here, and what can be done with it.
#pragma once

#include <QFrame>
#include <memory>
#include <optional>

#include "resonate/datasets.h"
#include "session/dataset_jobs.h"
#include "views/shown_sample.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace resonate::app {

class SamplePicture;
class StatusChip;

enum class DatasetAction { Download, Cancel, Import, Verify, Remove, Train };

/// What may change about a set while the window is open.
struct CardState {
    DatasetStatus status = DatasetStatus::missing;
    QString message;         ///< the sentence of the status
    bool filesHere = false;  ///< is there anything of it on disk?
    qint64 bytesHere = 0;    ///< size on disk, 0 where nothing is or while it is not known
    bool looking = false;    ///< own data: its files are being looked at
    QString note;            ///< how the last action ended
    bool noteIsError = false;
    const DatasetJobs::Job* job = nullptr;  ///< keeps its files busy
};

/// A click or Return chooses the card; up and down move to its neighbours.
class DatasetCard : public QFrame {
    Q_OBJECT

 public:
    explicit DatasetCard(const DatasetConfig& dataset, QWidget* parent = nullptr);

    const DatasetConfig& dataset() const { return m_dataset; }
    const DatasetInfo& info() const { return m_info; }
    void setInfo(const DatasetInfo& info);
    void setState(const CardState& state);
    const CardState& state() const { return m_state; }
    void setPicture(const SharedSample& sample);
    bool hasPicture() const;
    void setChosen(bool chosen);

    QPushButton* button(DatasetAction action) const { return m_buttons[static_cast<size_t>(action)]; }
    QString statusText() const;
    QString noteText() const;
    QProgressBar* progressBar() const { return m_progress; }
    QString progressText() const;

 Q_SIGNALS:
    void chosen();
    void acted(resonate::app::DatasetAction action);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void build();
    void recolour();
    void refreshFacts();
    void refreshButtons();
    void refreshProgress();

    DatasetConfig m_dataset;
    DatasetInfo m_info;
    CardState m_state;
    bool m_chosen = false;
    SamplePicture* m_picture;
    StatusChip* m_chip;
    QLabel* m_title;
    QLabel* m_description;
    QLabel* m_facts;
    QLabel* m_source;
    QLabel* m_note;
    QWidget* m_work;
    QProgressBar* m_progress;
    QLabel* m_progressText;
    std::array<QPushButton*, 6> m_buttons{};
};

}  // namespace resonate::app
