// app/workspaces/epoch_pictures.cpp: see epoch_pictures.h.
#include "workspaces/epoch_pictures.h"

#include <QEventLoop>
#include <QWidget>
#include <algorithm>
#include <cmath>

#include "resonate/error.h"
#include "views/activity_view.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"
#include "workspaces/live_views.h"

namespace resonate::app {
namespace {

QString epochText(int epoch) { return QCoreApplication::translate("EpochPictures", "epoch %1").arg(epoch); }

}  // namespace

/// The figures of one epoch on one page, two columns where there are several.
class EpochPictures::Page : public ExportableView {
 public:
    QList<ExportableView*> figures;
    int epoch = -1;
    int lastEpoch = 0;

    QString exportTitle() const override {
        return figures.size() == 1 ? figures.first()->exportTitle()
                                   : QCoreApplication::translate("EpochPictures", "All views");
    }
    bool needsSampleName() const override { return figures.size() > 1 || figures.first()->needsSampleName(); }
    bool hasContent() const override { return !figures.isEmpty(); }
    QString csv() const override { return {}; }
    void renderForExport(QPainter& painter, const QRectF& area) override {
        const PlotStyle& style = figureStyle().colours;
        painter.fillRect(area, style.background);
        const double line = QFontMetricsF(painter.font()).height() + 4;
        const int columns = figures.size() > 1 ? 2 : 1;
        const int rows = static_cast<int>(std::ceil(static_cast<double>(figures.size()) / columns));
        const QSizeF cell(area.width() / columns, (area.height() - line) / rows);
        for (int i = 0; i < figures.size(); ++i) {
            const QRectF place(QPointF(area.left() + i % columns * cell.width(),
                                       area.top() + static_cast<int>(i / columns) * cell.height()),
                               cell);
            figures[i]->setFigureStyle({style, figureStyle().titled || figures.size() > 1});
            painter.save();
            painter.setClipRect(place);
            figures[i]->renderForExport(painter, place);
            painter.restore();
            figures[i]->setFigureStyle({});
        }
        // How far the run is, as a line that grows.
        const QRectF bar(area.left() + 58, area.bottom() - line / 2 - 2, area.width() - 58 - 120, 4);
        painter.fillRect(bar, style.faint);
        const double share = lastEpoch > 0 ? static_cast<double>(epoch) / lastEpoch : 1;
        painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * share, bar.height())), style.highlight);
        painter.setPen(style.text);
        painter.drawText(QRectF(bar.right() + 6, area.bottom() - line, 110, line), Qt::AlignLeft | Qt::AlignVCenter,
                         epochText(epoch));
    }
};

EpochPictures::EpochPictures(const StoredRun& run, const std::optional<DatasetInfo>& dataset, const LiveViews& shown,
                             const QString& view)
    : m_run(run),
      m_home(std::make_unique<QWidget>()),
      m_views(std::make_unique<LiveViews>(nullptr)),
      m_page(std::make_unique<Page>()) {
    m_store.open(run.folder);
    const std::initializer_list<std::pair<const char*, QWidget*>> all = {
        {"curves", m_views->curves}, {"raster", m_views->raster},         {"membranes", m_views->membranes},
        {"phase", m_views->phase},   {"parameters", m_views->parameters}, {"output", m_views->output},
        {"input", m_views->input},   {"activity", m_views->activity}};
    m_views->order->setParent(m_home.get());
    for (const auto& [name, widget] : all) {
        widget->setParent(m_home.get());
        if (view.isEmpty() || view == QLatin1String(name))
            m_page->figures.append(dynamic_cast<ExportableView*>(widget));
    }
    m_page->lastEpoch = run.recorded.empty() ? 0 : run.recorded.back();
    m_views->begin(run.config, {}, run.step_order);
    std::vector<EpochMetrics> drawn = run.metrics;
    std::erase_if(drawn, [this](const EpochMetrics& row) { return row.epoch > m_page->lastEpoch; });
    m_views->curves->hold(drawn);
    m_views->activity->hold(drawn);
    m_views->parameters->setFork(run.forked_from.empty() ? std::nullopt : std::optional(run.forked_epoch));
    m_views->setDataset(dataset);
    m_firstStep = shown.raster->firstStep();
    m_lastStep = shown.raster->lastStep();
    m_views->raster->setOrder(shown.raster->order());
    m_views->link->suggest(shown.link->suggestion());
    m_views->link->setSelection(shown.link->selection());
}

// The views speak to the link of LiveViews until they are gone.
EpochPictures::~EpochPictures() {
    m_page.reset();
    m_home.reset();
}

bool EpochPictures::wantsSurvey() const {
    const QList<ExportableView*> surveyed{m_views->parameters, m_views->membranes, m_views->phase};
    return std::any_of(surveyed.begin(), surveyed.end(),
                       [this](ExportableView* view) { return m_page->figures.contains(view); });
}

SharedFrame EpochPictures::frame(int epoch) {
    if (SharedFrame held = m_store.find(epoch)) return held;
    SharedFrame read;
    QString problem;
    QEventLoop wait;
    QObject::connect(&m_store, &FrameStore::loaded, &wait, [&](int, const SharedFrame& loaded) {
        read = loaded;
        wait.quit();
    });
    QObject::connect(&m_store, &FrameStore::failed, &wait, [&](int, const QString& sentence) {
        problem = sentence;
        wait.quit();
    });
    m_store.want(epoch);
    wait.exec();
    if (!read) throw RunError(problem.toStdString());
    return read;
}

void EpochPictures::survey(int epoch) {
    const SharedFrame surveyed = frame(epoch);
    m_views->parameters->hold(surveyed->omega, surveyed->b);
    m_views->membranes->hold(surveyed);
    m_views->phase->hold(surveyed);
}

QImage EpochPictures::picture(int epoch, const ExportOptions& options) {
    const SharedFrame drawn = frame(epoch);
    m_views->setFrame(drawn);
    m_views->parameters->setMoment(epochText(epoch));
    // The first frame says how many steps there are.
    if (m_page->epoch < 0 && m_lastStep > m_firstStep) m_views->raster->setVisibleSteps(m_firstStep, m_lastStep);
    const auto known = static_cast<size_t>(m_views->curves->epochCount());
    for (size_t i = known; i < m_run.metrics.size() && m_run.metrics[i].epoch <= epoch; ++i)
        m_views->addEpoch(m_run.metrics[i]);
    m_page->epoch = epoch;
    ExportOptions named = options;
    named.record.epoch = QString::number(epoch);
    named.record.sample = QString::number(drawn->sample);
    return figureImage(*m_page, named);
}

}  // namespace resonate::app
