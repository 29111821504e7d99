// app/panels/own_data_dialog.cpp: see own_data_dialog.h.
#include "panels/own_data_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "panels/card_parts.h"
#include "panels/sample_browser_panel.h"

namespace resonate::app {

OwnDataDialog::OwnDataDialog(const QString& kind, const std::filesystem::path& dataDir, QWidget* parent)
    : QDialog(parent),
      m_kind(kind),
      m_dataDir(dataDir),
      m_path(new QLineEdit),
      m_middle(new QVBoxLayout),
      m_found(new QLabel),
      m_preview(new SampleBrowserPanel(&m_library)) {
    const DatasetInfo& info = dataset_info(kind.toStdString());
    m_dataset.name = info.name;
    setWindowTitle(tr("Add: %1").arg(QString::fromStdString(info.title).toLower()));
    resize(940, 680);
    auto* column = new QVBoxLayout(this);
    auto* what = new QLabel(QString::fromStdString(info.description));
    what->setWordWrap(true);
    column->addWidget(what);
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("&Where it is"));
    label->setBuddy(m_path);
    m_path->setAccessibleName(tr("Where it is"));
    m_path->setClearButtonEnabled(true);
    auto* choose = new QPushButton(tr("&Choose…"));
    choose->setAutoDefault(false);
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    column->addLayout(row);
    column->addLayout(m_middle);
    m_found->setWordWrap(true);
    m_found->setTextFormat(Qt::PlainText);
    m_found->setObjectName(QStringLiteral("found"));
    m_found->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_found);
    column->addWidget(m_preview, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = buttons->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
    m_addAndTrain = buttons->addButton(tr("Add and &train with it"), QDialogButtonBox::AcceptRole);
    m_add->setDefault(true);
    column->addWidget(buttons);
    connect(choose, &QPushButton::clicked, this, [this] { choosePath(); });
    connect(m_path, &QLineEdit::editingFinished, this, [this] {
        if (m_path->text().toStdString() != m_dataset.path) pathChanged();
    });
    // Before the box of buttons hears of the click and accepts.
    connect(m_addAndTrain, &QPushButton::pressed, this, [this] { m_train = true; });
    connect(m_add, &QPushButton::pressed, this, [this] { m_train = false; });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_preview, &SampleBrowserPanel::opened, this, &OwnDataDialog::showFound);
    connect(m_preview, &SampleBrowserPanel::failed, this, &OwnDataDialog::refuse);
    refuse(QString());
    m_preview->close(tr("Choose where your data is: its first sequence appears here."));
}

void OwnDataDialog::choosePath() {
    const QString title = tr("Where your data is");
    const QString chosen =
        m_kind == QLatin1String("own_recordings")
            ? QFileDialog::getExistingDirectory(this, title, m_path->text())
            : QFileDialog::getOpenFileName(this, title, m_path->text(), tr("HDF5 files (*.h5 *.hdf5);;All files (*)"));
    if (!chosen.isEmpty()) setPath(chosen);
}

void OwnDataDialog::setPath(const QString& path) {
    m_path->setText(path);
    pathChanged();
}

void OwnDataDialog::pathChanged() {
    m_dataset.path = m_path->text().toStdString();
    look();
}

void OwnDataDialog::look() {
    refuse(QString());
    if (m_dataset.path.empty()) return;
    m_preview->open(m_dataset, tr("your data"), m_dataDir);
}

void OwnDataDialog::refuse(const QString& sentence) {
    m_found->setText(sentence);
    m_found->setVisible(!sentence.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, errorColour(palette()));
    m_found->setPalette(colours);
    m_add->setEnabled(false);
    m_addAndTrain->setEnabled(false);
}

void OwnDataDialog::showFound() {
    const SampleBrowser& browser = *m_preview->browser();
    const DatasetInfo& info = browser.info();
    const QLocale locale;
    QStringList counts;
    counts << tr("%1 to train").arg(locale.toString(static_cast<qlonglong>(browser.count(Split::train))));
    if (browser.count(Split::validation) > 0)
        counts << tr("%1 to validate").arg(locale.toString(static_cast<qlonglong>(browser.count(Split::validation))));
    counts << tr("%1 to test").arg(locale.toString(static_cast<qlonglong>(browser.count(Split::test))));
    m_found->setText(tr("Found %1 classes, %2 inputs, %3 steps; sequences: %4.")
                         .arg(info.classes)
                         .arg(info.inputs)
                         .arg(info.steps)
                         .arg(counts.join(QStringLiteral(", "))));
    m_found->setPalette(palette());
    m_found->show();
    m_add->setEnabled(true);
    m_addAndTrain->setEnabled(true);
}

QString OwnDataDialog::problem() const {
    return m_add->isEnabled() || m_found->isHidden() ? QString() : m_found->text();
}

}  // namespace resonate::app
