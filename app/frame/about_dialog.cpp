// app/frame/about_dialog.cpp: see about_dialog.h.
#include "frame/about_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QStyle>
#include <QStyleFactory>
#include <QSysInfo>
#include <QVBoxLayout>
#include <thread>

#include "frame/machine.h"
#include "resonate/experiment.h"
#include "resonate/machine.h"
#include "style/icons.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

/// "Fusion", also below the style sheet of the program, which is a style of its own around it.
QString styleName() {
    const QStyle* style = QApplication::style();
    if (const auto* within = style->findChild<QStyle*>(QString(), Qt::FindDirectChildrenOnly)) style = within;
    for (const QString& name : QStyleFactory::keys())
        if (name.compare(style->name(), Qt::CaseInsensitive) == 0) return name;
    return QLatin1String(style->metaObject()->className());
}

}  // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Resonate"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto* head = new QHBoxLayout;
    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(QSize(72, 72), devicePixelRatioF()));
    picture->setAccessibleName(tr("Icon of Resonate"));
    auto* text = new QLabel(
        tr("<h3>Resonate %1</h3><p>A laboratory for resonate-and-fire spiking networks, after Higuchi, Kairat, Bohté "
           "and Otte, “Balanced Resonate-and-Fire Neurons”, ICML 2024.</p><p>Free software under the GNU General "
           "Public License, version 3 or later.</p>")
            .arg(QString::fromStdString(program_version())));
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    head->addWidget(picture, 0, Qt::AlignTop);
    head->addWidget(text, 1);
    layout->addLayout(head);
    auto* label = new QLabel(tr("&Details, for a report of a problem"));
    auto* more = new QPlainTextEdit(details());
    more->setReadOnly(true);
    more->setTabChangesFocus(true);
    more->setLineWrapMode(QPlainTextEdit::NoWrap);
    more->setAccessibleName(tr("Details"));
    label->setBuddy(more);
    layout->addWidget(label);
    layout->addWidget(more, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copy = buttons->addButton(tr("&Copy details"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyDetails"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(details()); });
    buttons->button(QDialogButtonBox::Close)->setFocus();
    resize(78 * fontMetrics().averageCharWidth(), 28 * fontMetrics().lineSpacing());
}

QString AboutDialog::details() const {
    const auto line = [](const QString& name, const QString& value) {
        return QStringLiteral("%1: %2").arg(name, value);
    };
    QStringList setNames;
    for (const std::string& set : instruction_sets()) setNames << instructionSetText(set);
    QStringList facts{QString::fromStdString(version_text())};
    facts << QStringLiteral("Qt %1 (built with %2)").arg(QLatin1String(qVersion()), QLatin1String(QT_VERSION_STR))
          << line(QStringLiteral("System"),
                  QStringLiteral("%1, kernel %2").arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion()))
          << line(QStringLiteral("Processor"), processorName())
          << line(QStringLiteral("Instruction sets for the kernels"), setNames.join(QStringLiteral(", ")))
          << line(QStringLiteral("Chosen by RESONATE_SIMD"), qEnvironmentVariable("RESONATE_SIMD", QStringLiteral("–")))
          << line(QStringLiteral("Hardware threads"), QString::number(std::thread::hardware_concurrency()))
          << line(QStringLiteral("Qt platform"), QGuiApplication::platformName())
          << line(QStringLiteral("Style"),
                  styleName() + (isDark(palette()) ? QStringLiteral(", dark") : QStringLiteral(", light")));
    for (const QScreen* screen : QGuiApplication::screens())
        facts << line(QStringLiteral("Screen"), QStringLiteral("%1×%2 at scale %3, font %4 pt")
                                                    .arg(screen->size().width())
                                                    .arg(screen->size().height())
                                                    .arg(screen->devicePixelRatio())
                                                    .arg(QApplication::font().pointSizeF()));
    facts << QString::fromStdString(parallel_text()).split(QLatin1Char('\n'));
    facts.removeAll(QString());
    return facts.join(QLatin1Char('\n'));
}

}  // namespace resonate::app
