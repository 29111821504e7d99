// app/panels/dataset_card.cpp: see dataset_card.h.
#include "panels/dataset_card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "models/text.h"
#include "panels/card_parts.h"
#include "session/dataset_lookup.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

constexpr double radius = 7;

QLabel* wrapped() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    return label;
}

QString firstSentence(const QString& text) {
    const qsizetype end = text.indexOf(QStringLiteral(". "));
    return end < 0 ? text : text.left(end + 1);
}

}  // namespace

DatasetCard::DatasetCard(const DatasetConfig& dataset, QWidget* parent)
    : QFrame(parent),
      m_dataset(dataset),
      m_info(dataset_info(dataset.name)),
      m_picture(new SamplePicture),
      m_chip(new StatusChip),
      m_title(new QLabel),
      m_description(wrapped()),
      m_facts(wrapped()),
      m_source(wrapped()),
      m_note(wrapped()),
      m_work(new QWidget),
      m_progress(new QProgressBar),
      m_progressText(new QLabel) {
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QString::fromStdString(dataset.name));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    build();
    recolour();
    setInfo(m_info);
}

void DatasetCard::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    column->addLayout(top);
    top->addWidget(m_picture, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(3);
    top->addLayout(texts, 1);
    auto* head = new QHBoxLayout;
    QFont bold = m_title->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.12);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    head->addWidget(m_title, 1);
    head->addWidget(m_chip, 0, Qt::AlignTop);
    texts->addLayout(head);
    texts->addWidget(m_description);
    texts->addWidget(m_facts);
    texts->addStretch(1);

    column->addWidget(m_source);
    column->addWidget(m_note);
    auto* work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(2);
    auto* bar = new QHBoxLayout;
    work->addLayout(bar);
    work->addWidget(m_progressText);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(12);
    m_progress->setAccessibleName(tr("Progress"));
    m_progressText->setTextFormat(Qt::PlainText);
    m_progressText->setMinimumWidth(20);
    bar->addWidget(m_progress, 1);
    column->addWidget(m_work);

    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    const std::tuple<DatasetAction, QString, QString> all[] = {
        {DatasetAction::Download, tr("Download"), tr("Get the published files, check them and keep them")},
        {DatasetAction::Cancel, tr("Cancel"), tr("Stop; what has come already is kept for the next time")},
        {DatasetAction::Import, tr("Use files I have…"),
         tr("Copy the published files from a folder of this computer, after checking them")},
        {DatasetAction::Verify, tr("Verify"), tr("Read every file again and compare it with what was published")},
        {DatasetAction::Remove, tr("Remove"), tr("Delete the files of this data set from the data folder")},
        {DatasetAction::Train, tr("Train with it"), tr("Go to Train with an experiment for this data set")}};
    for (const auto& [action, text, meaning] : all) {
        auto* made = new QPushButton(text);
        made->setToolTip(meaning);
        made->setAutoDefault(false);
        m_buttons[static_cast<size_t>(action)] = made;
        connect(made, &QPushButton::clicked, this, [this, action = action] { Q_EMIT acted(action); });
        if (action == DatasetAction::Cancel) {
            bar->addWidget(made);
            continue;
        }
        if (action == DatasetAction::Train) row->addStretch(1);
        row->addWidget(made);
    }
    column->addLayout(row);
}

void DatasetCard::setInfo(const DatasetInfo& info) {
    m_info = info;
    const QString title = QString::fromStdString(info.title);
    m_title->setText(title);
    m_description->setText(firstSentence(QString::fromStdString(info.description)));
    m_description->setToolTip(
        QStringLiteral("<p>%1</p>").arg(QString::fromStdString(info.description).toHtmlEscaped()));
    for (QPushButton* button : m_buttons)
        button->setAccessibleName(QStringLiteral("%1: %2").arg(title, button->text()));
    m_progress->setAccessibleName(tr("%1: progress").arg(title));
    if (info.own) {
        button(DatasetAction::Verify)->setText(tr("Check"));
        button(DatasetAction::Verify)->setToolTip(tr("Read all of it and say what is found"));
        button(DatasetAction::Remove)->setText(tr("Forget"));
        button(DatasetAction::Remove)->setToolTip(tr("Take it off this page; its files stay where they are"));
    }
    refreshFacts();
    refreshButtons();
}

void DatasetCard::setState(const CardState& state) {
    m_state = state;
    m_note->setText(state.note);
    m_note->setVisible(!state.note.isEmpty() && !state.job);
    recolour();

    using Tone = StatusChip::Tone;
    using Kind = DatasetJobs::Kind;
    if (state.job) {
        const QString text = state.job->waiting                  ? tr("waiting")
                             : state.job->kind == Kind::Download ? tr("downloading")
                             : state.job->kind == Kind::Import   ? tr("copying")
                             : state.job->kind == Kind::Verify   ? tr("checking")
                                                                 : tr("removing");
        m_chip->setStatus(Tone::Busy, text);
    } else if (state.looking) {
        m_chip->setStatus(Tone::Busy, tr("looking"));
    } else {
        switch (state.status) {
            case DatasetStatus::ready: m_chip->setStatus(Tone::Good, tr("ready")); break;
            case DatasetStatus::generated: m_chip->setStatus(Tone::Good, tr("generated")); break;
            case DatasetStatus::corrupt:
                m_chip->setStatus(Tone::Bad, m_info.own ? tr("not usable") : tr("damaged"));
                break;
            case DatasetStatus::missing: m_chip->setStatus(Tone::Neutral, tr("not here")); break;
        }
    }
    m_chip->setToolTip(QStringLiteral("<p>%1</p>").arg(state.message.toHtmlEscaped()));
    setAccessibleName(tr("%1, %2").arg(m_title->text(), m_chip->text()));
    setAccessibleDescription(state.note.isEmpty() ? m_description->text() : state.note);
    refreshFacts();
    refreshButtons();
    refreshProgress();
}

void DatasetCard::refreshFacts() {
    QStringList facts;
    if (m_info.inputs > 0) {
        const QLocale locale;
        facts << (m_info.inputs == 1 ? tr("1 input") : tr("%1 inputs").arg(locale.toString(m_info.inputs)))
              << tr("%1 steps").arg(locale.toString(m_info.steps)) << tr("%1 classes").arg(m_info.classes);
        if (m_info.label_per_step) facts << tr("a label for every step");
    }
    if (m_state.bytesHere > 0)
        facts << tr("%1 on disk").arg(bytesText(m_state.bytesHere));
    else if (const qint64 bytes = downloadBytes(m_info); bytes > 0 && !m_info.source.empty())
        facts << tr("%1 to download").arg(bytesText(bytes));
    else if (!m_info.synthetic && !m_info.own && !m_info.source.empty())
        facts << tr("size not published");
    // Lines break between facts, not within them.
    for (QString& fact : facts) fact.replace(QLatin1Char(' '), QChar::Nbsp);
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_facts->setVisible(!facts.isEmpty());
    QStringList source;
    if (m_info.own)
        source << QString::fromStdString(m_dataset.path);
    else
        source << tr("Licence: %1").arg(QString::fromStdString(m_info.licence));
    if (!m_info.citation.empty()) source << QString::fromStdString(m_info.citation);
    m_source->setText(source.join(QLatin1Char('\n')));
}

void DatasetCard::refreshButtons() {
    const bool files = !m_info.synthetic && !m_info.own;
    const bool here = m_state.status == DatasetStatus::ready || m_state.status == DatasetStatus::generated;
    const bool busy = m_state.job != nullptr;
    const bool downloading = busy && m_state.job->kind == DatasetJobs::Kind::Download;
    const auto set = [&](DatasetAction action, bool visible, bool enabled) {
        button(action)->setVisible(visible);
        button(action)->setEnabled(enabled);
    };
    set(DatasetAction::Download, files && !here && !m_info.source.empty() && !busy, true);
    set(DatasetAction::Cancel, downloading, downloading && !m_state.job->cancelling);
    set(DatasetAction::Import, files, !busy);
    set(DatasetAction::Verify, m_info.own || (files && m_state.status != DatasetStatus::missing), !busy);
    set(DatasetAction::Remove, m_info.own || (files && m_state.filesHere), !busy);
    set(DatasetAction::Train, here, !m_state.looking);
}

void DatasetCard::refreshProgress() {
    m_work->setVisible(m_state.job != nullptr);
    if (!m_state.job) return;
    const DatasetJobs::Job& job = *m_state.job;
    m_progress->setRange(0, 0);
    QString text;
    if (job.cancelling) {
        text = tr("Stopping…");
    } else if (job.waiting) {
        m_progress->setRange(0, 1);
        m_progress->setValue(0);
        text = tr("Waiting for another download");
    } else if (job.progress) {
        const DownloadProgress& now = *job.progress;
        const QString name = QString::fromStdString(now.file);
        if (now.bytes_total > 0) {
            m_progress->setRange(0, 1000);
            m_progress->setValue(static_cast<int>(1000 * now.bytes / now.bytes_total));
        }
        if (now.checking) {
            m_progress->setRange(0, 0);
            text = tr("Checking %1").arg(name);
        } else {
            text = now.file_count > 1 ? tr("%1 of %2: %3").arg(now.file_index + 1).arg(now.file_count).arg(name) : name;
            text += QStringLiteral("  ·  ");
            text += now.bytes_total > 0 ? tr("%1 of %2").arg(bytesText(now.bytes), bytesText(now.bytes_total))
                                        : bytesText(now.bytes);
            if (now.bytes_per_second > 0)
                text += tr("  ·  %1/s").arg(bytesText(static_cast<qint64>(now.bytes_per_second)));
            if (now.seconds_left) text += tr("  ·  %1 left").arg(durationText(*now.seconds_left));
        }
        m_progressText->setToolTip(tr("From %1").arg(QString::fromStdString(now.host)));
    } else {
        text = job.kind == DatasetJobs::Kind::Download ? tr("Connecting…")
               : job.kind == DatasetJobs::Kind::Import ? tr("Checking and copying…")
               : job.kind == DatasetJobs::Kind::Verify ? tr("Reading every file…")
                                                       : tr("Removing…");
    }
    m_progressText->setText(text);
    m_progress->setAccessibleDescription(text);
}

void DatasetCard::setPicture(const SharedSample& sample) { m_picture->setSample(sample); }

bool DatasetCard::hasPicture() const { return m_picture->hasSample(); }

void DatasetCard::setChosen(bool chosen) {
    m_chosen = chosen;
    update();
}

QString DatasetCard::statusText() const { return m_chip->text(); }
QString DatasetCard::noteText() const { return m_note->isHidden() ? QString() : m_note->text(); }
QString DatasetCard::progressText() const { return m_work->isHidden() ? QString() : m_progressText->text(); }

void DatasetCard::recolour() {
    QPalette faint = palette();
    faint.setColor(QPalette::WindowText, palette().color(QPalette::PlaceholderText));
    m_source->setPalette(faint);
    QPalette note = palette();
    if (m_state.noteIsError) note.setColor(QPalette::WindowText, errorColour(palette()));
    m_note->setPalette(note);
}

void DatasetCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = m_chosen ? 2 : 1;
    const QRectF area = QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.setBrush(palette().color(QPalette::Base));
    const QPen pen(m_chosen ? palette().color(QPalette::Highlight) : palette().color(QPalette::Mid), width);
    painter.setPen(pen);
    painter.drawRoundedRect(area, radius, radius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DotLine));
        painter.drawRoundedRect(area.adjusted(3, 3, -3, -3), radius - 2, radius - 2);
    }
}

void DatasetCard::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) Q_EMIT chosen();
    QFrame::mousePressEvent(event);
}

void DatasetCard::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space: Q_EMIT chosen(); break;
        default: QFrame::keyPressEvent(event);
    }
}

void DatasetCard::focusInEvent(QFocusEvent* event) {
    update();
    QFrame::focusInEvent(event);
}

void DatasetCard::focusOutEvent(QFocusEvent* event) {
    update();
    QFrame::focusOutEvent(event);
}

void DatasetCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    QFrame::changeEvent(event);
}

}  // namespace resonate::app
