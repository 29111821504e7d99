// app/panels/sample_browser_panel.cpp: see sample_browser_panel.h.
#include "panels/sample_browser_panel.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QProgressBar>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "models/view_link.h"
#include "style/icons.h"
#include "style/theme.h"
#include "views/sample_view.h"

namespace resonate::app {
namespace {

constexpr int classRole = Qt::UserRole;
constexpr int busyAfter = 150;  ///< ms: what loads faster needs no sign

QString splitName(Split split) {
    switch (split) {
        case Split::train: return SampleBrowserPanel::tr("Training");
        case Split::validation: return SampleBrowserPanel::tr("Validation");
        case Split::test: break;
    }
    return SampleBrowserPanel::tr("Test");
}

}  // namespace

SampleBrowserPanel::SampleBrowserPanel(SampleLibrary* library, QWidget* parent)
    : QWidget(parent),
      m_library(library),
      m_link(new ViewLink(this)),
      m_view(new SampleView(m_link)),
      m_classes(new QListWidget),
      m_splits(new QComboBox),
      m_place(new QSpinBox),
      m_of(new QLabel),
      m_title(new QLabel),
      m_busyBar(new QProgressBar),
      m_previousButton(new QToolButton),
      m_nextButton(new QToolButton),
      m_randomButton(new QToolButton) {
    build();
    connect(library, &SampleLibrary::opened, this, [this](const QString& key, const SharedBrowser& browser) {
        if (key != m_key || !m_loading) return;
        setBusy(false);
        m_browser = browser;
        fillSplits();
        Q_EMIT opened();
    });
    connect(library, &SampleLibrary::openFailed, this, [this](const QString& key, const QString& sentence) {
        if (key != m_key || !m_loading) return;
        close(sentence);
        Q_EMIT failed(sentence);
    });
    close(tr("Choose a data set on the left."));
}

void SampleBrowserPanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 6);
    column->setSpacing(6);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(6);
    column->addLayout(bar);
    auto* splitLabel = new QLabel(tr("&Split"));
    splitLabel->setBuddy(m_splits);
    m_splits->setAccessibleName(tr("Split"));
    m_splits->setToolTip(tr("Part of the data set: what is trained on, or what it is tested with"));
    m_splits->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    bar->addWidget(splitLabel);
    bar->addWidget(m_splits);
    bar->addSpacing(10);

    const auto addStep = [&](const QString& text, const QKeySequence& key, QToolButton* button, const auto& act) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        m_actions.append(action);
        button->setToolTip(
            tr("%1 (%2)").arg(QString(text).remove(QLatin1Char('&')), key.toString(QKeySequence::NativeText)));
        button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
    };
    addStep(tr("&Previous sample"), QKeySequence(Qt::ALT | Qt::Key_Left), m_previousButton, [this] { step(-1); });
    addStep(tr("&Next sample"), QKeySequence(Qt::ALT | Qt::Key_Right), m_nextButton, [this] { step(1); });
    addStep(tr("&Random sample"), QKeySequence(Qt::CTRL | Qt::Key_R), m_randomButton, [this] { showRandom(); });
    m_randomButton->setText(tr("Random"));
    m_place->setAccessibleName(tr("Place of the sample in its class"));
    m_place->setKeyboardTracking(true);
    m_place->setAlignment(Qt::AlignRight);
    m_place->setMinimumWidth(90);
    bar->addWidget(m_previousButton);
    bar->addWidget(m_place);
    bar->addWidget(m_of);
    bar->addWidget(m_nextButton);
    bar->addWidget(m_randomButton);
    bar->addStretch(1);

    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(20);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    column->addWidget(m_title);
    m_busyBar->setRange(0, 0);
    m_busyBar->setTextVisible(false);
    m_busyBar->setMaximumHeight(4);
    m_busyBar->setAccessibleName(tr("Loading"));
    QSizePolicy keeps = m_busyBar->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    m_busyBar->setSizePolicy(keeps);
    column->addWidget(m_busyBar);

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    column->addLayout(row, 1);
    m_classes->setAccessibleName(tr("Classes"));
    m_classes->setFixedWidth(158);
    m_classes->setUniformItemSizes(true);
    m_classes->setIconSize({12, 12});
    row->addWidget(m_classes);
    row->addWidget(m_view, 1);
    m_view->installEventFilter(this);

    connect(m_splits, &QComboBox::currentIndexChanged, this, [this] { fillClasses(); });
    connect(m_classes, &QListWidget::currentRowChanged, this, [this] { fillPlaces(); });
    connect(m_place, &QSpinBox::valueChanged, this, [this] { showSample(); });
    recolour();
}

void SampleBrowserPanel::open(const DatasetConfig& dataset, const QString& title,
                              const std::filesystem::path& dataDir) {
    close(tr("Loading %1…").arg(title));
    m_key = keyOf(dataset);
    setBusy(true);
    m_library->open(dataset, dataDir);
}

void SampleBrowserPanel::close(const QString& sentence) {
    setBusy(false);
    m_browser.reset();
    m_key.clear();
    const QSignalBlocker quietSplits(m_splits);
    const QSignalBlocker quietClasses(m_classes);
    m_splits->clear();
    m_classes->clear();
    m_title->clear();
    m_view->setMessage(sentence);
    enableSteps();
}

void SampleBrowserPanel::setBusy(bool busy) {
    m_loading = busy;
    m_busyBar->hide();
    if (!busy) return;
    QTimer::singleShot(busyAfter, m_busyBar, [this] { m_busyBar->setVisible(m_loading); });
}

void SampleBrowserPanel::fillSplits() {
    {
        const QSignalBlocker quiet(m_splits);
        m_splits->clear();
        for (const Split split : {Split::train, Split::validation, Split::test})
            if (const std::int64_t count = m_browser->count(split); count > 0)
                m_splits->addItem(tr("%1 (%2)").arg(splitName(split), QLocale().toString(count)),
                                  static_cast<int>(split));
        // What the network has to get right in the end.
        m_splits->setCurrentIndex(std::max(0, m_splits->findData(static_cast<int>(Split::test))));
    }
    fillClasses();
}

Split SampleBrowserPanel::split() const { return static_cast<Split>(m_splits->currentData().toInt()); }

int SampleBrowserPanel::chosenClass() const {
    const QListWidgetItem* item = m_classes->currentItem();
    return item ? item->data(classRole).toInt() : -1;
}

void SampleBrowserPanel::fillClasses() {
    if (!m_browser || m_splits->count() == 0) return;
    const int before = std::max(0, m_classes->currentRow());
    const DatasetInfo& info = m_browser->info();
    const bool perStep = info.label_per_step;
    {
        const QSignalBlocker quiet(m_classes);
        m_classes->clear();
        const auto add = [&](const QString& name, const QString& text, int label) {
            auto* item = new QListWidgetItem(text, m_classes);
            item->setData(classRole, label);
            item->setToolTip(name);
            if (perStep && label >= 0) {
                QPixmap colour(24, 24);
                colour.fill(classColour(label));
                item->setIcon(QIcon(colour));
            }
            return item;
        };
        const QLocale locale;
        add(tr("all classes"), tr("all  (%1)").arg(locale.toString(m_browser->count(split()))), -1);
        for (int label = 0; label < info.classes; ++label) {
            const auto index = static_cast<size_t>(label);
            const QString name = index < info.class_names.size() ? QString::fromStdString(info.class_names[index])
                                                                 : QString::number(label);
            if (perStep) {
                add(tr("Brings out the segments of class %1").arg(name), name, label);
                continue;
            }
            const auto count = m_browser->of_class(split(), label).size();
            auto* item = add(tr("class %1").arg(name),
                             tr("%1  (%2)").arg(name, locale.toString(static_cast<qulonglong>(count))), label);
            if (count == 0) item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
        }
        m_classes->setCurrentRow(std::min(before, m_classes->count() - 1));
    }
    fillPlaces();
}

std::int64_t SampleBrowserPanel::sequences() const {
    if (!m_browser || m_splits->count() == 0) return 0;
    const int label = chosenClass();
    return label < 0 ? m_browser->count(split())
                     : static_cast<std::int64_t>(m_browser->of_class(split(), label).size());
}

void SampleBrowserPanel::fillPlaces() {
    if (!m_browser) return;
    const bool perStep = m_browser->info().label_per_step;
    m_view->setHighlightedClass(perStep ? chosenClass() : -1);
    {
        const QSignalBlocker quiet(m_place);
        m_place->setRange(1, static_cast<int>(std::max<std::int64_t>(1, sequences())));
        // Of step labels every class has the same sequences: the one that shows stays.
        if (!perStep) m_place->setValue(1);
    }
    showSample();
}

std::int64_t SampleBrowserPanel::index() const {
    if (sequences() == 0) return -1;
    const std::int64_t place = m_place->value() - 1;
    const int label = chosenClass();
    return label < 0 ? place : m_browser->of_class(split(), label)[static_cast<size_t>(place)];
}

void SampleBrowserPanel::showSample() {
    enableSteps();
    const std::int64_t at = index();
    if (at < 0) {
        m_title->clear();
        m_view->setMessage(tr("There are no sequences here."));
        return;
    }
    m_view->setSample(sampleOf(*m_browser, split(), at));
    m_title->setText(m_view->exportTitle());
}

void SampleBrowserPanel::enableSteps() {
    const bool some = sequences() > 0;
    m_of->setText(some ? tr("of %1").arg(QLocale().toString(sequences())) : QString());
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_splits, m_classes, m_place, m_previousButton, m_nextButton, m_randomButton})
        widget->setEnabled(some);
    for (QAction* action : m_actions) action->setEnabled(some);
}

/// Beyond the last comes the first.
void SampleBrowserPanel::step(int by) {
    const std::int64_t count = sequences();
    if (count == 0) return;
    m_place->setValue(static_cast<int>((m_place->value() - 1 + by + count) % count) + 1);
}

void SampleBrowserPanel::showRandom() {
    const std::int64_t count = sequences();
    if (count < 2) return;
    // Any but the one that shows.
    const auto other = static_cast<std::int64_t>(QRandomGenerator::global()->bounded(static_cast<quint32>(count - 1)));
    step(static_cast<int>(other) + 1);
}

bool SampleBrowserPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_PageDown || key == Qt::Key_PageUp) {
            step(key == Qt::Key_PageDown ? 1 : -1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SampleBrowserPanel::recolour() {
    const QColor ink = palette().color(QPalette::ButtonText);
    m_previousButton->setIcon(themedIcon(QStringLiteral("previous"), ink));
    m_nextButton->setIcon(themedIcon(QStringLiteral("next"), ink));
}

void SampleBrowserPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
