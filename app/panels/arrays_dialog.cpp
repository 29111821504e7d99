// app/panels/arrays_dialog.cpp: see arrays_dialog.h.
#include "panels/arrays_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include "panels/sample_browser_panel.h"
#include "resonate/own_data.h"

namespace resonate::app {
namespace {

constexpr QLatin1Char between{';'};

bool isDefinition(const QString& file) {
    const QString ending = QFileInfo(file).suffix().toLower();
    return ending == QLatin1String("yaml") || ending == QLatin1String("yml");
}

/// Relative to the folder of the definition where the file is in it: the folder can then be moved as a whole.
void makeRelative(ArraySource& source, const std::filesystem::path& folder) {
    const std::filesystem::path relative = source.file.lexically_relative(folder);
    if (!relative.empty() && *relative.begin() != "..") source.file = relative;
}

void makeRelative(ArraySplit& split, const std::filesystem::path& folder) {
    makeRelative(split.input, folder);
    makeRelative(split.labels, folder);
}

}  // namespace

struct ArraysDialog::Listing {
    std::vector<FoundArray> arrays;
    ArraysDefinition definition;
    QString problem;
};

ArraysDialog::ArraysDialog(const std::filesystem::path& dataDir, QWidget* parent)
    : OwnDataDialog(QStringLiteral("own_arrays"), dataDir, parent),
      m_form(new ArraysForm),
      m_targetRow(new QWidget),
      m_target(new QLineEdit) {
    auto* row = new QHBoxLayout(m_targetRow);
    row->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Keep the &definition as"));
    label->setBuddy(m_target);
    m_target->setAccessibleName(tr("Keep the definition as"));
    m_target->setToolTip(tr("A small file (.yaml) that says which array is what; experiments refer to it"));
    row->addWidget(label);
    row->addWidget(m_target, 1);
    middle()->addWidget(m_form);
    middle()->addWidget(m_targetRow);
    m_form->hide();
    m_targetRow->hide();
    connect(m_form, &ArraysForm::edited, this, &ArraysDialog::followEdits);
}

void ArraysDialog::choosePath() {
    const QStringList chosen = QFileDialog::getOpenFileNames(
        this, tr("Files of arrays, or a definition"), QFileInfo(pathEdit()->text()).path(),
        tr("Arrays and definitions (*.csv *.npy *.npz *.mat *.yaml *.yml);;All files (*)"));
    if (!chosen.isEmpty()) setFiles(chosen);
}

void ArraysDialog::setFiles(const QStringList& files) { setPath(files.join(between)); }

void ArraysDialog::pathChanged() {
    const QStringList files = pathEdit()->text().split(between, Qt::SkipEmptyParts);
    m_dataset.path = pathEdit()->text().toStdString();
    m_made = files.size() > 1 || (files.size() == 1 && !isDefinition(files.constFirst()));
    m_form->hide();
    m_targetRow->hide();
    ++m_turn;
    refuse(QString());
    if (m_made)
        list(files);
    else
        look();
}

void ArraysDialog::list(const QStringList& files) {
    preview()->close(tr("Looking at the files…"));
    auto* watcher = new QFutureWatcher<Listing>(this);
    connect(watcher, &QFutureWatcher<Listing>::finished, this, [this, watcher, turn = m_turn] {
        watcher->deleteLater();
        if (turn == m_turn) showListing(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run([files] {
        Listing listing;
        try {
            std::vector<std::filesystem::path> paths;
            for (const QString& file : files) paths.push_back(std::filesystem::absolute(file.trimmed().toStdString()));
            for (const std::filesystem::path& path : paths)
                for (const ArrayInfo& info : list_arrays(path))
                    listing.arrays.push_back({ArraySource{path, info.name}, info});
            listing.definition = propose_definition(paths);
        } catch (const std::exception& error) {
            listing.problem = QString::fromUtf8(error.what());
        }
        return listing;
    }));
}

void ArraysDialog::showListing(const Listing& listing) {
    if (!listing.problem.isEmpty()) {
        preview()->close(tr("There is nothing to show."));
        return refuse(listing.problem);
    }
    const QFileInfo first(QString::fromStdString(listing.arrays.front().source.file.string()));
    ArraysDefinition definition = listing.definition;
    if (definition.title.empty()) definition.title = first.completeBaseName().toStdString();
    m_form->setContents(listing.arrays, definition);
    m_form->setVisible(true);
    m_targetRow->show();
    m_target->setText(first.path() + QLatin1Char('/') + first.completeBaseName() + QStringLiteral(".resonate.yaml"));
    followEdits();
}

/// Through a definition in a folder of its own; its paths are absolute.
void ArraysDialog::followEdits() {
    const std::filesystem::path file =
        m_scratch.filePath(QStringLiteral("preview-%1.yaml").arg(++m_previews)).toStdString();
    try {
        write_definition(m_form->definition(), file);
    } catch (const std::exception& error) {
        return refuse(QString::fromUtf8(error.what()));
    }
    m_dataset.path = file.string();
    look();
}

void ArraysDialog::accept() {
    if (!m_made) return OwnDataDialog::accept();
    const QString target = m_target->text().trimmed();
    if (QFileInfo::exists(target) &&
        QMessageBox::question(this, tr("Replace the definition?"),
                              tr("%1 is there already. Replace it?").arg(target)) != QMessageBox::Yes)
        return;
    const std::filesystem::path file = std::filesystem::absolute(target.toStdString());
    ArraysDefinition definition = m_form->definition();
    makeRelative(definition.train, file.parent_path());
    if (definition.test) makeRelative(*definition.test, file.parent_path());
    if (definition.validation) makeRelative(*definition.validation, file.parent_path());
    try {
        write_definition(definition, file);
    } catch (const std::exception& error) {
        QMessageBox::warning(this, tr("The definition was not kept"), QString::fromUtf8(error.what()));
        return;
    }
    m_dataset.path = file.string();
    OwnDataDialog::accept();
}

}  // namespace resonate::app
