// app/workspaces/workspace_exports.cpp: what a workspace exports: one view, all of them, or to the clipboard.
#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>
#include <memory>

#include "exports/view_exporter.h"
#include "panels/export_all_dialog.h"
#include "panels/export_dialog.h"
#include "panels/step_job.h"
#include "panels/view_dock.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "session/window_context.h"
#include "workspaces/workspace.h"

namespace resonate::app {
namespace {

/// What an export of all views has done so far.
struct ExportedAll {
    struct View {
        ExportableView* view;
        QString title;
        QString name;
        QString origin;
    };
    QList<View> views;
    QStringList empty;
    QStringList formats;
    QString folder;
    ExportOptions options;
    QStringList written;  ///< "Curves (PDF, PNG)"
    QStringList refused;  ///< sentences
};

}  // namespace

FigureRecord Workspace::exportRecord() const {
    FigureRecord record;
    record.program = QString::fromStdString(program_version());
    return record;
}

QString Workspace::originOf(const ExportableView& view) const {
    const QString own = view.exportOrigin();
    return own.isEmpty() ? exportOrigin() : own;
}

void Workspace::addExportMenu(QMenu* view) {
    QMenu* exporting = view->addMenu(tr("&Export"));
    QAction* one = exporting->addAction(tr("&This view…"), QKeySequence(Qt::CTRL | Qt::Key_E), this, [this] {
        if (ViewDock* dock = viewInFocus()) askForExport(dock, QStringLiteral("dialog"));
    });
    one->setObjectName(QStringLiteral("exportView"));
    one->setToolTip(tr("Exports the view that has the focus, or over which the mouse is"));
    QAction* all = exporting->addAction(tr("&All views…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), this,
                                        &Workspace::exportAll);
    all->setObjectName(QStringLiteral("exportAll"));
    addOwnActions({one, all});
    addExportActions(exporting);
    exporting->addSeparator();
    for (ViewDock* dock : docks())
        if (dock->exportMenu()) {
            QMenu* formats = exporting->addMenu(dock->windowTitle());
            formats->addActions(dock->exportMenu()->actions());
        }
    addOwnActions({exporting->menuAction()});
}

/// The one with the keyboard, else under the mouse, else the first in sight that shows something.
ViewDock* Workspace::viewInFocus() const {
    const QWidget* focused = QApplication::focusWidget();
    ViewDock* first = nullptr;
    ViewDock* hovered = nullptr;
    for (ViewDock* dock : docks()) {
        if (!dock->view()) continue;
        if (focused && dock->isAncestorOf(focused)) return dock;
        if (!dock->isInSight()) continue;
        if (dock->underMouse()) hovered = dock;
        if (!first && dock->view()->hasContent()) first = dock;
    }
    if (hovered) return hovered;
    if (!first) Q_EMIT m_context->errorRaised(tr("No view shows anything yet that could be exported."));
    return first;
}

void Workspace::exportTo(ViewDock* dock, const QString& file) {
    m_context->guarded([&] {
        ExportOptions options;
        options.origin = originOf(*dock->view());
        options.record = exportRecord();
        exportView(*dock->view(), file, options);
        tellWritten(file);
    });
}

void Workspace::tellWritten(const QString& file) {
    Q_EMIT m_context->statusShown(tr("Written: %1").arg(QDir::toNativeSeparators(file)), 8000);
}

void Workspace::askForExport(ViewDock* dock, const QString& format) {
    ExportableView& view = *dock->view();
    if (format == QLatin1String("clipboard")) {
        m_context->guarded([&] {
            ExportOptions options;
            options.origin = originOf(view);
            options.record = exportRecord();
            copyViewToClipboard(view, options);
            Q_EMIT m_context->statusShown(tr("Copied: %1").arg(dock->windowTitle()), 5000);
        });
        return;
    }
    if (!view.hasContent()) {
        Q_EMIT m_context->errorRaised(tr("This view is empty: %1, then export it.").arg(view.howToFill()));
        return;
    }
    const QString name = exportStem() + QLatin1Char('-') + dock->objectName();
    if (format == QLatin1String("dialog")) {
        ExportDialog dialog(view, name, originOf(view), exportRecord(), m_context->settings(), this);
        if (dialog.exec() == QDialog::Accepted) tellWritten(dialog.written());
        return;
    }
    QString chosen = QFileDialog::getSaveFileName(
        this, tr("Export %1").arg(dock->windowTitle().toLower()),
        m_context->settings().exportFolder() + QLatin1Char('/') + name + QLatin1Char('.') + format,
        tr("%1 file (*.%2)").arg(format.toUpper(), format));
    if (chosen.isEmpty()) return;
    if (QFileInfo(chosen).suffix().isEmpty()) chosen += QLatin1Char('.') + format;
    m_context->settings().setExportFolder(QFileInfo(chosen).path());
    exportTo(dock, chosen);
}

void Workspace::exportAll() {
    auto all = std::make_shared<ExportedAll>();
    QStringList full;
    for (ViewDock* dock : docks()) {
        if (!dock->view()) continue;
        if (dock->view()->hasContent()) {
            all->views.append({dock->view(), dock->windowTitle(), dock->objectName(), originOf(*dock->view())});
            full << dock->windowTitle();
        } else {
            all->empty << dock->windowTitle();
            all->refused << tr("%1 is empty: %2").arg(dock->windowTitle(), dock->view()->howToFill());
        }
    }
    if (full.isEmpty()) {
        Q_EMIT m_context->errorRaised(tr("No view shows anything yet that could be exported."));
        return;
    }
    ExportAllDialog dialog(full, all->empty, exportStem(), m_context->settings(), this);
    if (dialog.exec() != QDialog::Accepted) return;
    all->formats = dialog.formats();
    all->folder = dialog.folder();
    all->options = dialog.options();
    all->options.record = exportRecord();
    if (!QDir().mkpath(all->folder)) {
        Q_EMIT m_context->errorRaised(
            tr("%1: cannot be made; choose another folder").arg(QDir::toNativeSeparators(all->folder)));
        return;
    }
    StepJob::Work work;
    work.title = tr("Exporting all views");
    work.count = static_cast<int>(all->views.size() * all->formats.size());
    work.step = [all](int i) {
        const ExportedAll::View& view = all->views[i / all->formats.size()];
        const qsizetype number = i % all->formats.size();
        const QString& format = all->formats[number];
        all->options.origin = view.origin;
        try {
            exportView(*view.view, QStringLiteral("%1/%2.%3").arg(all->folder, view.name, format), all->options);
        } catch (const Error& error) {
            all->refused << QString::fromUtf8(error.what());
            return;
        }
        if (number == 0 || all->written.isEmpty() || !all->written.constLast().startsWith(view.title))
            all->written << view.title + QStringLiteral(": ") + format.toUpper();
        else
            all->written.last() += QStringLiteral(", ") + format.toUpper();
    };
    work.ended = [this, all](const QString& problem) {
        if (!all->options.record.experiment.isEmpty())
            m_context->guarded([&] {
                writeWhole(all->folder + QStringLiteral("/experiment.yaml"),
                           recordAsYaml(all->options.record, exportOrigin()));
            });
        if (!problem.isEmpty()) all->refused << problem;
        reportAll(all->folder, all->written, all->refused);
    };
    work.cancelled = [this, all] {
        Q_EMIT m_context->noticeRaised(
            tr("Stopped; what was written is in %1.").arg(QDir::toNativeSeparators(all->folder)));
    };
    StepJob::start(std::move(work), this);
}

void Workspace::reportAll(const QString& folder, const QStringList& written, const QStringList& refused) {
    QMessageBox report(QMessageBox::NoIcon, tr("Exported"), {}, QMessageBox::NoButton, this);
    report.setObjectName(QStringLiteral("exportReport"));
    QString text = written.isEmpty() ? tr("Nothing was written.")
                                     : tr("Written into %1:").arg(QDir::toNativeSeparators(folder)) +
                                           QLatin1Char('\n') + written.join(QLatin1Char('\n'));
    if (!refused.isEmpty())
        text += QStringLiteral("\n\n") + tr("Left out:") + QLatin1Char('\n') + refused.join(QLatin1Char('\n'));
    report.setText(text);
    report.setTextFormat(Qt::PlainText);
    report.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QAbstractButton* open = report.addButton(tr("Open folder"), QMessageBox::ActionRole);
    report.addButton(QMessageBox::Close);
    report.exec();
    if (report.clickedButton() == open) QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

}  // namespace resonate::app
