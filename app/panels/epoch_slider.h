// app/panels/epoch_slider.h: a slider over epochs that are not all kept: a tick for each, at its place in time.
#pragma once

#include <QAbstractSlider>
#include <QList>
#include <QMap>
#include <QStringList>

namespace resonate::app {

/// Its value is the index of an epoch in the list; arrows, Home and End move from one to the next.
class EpochSlider : public QAbstractSlider {
    Q_OBJECT

 public:
    explicit EpochSlider(QWidget* parent = nullptr);

    /// Ascending. Keeps the epoch that is shown where it is still among them, else takes the one before.
    void setEpochs(const QList<int>& epochs);
    const QList<int>& epochs() const { return m_epochs; }
    /// -1 where there are none.
    int epoch() const { return m_epochs.value(value(), -1); }
    /// Moves to the epoch, or to the nearest one that is kept.
    void setEpoch(int epoch);
    /// Epoch with the lowest validation loss, marked with a dot; -1: none.
    void setBest(int epoch);
    /// What was reached at an epoch, for its tip.
    void setReading(int epoch, const QString& words);
    /// Something was changed while that epoch was trained: a mark below the groove, and the words in its tip.
    void addNote(int epoch, const QString& words);
    /// Forgets best epoch, readings and notes.
    void forget();
    /// The tip at a place of the widget.
    QString tipAt(double x) const;
    /// Hollow while the views show the present and not an epoch.
    void setFollowing(bool following);
    /// Where an epoch is on the widget.
    double xOf(int epoch) const;

    QSize sizeHint() const override { return {220, 28}; }
    QSize minimumSizeHint() const override { return {48, 28}; }

 Q_SIGNALS:
    /// The user, not the program, went to the epoch that is shown now.
    void moved();
    void playRequested();

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

 private:
    int indexNear(int epoch) const;
    int epochAt(double x) const;
    void moveTo(double x);
    void describe();

    QList<int> m_epochs;
    QMap<int, QString> m_readings;
    QMap<int, QStringList> m_notes;
    int m_best = -1;
    bool m_following = false;
};

}  // namespace resonate::app
