// app/panels/export_dialog.cpp: see export_dialog.h.
#include "panels/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "panels/card_parts.h"
#include "panels/figure_form.h"
#include "session/window_settings.h"

namespace resonate::app {
namespace {

constexpr int mostPreviewLines = 40;

}  // namespace

ExportDialog::ExportDialog(ExportableView& view, const QString& stem, const QString& origin, const FigureRecord& record,
                           WindowSettings& settings, QWidget* parent)
    : QDialog(parent),
      m_view(view),
      m_origin(origin),
      m_record(record),
      m_settings(settings),
      m_format(new QComboBox),
      m_form(new FigureForm),
      m_name(new QLineEdit),
      m_preview(new QLabel),
      m_problem(new QLabel),
      m_companion(new QCheckBox(tr("With the &experiment beside it"))) {
    setWindowTitle(tr("Export: %1").arg(view.exportTitle().toLower()));
    const std::pair<const char*, QString> formats[] = {{"pdf", tr("PDF: for papers, with its fonts")},
                                                       {"svg", tr("SVG: to be edited")},
                                                       {"png", tr("PNG: pixels, for slides and the web")},
                                                       {"csv", tr("CSV: the numbers")}};
    for (const auto& [format, text] : formats) m_format->addItem(text, QLatin1String(format));
    m_format->setAccessibleName(tr("Format"));
    m_name->setAccessibleName(tr("File"));
    m_name->setMinimumWidth(260);
    m_companion->setChecked(true);
    m_companion->setToolTip(tr("A CSV file has no room for it: a small YAML file of the same name opens it again"));
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumSize(420, 320);
    m_preview->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setFrameShape(QFrame::StyledPanel);
    m_problem->setWordWrap(true);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, errorColour(palette()));
    m_problem->setPalette(colours);
    m_problem->hide();

    auto* choices = new QFormLayout;
    choices->addRow(tr("&Format"), m_format);
    auto* place = new QHBoxLayout;
    auto* choose = new QPushButton(tr("C&hoose…"));
    choose->setAutoDefault(false);
    place->addWidget(m_name, 1);
    place->addWidget(choose);
    auto* left = new QVBoxLayout;
    left->addLayout(choices);
    left->addWidget(m_form);
    left->addWidget(m_companion);
    auto* file = new QLabel(tr("Fi&le"));
    file->setBuddy(m_name);
    left->addSpacing(6);
    left->addWidget(file);
    left->addLayout(place);
    left->addWidget(m_problem);
    left->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    m_export->setDefault(true);
    m_copy = buttons->addButton(tr("Copy to clip&board"), QDialogButtonBox::ActionRole);
    auto* halves = new QHBoxLayout;
    halves->addLayout(left);
    halves->addWidget(m_preview, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(halves, 1);
    column->addWidget(buttons);

    const QVariantMap before = settings.exportChoices();
    m_form->setChoices(before);
    m_format->setCurrentIndex(std::max(0, m_format->findData(before.value(QStringLiteral("format")))));
    m_name->setText(
        QDir::toNativeSeparators(settings.exportFolder() + QLatin1Char('/') + stem + QLatin1Char('.') + format()));
    m_soon.setSingleShot(true);
    m_soon.setInterval(60);
    connect(&m_soon, &QTimer::timeout, this, &ExportDialog::refreshPreview);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::takeFormat);
    connect(m_form, &FigureForm::changed, &m_soon, qOverload<>(&QTimer::start));
    connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    takeFormat();
    resize(900, 520);
}

QString ExportDialog::format() const { return m_format->currentData().toString(); }

QString ExportDialog::problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

ExportOptions ExportDialog::options() const {
    ExportOptions options = m_form->options();
    options.origin = m_origin;
    options.record = m_record;
    return options;
}

/// With the ending of the format: what is typed decides on the place, the box on the format.
QString ExportDialog::file() const {
    const QString name = QDir::fromNativeSeparators(m_name->text().trimmed());
    return QFileInfo(name).suffix().toLower() == format() ? name : name + QLatin1Char('.') + format();
}

void ExportDialog::takeFormat() {
    const QString name = m_name->text().trimmed();
    for (const char* known : exportFormats)
        if (name.endsWith(QLatin1Char('.') + QLatin1String(known), Qt::CaseInsensitive)) {
            m_name->setText(name.left(name.size() - 3) + format());
            break;
        }
    const bool numbers = format() == QLatin1String("csv");
    m_form->setEnabled(!numbers);
    m_form->setPixelsWanted(format() == QLatin1String("png"));
    m_companion->setVisible(numbers && !m_record.experiment.isEmpty());
    m_copy->setEnabled(!numbers);
    say({});
    m_soon.start();
}

void ExportDialog::browse() {
    const QString chosen = QFileDialog::getSaveFileName(this, windowTitle(), file(),
                                                        tr("%1 file (*.%2)").arg(format().toUpper(), format()), nullptr,
                                                        QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty()) m_name->setText(QDir::toNativeSeparators(chosen));
}

void ExportDialog::refreshPreview() {
    if (format() == QLatin1String("csv")) {
        const QStringList lines = m_view.csv().split(QLatin1Char('\n'));
        QString text = lines.mid(0, mostPreviewLines).join(QLatin1Char('\n'));
        if (lines.size() > mostPreviewLines) text += tr("\n… %1 lines in all").arg(lines.size() - 1);
        m_preview->setTextFormat(Qt::PlainText);
        m_preview->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_preview->setText(text);
        return;
    }
    m_preview->setAlignment(Qt::AlignCenter);
    ExportOptions shown = options();
    const QSizeF room = m_preview->contentsRect().size() * devicePixelRatioF();
    const QSizeF fitted = shown.millimetres.scaled(room, Qt::KeepAspectRatio);
    shown.dotsPerInch = std::max(8, static_cast<int>(fitted.width() / shown.millimetres.width() * 25.4));
    try {
        QPixmap picture = QPixmap::fromImage(figureImage(m_view, shown));
        picture.setDevicePixelRatio(devicePixelRatioF());
        m_preview->setPixmap(picture);
    } catch (const std::exception& error) {
        m_preview->setText(QString::fromUtf8(error.what()));
    }
}

void ExportDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    m_soon.start();
}

void ExportDialog::say(const QString& problem) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void ExportDialog::remember() {
    QVariantMap choices = m_form->choices();
    choices.insert(QStringLiteral("format"), format());
    m_settings.setExportChoices(choices);
}

void ExportDialog::copy() {
    try {
        copyViewToClipboard(m_view, options());
        remember();
        say({});
    } catch (const std::exception& error) {
        say(QString::fromUtf8(error.what()));
    }
}

void ExportDialog::accept() {
    const QString target = file();
    const bool beside = m_companion->isVisibleTo(this) && m_companion->isChecked();
    const QString companion = target.left(target.size() - 4) + QStringLiteral(".yaml");
    QStringList there;
    if (QFileInfo::exists(target)) there << QFileInfo(target).fileName();
    if (beside && QFileInfo::exists(companion)) there << QFileInfo(companion).fileName();
    if (!there.isEmpty() &&
        QMessageBox::question(this, tr("Replace the file?"),
                              tr("%1 is there already. Replace it?").arg(there.join(tr(" and ")))) != QMessageBox::Yes)
        return;
    try {
        exportView(m_view, target, options());
        if (beside) writeWhole(companion, recordAsYaml(m_record, m_view.exportTitle()));
    } catch (const std::exception& error) {
        say(QString::fromUtf8(error.what()));
        return;
    }
    m_written = target;
    m_settings.setExportFolder(QFileInfo(target).absolutePath());
    remember();
    QDialog::accept();
}

}  // namespace resonate::app
