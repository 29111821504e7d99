// app/panels/epoch_bar.h: which recorded epoch the views show: slider, keys to step and play, and back to the present.
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QSpinBox;
class QToolButton;

namespace resonate::app {

class EpochSlider;

class EpochBar : public QWidget {
    Q_OBJECT

 public:
    explicit EpochBar(QWidget* parent = nullptr);

    /// Recorded epochs, ascending, and how many the run is to have.
    void setEpochs(const QList<int>& epochs, int total);
    const QList<int>& epochs() const;
    /// Shown, or that a step starts from; -1 where none is recorded.
    int epoch() const;
    void showEpoch(int epoch);
    /// The views show the present.
    void follow();
    bool isFollowing() const { return m_following; }
    /// Is there a present to go back to? `ended`: it is the state in which the training stopped.
    void setLiveEnabled(bool enabled, bool ended = false);
    void setPlaying(bool playing);
    bool isPlaying() const { return m_playing; }
    bool loops() const;
    void setLoops(bool loops);
    /// Epochs per second while it plays.
    int speed() const { return m_speed; }
    void setSpeed(int epochsPerSecond);

    EpochSlider* slider() const { return m_slider; }
    QSpinBox* spin() const { return m_spin; }
    QToolButton* liveButton() const { return m_live; }
    QToolButton* playButton() const { return m_play; }
    /// First, previous, next, last.
    const QList<QToolButton*>& stepButtons() const { return m_steps; }
    /// Also for the menu.
    QAction* forkAction() const { return m_fork; }

 Q_SIGNALS:
    void epochChosen(int epoch);
    void liveChosen();
    void playWanted(bool play);
    void speedChanged();

 protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    QToolButton* addButton(const QString& icon, const QString& meaning);
    void buildOptions();
    /// To the epoch that many places on in the list.
    void step(int places);
    void setFollowing(bool following);
    void refresh();
    void lightLamp();
    void recolour();

    EpochSlider* m_slider;
    QSpinBox* m_spin;
    QToolButton* m_play = nullptr;
    QToolButton* m_options;
    QToolButton* m_live;
    QList<QToolButton*> m_steps;
    QAction* m_fork;
    QAction* m_loop = nullptr;
    bool m_following = false;
    bool m_ended = false;
    bool m_playing = false;
    int m_speed = 5;
};

}  // namespace resonate::app
