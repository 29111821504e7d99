// app/panels/epoch_bar.cpp: see epoch_bar.h.
#include "panels/epoch_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <functional>

#include "panels/epoch_slider.h"
#include "style/icons.h"

namespace resonate::app {
namespace {

constexpr int speeds[] = {1, 2, 5, 10, 25};
constexpr int everywhere = 1 << 20;  ///< more places than a run has epochs

/// Steps from one recorded epoch to the next.
class EpochSpin : public QSpinBox {
 public:
    explicit EpochSpin(std::function<void(int)> step) : m_step(std::move(step)) {}
    void stepBy(int places) override { m_step(places); }

 private:
    std::function<void(int)> m_step;
};

}  // namespace

EpochBar::EpochBar(QWidget* parent)
    : QWidget(parent),
      m_slider(new EpochSlider),
      m_spin(new EpochSpin([this](int places) { step(places); })),
      m_options(new QToolButton),
      m_live(new QToolButton),
      m_fork(new QAction(tr("&Fork from this epoch…"), this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    const auto stepper = [this](const char* icon, const QString& meaning, int places) {
        QToolButton* button = addButton(QLatin1String(icon), meaning);
        connect(button, &QToolButton::clicked, this, [this, places] { step(places); });
        m_steps.append(button);
    };
    stepper("first", tr("First recorded epoch (Home)"), -everywhere);
    stepper("previous", tr("Previous recorded epoch (←)"), -1);
    m_play = addButton(QStringLiteral("start"), tr("Play the recorded epochs (Space)"));
    connect(m_play, &QToolButton::clicked, this, [this] { Q_EMIT playWanted(!m_playing); });
    stepper("next", tr("Next recorded epoch (→)"), 1);
    stepper("last", tr("Last recorded epoch (End)"), everywhere);
    row->addWidget(m_slider, 1);
    m_spin->setAccessibleName(tr("Epoch shown"));
    m_spin->setPrefix(tr("epoch "));
    m_spin->setAlignment(Qt::AlignRight);
    m_spin->setKeyboardTracking(false);
    row->addWidget(m_spin);
    buildOptions();
    row->addWidget(m_options);
    m_live->setCheckable(true);
    m_live->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_live->setIconSize({12, 12});
    row->addWidget(m_live);
    m_fork->setIconText(tr("Fork…"));
    m_fork->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    auto* fork = new QToolButton;
    fork->setDefaultAction(m_fork);
    fork->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    row->addWidget(fork);

    connect(m_slider, &EpochSlider::moved, this, [this] { Q_EMIT epochChosen(m_slider->epoch()); });
    connect(m_slider, &EpochSlider::playRequested, this, [this] { Q_EMIT playWanted(!m_playing); });
    connect(m_spin, &QSpinBox::valueChanged, this, [this](int typed) {
        m_slider->setEpoch(typed);
        Q_EMIT epochChosen(m_slider->epoch());
        refresh();
    });
    connect(m_live, &QToolButton::clicked, this, [this](bool live) {
        if (live)
            Q_EMIT liveChosen();
        else
            Q_EMIT epochChosen(m_slider->epoch());
    });
    recolour();
    setLiveEnabled(true);
    setEpochs({}, 0);
}

QToolButton* EpochBar::addButton(const QString& icon, const QString& meaning) {
    auto* button = new QToolButton;
    button->setObjectName(icon);
    button->setAutoRaise(true);
    button->setIconSize({16, 16});
    button->setToolTip(meaning);
    button->setAccessibleName(meaning);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

void EpochBar::buildOptions() {
    auto* menu = new QMenu(m_options);
    auto* group = new QActionGroup(menu);
    for (const int speed : speeds) {
        QAction* action =
            menu->addAction(speed == 1 ? tr("1 epoch per second") : tr("%1 epochs per second").arg(speed));
        action->setCheckable(true);
        action->setData(speed);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, speed] { setSpeed(speed); });
    }
    menu->addSeparator();
    m_loop = menu->addAction(tr("Begin anew at the end"));
    m_loop->setCheckable(true);
    m_options->setMenu(menu);
    m_options->setPopupMode(QToolButton::InstantPopup);
    m_options->setAutoRaise(true);
    m_options->setToolTip(tr("Speed of playing, and what happens at the end"));
    m_options->setAccessibleName(tr("Speed"));
    setSpeed(m_speed);
}

void EpochBar::setSpeed(int epochsPerSecond) {
    m_speed = epochsPerSecond;
    m_options->setText(tr("%1/s").arg(epochsPerSecond));
    for (QAction* action : m_options->menu()->actions())
        if (action->data().toInt() == epochsPerSecond) action->setChecked(true);
    Q_EMIT speedChanged();
}

bool EpochBar::loops() const { return m_loop->isChecked(); }
void EpochBar::setLoops(bool loops) { m_loop->setChecked(loops); }

const QList<int>& EpochBar::epochs() const { return m_slider->epochs(); }
int EpochBar::epoch() const { return m_slider->epoch(); }

void EpochBar::setEpochs(const QList<int>& epochs, int total) {
    m_slider->setEpochs(epochs);
    if (m_following && !epochs.isEmpty()) m_slider->setEpoch(epochs.constLast());
    const QSignalBlocker quiet(m_spin);
    // Each of the two lays the window out anew, even where it changes nothing.
    const int most = std::max(total, epochs.isEmpty() ? 0 : epochs.constLast());
    const QString suffix = tr(" of %1").arg(total);
    if (m_spin->maximum() != most) m_spin->setRange(0, most);
    if (m_spin->suffix() != suffix) m_spin->setSuffix(suffix);
    refresh();
}

void EpochBar::setFollowing(bool following) {
    if (following == m_following) return;
    m_following = following;
    lightLamp();
}

/// Lit, like that of a camera, while the views show the present.
void EpochBar::lightLamp() {
    QColor ink = palette().color(QPalette::ButtonText);
    ink.setAlphaF(0.35F);
    m_live->setIcon(themedIcon(QStringLiteral("live"), m_following && !m_ended ? QColor(0xe0483e) : ink));
}

void EpochBar::showEpoch(int epoch) {
    setFollowing(false);
    m_slider->setEpoch(epoch);
    refresh();
}

void EpochBar::follow() {
    setFollowing(true);
    if (!epochs().isEmpty()) m_slider->setEpoch(epochs().constLast());
    refresh();
}

void EpochBar::setLiveEnabled(bool enabled, bool ended) {
    m_ended = ended;
    m_live->setEnabled(enabled);
    m_live->setText(ended ? tr("End") : tr("Live"));
    m_live->setToolTip(ended ? tr("The state in which the training stopped, after its last recorded epoch")
                             : tr("The views follow the training. Any other epoch leaves the present; the training "
                                  "goes on unseen."));
    lightLamp();
}

void EpochBar::setPlaying(bool playing) {
    m_playing = playing;
    m_play->setToolTip(playing ? tr("Stop playing (Space)") : tr("Play the recorded epochs (Space)"));
    m_play->setAccessibleName(m_play->toolTip());
    m_play->setIcon(
        themedIcon(playing ? QStringLiteral("pause") : QStringLiteral("start"), palette().color(QPalette::ButtonText)));
}

void EpochBar::step(int places) {
    const qsizetype last = epochs().size() - 1;
    if (last < 0) return;
    const qsizetype at = std::clamp<qsizetype>(m_slider->value() + static_cast<qsizetype>(places), 0, last);
    m_slider->setEpoch(epochs().at(at));
    Q_EMIT epochChosen(epochs().at(at));
}

void EpochBar::refresh() {
    const bool any = !epochs().isEmpty();
    for (QWidget* part : m_steps) part->setEnabled(any);
    m_play->setEnabled(epochs().size() > 1);
    m_options->setEnabled(any);
    m_spin->setEnabled(any);
    m_spin->setToolTip(any ? tr("Type a number: the nearest recorded epoch is shown")
                           : tr("No epoch is recorded yet. 'Keep every' under Recording says which are."));
    m_slider->setFollowing(m_following);
    m_live->setChecked(m_following);
    const QSignalBlocker quiet(m_spin);
    m_spin->setValue(std::max(0, m_slider->epoch()));
}

/// Arrows, Home, End and Space act wherever in the bar the focus is, but for buttons, which Space presses.
void EpochBar::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left: return step(-1);
        case Qt::Key_Right: return step(1);
        case Qt::Key_Home: return step(-everywhere);
        case Qt::Key_End: return step(everywhere);
        case Qt::Key_Space: return Q_EMIT playWanted(!m_playing);
        default: QWidget::keyPressEvent(event);
    }
}

void EpochBar::recolour() {
    const QColor ink = palette().color(QPalette::ButtonText);
    for (QToolButton* button : m_steps) button->setIcon(themedIcon(button->objectName(), ink));
    m_play->setIcon(themedIcon(m_playing ? QStringLiteral("pause") : QStringLiteral("start"), ink));
    lightLamp();
    m_fork->setIcon(themedIcon(QStringLiteral("fork"), ink));
}

void EpochBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
