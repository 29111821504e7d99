// app/panels/export_all_dialog.cpp: see export_all_dialog.h.
#include "panels/export_all_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "panels/figure_form.h"
#include "session/window_settings.h"

namespace resonate::app {

ExportAllDialog::ExportAllDialog(const QStringList& full, const QStringList& empty, const QString& name,
                                 WindowSettings& settings, QWidget* parent)
    : QDialog(parent),
      m_folderName(name.isEmpty() ? tr("figures") : name),
      m_settings(settings),
      m_form(new FigureForm),
      m_place(new QLineEdit),
      m_target(new QLabel) {
    setWindowTitle(tr("Export all views"));
    auto* column = new QVBoxLayout(this);
    auto* what = new QLabel(
        tr("Views: %1.").arg(full.join(QStringLiteral(", "))) +
        (empty.isEmpty() ? QString()
                         : QLatin1Char('\n') + tr("Empty, left out: %1.").arg(empty.join(QStringLiteral(", ")))));
    what->setWordWrap(true);
    column->addWidget(what);
    const QVariantMap before = settings.exportChoices();
    const QStringList chosen = before.value(QStringLiteral("formats"), QStringLiteral("pdf,png,csv"))
                                   .toString()
                                   .split(QLatin1Char(','), Qt::SkipEmptyParts);
    auto* formats = new QHBoxLayout;
    formats->addWidget(new QLabel(tr("Formats")));
    for (const char* format : exportFormats) {
        const QString ending = QLatin1String(format);
        auto* box = new QCheckBox(ending.toUpper());
        box->setChecked(chosen.contains(ending));
        m_formats.insert(ending, box);
        formats->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &ExportAllDialog::refresh);
    }
    formats->addStretch(1);
    column->addLayout(formats);
    m_form->setChoices(before);
    column->addWidget(m_form);
    auto* label = new QLabel(tr("&Folder"));
    label->setBuddy(m_place);
    column->addWidget(label);
    auto* row = new QHBoxLayout;
    m_place->setText(QDir::toNativeSeparators(settings.exportFolder()));
    m_place->setAccessibleName(tr("Folder"));
    m_place->setMinimumWidth(380);
    auto* choose = new QPushButton(tr("C&hoose…"));
    choose->setAutoDefault(false);
    row->addWidget(m_place, 1);
    row->addWidget(choose);
    column->addLayout(row);
    m_target->setWordWrap(true);
    column->addWidget(m_target);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    column->addWidget(buttons);
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the figures"), m_place->text());
        if (!folder.isEmpty()) m_place->setText(QDir::toNativeSeparators(folder));
    });
    connect(m_place, &QLineEdit::textChanged, this, &ExportAllDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportAllDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

QStringList ExportAllDialog::formats() const {
    QStringList chosen;
    for (const char* format : exportFormats)
        if (m_formats[QLatin1String(format)]->isChecked()) chosen << QLatin1String(format);
    return chosen;
}

ExportOptions ExportAllDialog::options() const { return m_form->options(); }

QString ExportAllDialog::folder() const {
    const QString base = QDir::fromNativeSeparators(m_place->text().trimmed()) + QLatin1Char('/') + m_folderName;
    QString free = base;
    for (int number = 2; QFileInfo::exists(free); ++number) free = QStringLiteral("%1-%2").arg(base).arg(number);
    return free;
}

void ExportAllDialog::refresh() {
    const bool placed = !m_place->text().trimmed().isEmpty();
    m_form->setPixelsWanted(m_formats[QStringLiteral("png")]->isChecked());
    m_target->setText(!placed               ? tr("Say in which folder.")
                      : formats().isEmpty() ? tr("Choose at least one format.")
                                            : tr("A new folder is made: %1").arg(QDir::toNativeSeparators(folder())));
    m_export->setEnabled(placed && !formats().isEmpty());
}

void ExportAllDialog::accept() {
    QVariantMap choices = m_form->choices();
    choices.insert(QStringLiteral("formats"), formats().join(QLatin1Char(',')));
    m_settings.setExportChoices(choices);
    m_settings.setExportFolder(QDir::fromNativeSeparators(m_place->text().trimmed()));
    QDialog::accept();
}

}  // namespace resonate::app
