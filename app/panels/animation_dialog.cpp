// app/panels/animation_dialog.cpp: see animation_dialog.h.
#include "panels/animation_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "exports/animation_writer.h"
#include "models/text.h"
#include "panels/figure_form.h"
#include "session/window_settings.h"

namespace resonate::app {
namespace {

constexpr int usualResolution = 120;  // dpi: a full page is about as wide as a screen's half
/// In mm: 1600 × 1000 pixels of the usual resolution, with room for two columns of views.
constexpr QSizeF sizeOfAllViews(338.7, 211.7);
/// Choices of the form that say the size.
constexpr const char* sizeKeys[] = {"size", "width", "height"};

}  // namespace

AnimationDialog::AnimationDialog(const QList<std::pair<QString, QString>>& views, const std::vector<int>& recorded,
                                 const QString& stem, WindowSettings& settings, QWidget* parent)
    : QDialog(parent),
      m_stem(stem),
      m_recorded(recorded),
      m_settings(settings),
      m_view(new QComboBox),
      m_format(new QComboBox),
      m_rate(new QSpinBox),
      m_stride(new QSpinBox),
      m_form(new FigureForm),
      m_place(new QLineEdit),
      m_words(new QLabel) {
    setWindowTitle(tr("Export animation"));
    for (const auto& [title, name] : views) m_view->addItem(title, name);
    m_view->addItem(tr("All views in one picture"), QString());
    m_format->addItem(tr("GIF: plays in slides and browsers"), true);
    m_format->addItem(tr("PNG files: to make a film of"), false);
    m_rate->setRange(1, 50);
    m_rate->setValue(8);
    m_rate->setSuffix(tr(" pictures per second"));
    m_stride->setRange(1, std::max(1, static_cast<int>(recorded.size())));
    m_stride->setSpecialValueText(tr("all that are recorded"));
    m_stride->setPrefix(tr("one of "));
    m_stride->setSuffix(tr(" recorded, and the last"));
    m_stride->setToolTip(tr("Which of the recorded epochs are drawn: the first, the last, and every so many between"));
    const QVariantMap before = settings.exportChoices();
    QVariantMap look = before;
    look.insert(QStringLiteral("dpi"), before.value(QStringLiteral("animationDpi"), usualResolution));
    m_form->setChoices(look);
    m_usual = m_form->choices();
    m_form->setPixelsWanted(true);
    m_place->setText(QDir::toNativeSeparators(settings.exportFolder()));
    m_place->setMinimumWidth(360);
    auto* choose = new QPushButton(tr("C&hoose…"));
    choose->setAutoDefault(false);
    auto* place = new QHBoxLayout;
    place->addWidget(m_place, 1);
    place->addWidget(choose);
    m_words->setWordWrap(true);
    auto* rows = new QFormLayout;
    rows->addRow(tr("&View"), m_view);
    rows->addRow(tr("&Format"), m_format);
    rows->addRow(tr("Sp&eed"), m_rate);
    rows->addRow(tr("E&pochs"), m_stride);
    auto* column = new QVBoxLayout(this);
    column->addLayout(rows);
    column->addWidget(m_form);
    auto* label = new QLabel(tr("F&older"));
    label->setBuddy(m_place);
    column->addWidget(label);
    column->addLayout(place);
    column->addWidget(m_words);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    column->addWidget(buttons);
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, windowTitle(), m_place->text());
        if (!folder.isEmpty()) m_place->setText(QDir::toNativeSeparators(folder));
    });
    // Before the words are renewed.
    connect(m_view, &QComboBox::currentIndexChanged, this, &AnimationDialog::offerSize);
    const auto chosen = [this] { m_sizeChosen = true; };
    connect(m_form->sizeBox(), &QComboBox::activated, this, chosen);
    for (QDoubleSpinBox* spin : {m_form->widthSpin(), m_form->heightSpin()})
        connect(spin, &QDoubleSpinBox::valueChanged, this, chosen);
    for (QComboBox* box : {m_view, m_format})
        connect(box, &QComboBox::currentIndexChanged, this, &AnimationDialog::refresh);
    for (QSpinBox* spin : {m_rate, m_stride}) connect(spin, &QSpinBox::valueChanged, this, &AnimationDialog::refresh);
    connect(m_place, &QLineEdit::textChanged, this, &AnimationDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &AnimationDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

QString AnimationDialog::view() const { return m_view->currentData().toString(); }
bool AnimationDialog::isGif() const { return m_format->currentData().toBool(); }
int AnimationDialog::picturesPerSecond() const { return m_rate->value(); }
int AnimationDialog::stride() const { return m_stride->value(); }

QList<int> AnimationDialog::epochs() const {
    QList<int> drawn;
    const auto step = static_cast<size_t>(stride());
    for (size_t i = 0; i < m_recorded.size(); i += step) drawn.append(m_recorded[i]);
    if (!drawn.isEmpty() && drawn.constLast() != m_recorded.back()) drawn.append(m_recorded.back());
    return drawn;
}

ExportOptions AnimationDialog::options() const { return m_form->options(); }

QString AnimationDialog::target() const {
    const QString base = QStringLiteral("%1/%2-%3")
                             .arg(QDir::fromNativeSeparators(m_place->text().trimmed()), m_stem,
                                  view().isEmpty() ? QStringLiteral("epochs") : view());
    const QString ending = isGif() ? QStringLiteral(".gif") : QString();
    QString free = base + ending;
    for (int number = 2; QFileInfo::exists(free); ++number)
        free = QStringLiteral("%1-%2%3").arg(base).arg(number).arg(ending);
    return free;
}

QString AnimationDialog::epochsText() const {
    constexpr qsizetype spelledOut = 6;
    QStringList drawn;
    for (const int epoch : epochs()) drawn.append(QString::number(epoch));
    const auto recorded = static_cast<qsizetype>(m_recorded.size());
    const QString which = drawn.size() <= spelledOut
                              ? drawn.join(tr(", "))
                              : tr("%1 … %2").arg(drawn.first(3).join(tr(", ")), drawn.constLast());
    return recorded == 1 ? tr("Draws the one recorded epoch, %1.").arg(which)
                         : tr("Draws %1 of %2 recorded epochs: %3.").arg(drawn.size()).arg(recorded).arg(which);
}

void AnimationDialog::offerSize() {
    if (m_sizeChosen) return;
    QVariantMap look = m_form->choices();
    for (const char* key : sizeKeys) look[QLatin1String(key)] = m_usual.value(QLatin1String(key));
    if (view().isEmpty()) {
        look[QStringLiteral("size")] = -1;  // own
        look[QStringLiteral("width")] = sizeOfAllViews.width();
        look[QStringLiteral("height")] = sizeOfAllViews.height();
    }
    const QSignalBlocker quiet[] = {QSignalBlocker(m_form->widthSpin()), QSignalBlocker(m_form->heightSpin())};
    m_form->setChoices(look);
}

void AnimationDialog::refresh() {
    const bool placed = !m_place->text().trimmed().isEmpty();
    m_rate->setEnabled(isGif());
    const auto frames = static_cast<int>(epochs().size());
    QString length = frames == 1 ? tr("1 frame") : tr("%1 frames").arg(frames);
    if (isGif())
        length += tr(", which take %1").arg(shortDurationText(frames * gifPictureSeconds(picturesPerSecond())));
    const QString place = !placed   ? tr("Say in which folder.")
                          : isGif() ? tr("The file is %1").arg(QDir::toNativeSeparators(target()))
                                    : tr("The files go into %1").arg(QDir::toNativeSeparators(target()));
    m_words->setText(QStringLiteral("%1\n%2.\n%3").arg(epochsText(), length, place));
    m_export->setEnabled(placed);
}

void AnimationDialog::accept() {
    QVariantMap choices = m_form->choices();
    choices.insert(QStringLiteral("animationDpi"), choices.take(QStringLiteral("dpi")));
    // The size of a page of views is none for figures.
    if (view().isEmpty())
        for (const char* key : sizeKeys) choices.remove(QLatin1String(key));
    m_settings.setExportChoices(choices);
    m_settings.setExportFolder(QDir::fromNativeSeparators(m_place->text().trimmed()));
    QDialog::accept();
}

}  // namespace resonate::app
