// app/panels/preset_bar.cpp: see preset_bar.h.
#include "panels/preset_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "models/text.h"
#include "panels/wrapped_label.h"
#include "resonate/config_io.h"

namespace resonate::app {
PresetBar::PresetBar(QWidget* parent)
    : QWidget(parent),
      m_presets(new QComboBox),
      m_gallery(new QToolButton),
      m_description(wrappedLabel()),
      m_reference(wrappedLabel()),
      m_changes(new QToolButton),
      m_menu(new QMenu(this)),
      m_save(new QPushButton(tr("Save"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* choice = new QHBoxLayout;
    auto* label = new QLabel(tr("&Preset"));
    label->setBuddy(m_presets);
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_presets->setMinimumContentsLength(12);
    m_gallery->setText(tr("Gallery…"));
    m_gallery->setToolTip(tr("All presets with their pictures and published results (Ctrl+P)"));
    choice->addWidget(label);
    choice->addWidget(m_presets, 1);
    choice->addWidget(m_gallery);
    column->addLayout(choice);
    column->addWidget(m_description);
    column->addWidget(m_reference);

    auto* saving = new QHBoxLayout;
    auto* saveAs = new QPushButton(tr("Save as…"));
    m_save->setToolTip(tr("Save the experiment over its own preset"));
    saveAs->setToolTip(tr("Save the experiment as a preset of your own"));
    m_changes->setAutoRaise(true);
    m_changes->setPopupMode(QToolButton::InstantPopup);
    m_changes->setMenu(m_menu);
    QSizePolicy keepsItsPlace = m_changes->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_changes->setSizePolicy(keepsItsPlace);
    m_changes->hide();
    saving->addWidget(m_changes);
    saving->addStretch(1);
    saving->addWidget(m_save);
    saving->addWidget(saveAs);
    column->addLayout(saving);

    connect(m_presets, &QComboBox::activated, this,
            [this](int index) { Q_EMIT chosen(m_presets->itemData(index).toString()); });
    connect(m_gallery, &QToolButton::clicked, this, &PresetBar::galleryRequested);
    connect(m_save, &QPushButton::clicked, this, &PresetBar::saveRequested);
    connect(saveAs, &QPushButton::clicked, this, &PresetBar::saveAsRequested);
}

void PresetBar::reload(const QString& name) {
    const QSignalBlocker quiet(m_presets);
    m_presets->clear();
    bool own = false;
    for (const Preset& preset : list_presets()) {
        if (!preset.file.empty() && !own) {
            m_presets->insertSeparator(m_presets->count());
            own = true;
        }
        const QString title = QString::fromStdString(preset.title);
        const QString key = QString::fromStdString(preset.name);
        // One's own have the title of what they were made from: their name tells them apart.
        m_presets->addItem(preset.file.empty() ? title : tr("%1 (%2)").arg(key, title), key);
        m_presets->setItemData(m_presets->count() - 1, QString::fromStdString(preset.description), Qt::ToolTipRole);
    }
    m_presets->setCurrentIndex(m_presets->findData(name));
}

void PresetBar::choose(const QString& name, const QString& title) {
    const int index = m_presets->findData(name);
    m_presets->setCurrentIndex(index);
    if (index >= 0) return;
    // A file that is no preset may have the title of one.
    m_presets->setPlaceholderText(title.isEmpty() || name.isEmpty() ? name + title : tr("%1 (%2)").arg(name, title));
}

void PresetBar::describe(const ExperimentConfig& config) {
    m_description->setText(QString::fromStdString(config.description));
    m_description->setVisible(!config.description.empty());
    m_reference->setVisible(config.reference.has_value());
    if (!config.reference) return;
    QString text = publishedText(*config.reference);
    if (config.reference->sop > 0) text += tr(", %L1 spikes per sample").arg(config.reference->sop, 0, 'f', 0);
    m_reference->setText(text);
    m_reference->setToolTip(QString::fromStdString(config.reference->source));
}

void PresetBar::setDifferences(const QList<PresetDifference>& differences) {
    m_changes->setVisible(!differences.isEmpty());
    m_menu->clear();
    if (differences.isEmpty()) return;
    m_changes->setText(differences.size() == 1 ? tr("● 1 change") : tr("● %1 changes").arg(differences.size()));
    QString rows;
    for (const PresetDifference& one : differences) {
        const QString text = tr("%1: %2 → %3").arg(one.label, one.preset, one.now);
        QAction* jump = m_menu->addAction(one.applies ? text : tr("%1 (not used here)").arg(text));
        jump->setData(one.path);
        jump->setEnabled(one.applies);
        // Queued, as below: the menu is filled anew by what follows.
        connect(
            jump, &QAction::triggered, this, [this, path = one.path] { Q_EMIT jumpRequested(path); },
            Qt::QueuedConnection);
        rows += QStringLiteral("<br>") + text.toHtmlEscaped();
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Reset all to the preset")), &QAction::triggered, this, &PresetBar::resetAllRequested,
            Qt::QueuedConnection);
    m_changes->setToolTip(QStringLiteral("<p><b>%1</b>%2</p>").arg(tr("Differs from the preset:"), rows));
    m_changes->setAccessibleDescription(tr("Differs from the preset; opens a list"));
}

void PresetBar::setSavable(bool savable) { m_save->setEnabled(savable); }

}  // namespace resonate::app
