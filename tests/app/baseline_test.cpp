// tests/app/baseline_test.cpp: every painted view beside its stored picture, light and dark, in the scale of the
// screen.
#include <QFontDatabase>
#include <QTest>

#include "example_scene.h"
#include "panels/dataset_card.h"
#include "picture.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

namespace {

QStringList names_of(const DatasetInfo& info) {
    QStringList names;
    for (const std::string& name : info.class_names) names.append(QString::fromStdString(name));
    return names;
}

ExperimentConfig published_experiment() {
    ExperimentConfig config;
    config.training.epochs = 20;
    config.reference = ReferenceResult{85.8, 0.7, 1700, "Higuchi et al., 2024"};
    return config;
}

/// A view as a picture shows it. `link` outlives it.
struct Scene {
    const char* name;
    QSize size;
    std::function<QWidget*(ViewLink& link)> make;
};

class Baselines {
 public:
    Baselines()
        : ecg(generated_sample("synthetic_ecg")),
          digit(generated_sample("synthetic_digits")),
          speech(generated_sample("synthetic_spoken_digits")),
          frame(resonating_frame(*ecg)) {}

    std::vector<Scene> scenes() const {
        std::vector<Scene> all;
        const std::pair<const char*, NeuronOrder> orders[] = {{"raster", NeuronOrder::Index},
                                                              {"raster-frequency", NeuronOrder::Frequency},
                                                              {"raster-rate", NeuronOrder::Rate},
                                                              {"raster-first-spike", NeuronOrder::FirstSpike}};
        for (const auto& [name, order] : orders)
            all.push_back({name, {520, 340}, [this, order = order](ViewLink& link) { return raster(link, order); }});
        all.push_back({"membranes", {520, 300}, [this](ViewLink& link) { return membranes(link, frame); }});
        all.push_back({"membranes-v", {520, 300}, [this](ViewLink& link) {
                           auto* view = membranes(link, frame);
                           view->setImaginaryShown(true);
                           return view;
                       }});
        all.push_back({"membranes-overlaid", {520, 300}, [this](ViewLink& link) {
                           auto* view = membranes(link, frame);
                           view->setOverlaid(true);
                           return view;
                       }});
        all.push_back({"membranes-izhikevich", {520, 300}, [this](ViewLink& link) {
                           auto other = std::make_shared<ProbeFrame>(*frame);
                           other->neuron = NeuronType::izhikevich;
                           return membranes(link, other);
                       }});
        all.push_back({"phase", {420, 300}, [this](ViewLink& link) {
                           auto* view = new PhaseView(&link);
                           view->setConstants(NeuronConfig());
                           view->setFrame(frame);
                           link.setSelection({7, 15});
                           link.setCursor(640);
                           return view;
                       }});
        all.push_back({"parameters", {420, 320}, [this](ViewLink& link) { return parameters(link); }});
        all.push_back({"input-ecg", {520, 300}, [this](ViewLink& link) { return input(link, ecg); }});
        all.push_back({"input-digit", {520, 340}, [this](ViewLink& link) { return input(link, digit); }});
        all.push_back({"input-events", {520, 320}, [this](ViewLink& link) { return input(link, speech); }});
        all.push_back({"output", {520, 280}, [this](ViewLink& link) { return output(link, ecg); }});
        all.push_back({"output-sequence", {520, 280}, [this](ViewLink& link) { return output(link, digit); }});
        all.push_back({"activity", {640, 260}, [this](ViewLink& link) {
                           auto* view = new ActivityView(&link);
                           view->begin(published_experiment(), learning_rows(16));
                           view->setFrame(frame);
                           return view;
                       }});
        all.push_back({"curves", {720, 260}, [](ViewLink&) { return curves(learning_rows(16)); }});
        all.push_back({"sample-message", {420, 240}, [](ViewLink& link) {
                           auto* view = new SampleView(&link);
                           view->setMessage(QStringLiteral("Choose a data set that is ready."));
                           return view;
                       }});
        all.push_back({"sample", {520, 300}, [this](ViewLink& link) {
                           auto* view = new SampleView(&link);
                           view->setSample(ecg);
                           view->setHighlightedClass(2);
                           return view;
                       }});
        all.push_back({"card-generated", {460, 190}, [this](ViewLink&) {
                           CardState state;
                           state.status = DatasetStatus::generated;
                           return card("synthetic_ecg", ecg, state);
                       }});
        all.push_back({"card-missing", {460, 230}, [](ViewLink&) {
                           CardState state;
                           state.message = "Two files are not there: QTDB_train.mat and QTDB_test.mat.";
                           return card("ecg", nullptr, state);
                       }});
        return all;
    }

    RasterView* raster(ViewLink& link, NeuronOrder order) const {
        auto* view = new RasterView(&link);
        view->setClassNames(names_of(ecg->info));
        view->setFrame(frame);
        view->setOrder(order);
        link.setSelection({7, 15});
        return view;
    }

    static CurvesView* curves(const std::vector<EpochMetrics>& rows) {
        auto* view = new CurvesView;
        view->begin(published_experiment(), rows);
        for (int batch = 0; batch < 16 * 12; ++batch) {
            BatchProgress progress;
            progress.epoch = 1 + batch / 12;
            progress.batch = batch % 12;
            progress.batches = 12;
            const double left = std::exp(-batch / 60.0);
            progress.accuracy = 87 - 64 * left + 3 * std::sin(2.1 * batch);
            progress.loss = 0.4 + 1.3 * left + 0.06 * std::sin(1.7 * batch);
            view->addBatch(progress);
        }
        return view;
    }

    SharedSample ecg, digit, speech;
    SharedFrame frame;

 private:
    static MembraneView* membranes(ViewLink& link, const SharedFrame& shown) {
        auto* view = new MembraneView(&link);
        view->setFrame(shown);
        link.setSelection({7, 11, 15});
        return view;
    }
    QWidget* parameters(ViewLink& link) const {
        auto* view = new ParameterView(&link);
        view->begin(published_experiment());
        for (int epoch = 0; epoch <= 10; ++epoch) view->setFrame(resonating_frame(*ecg, 24, epoch / 10.0));
        link.setSelection({7, 15});
        return view;
    }
    static QWidget* input(ViewLink& link, const SharedSample& sample) {
        auto* view = new InputView(&link);
        view->setDataset(sample->info, sample->stepOrder);
        view->setFrame(resonating_frame(*sample, 2));
        link.setCursor(sample->steps() / 2);
        return view;
    }
    static QWidget* output(ViewLink& link, const SharedSample& sample) {
        auto* view = new OutputView(&link);
        view->setClassNames(names_of(sample->info));
        view->setTraining(TrainingConfig());
        view->setFrame(resonating_frame(*sample, 2));
        return view;
    }
    static QWidget* card(const char* dataset, const SharedSample& sample, const CardState& state) {
        DatasetConfig config;
        config.name = dataset;
        auto* made = new DatasetCard(config);
        made->setState(state);
        if (sample) made->setPicture(sample);
        return made;
    }
};

}  // namespace

class BaselineTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        m_font = QApplication::font();
        for (const char* file : {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"})
            QVERIFY(QFontDatabase::addApplicationFont(QStringLiteral(RESONATE_SOURCE_DIR "/tests/app/fonts/") +
                                                      QLatin1String(file)) >= 0);
        QFont font(QStringLiteral("DejaVu Sans"));
        font.setPointSizeF(9);  // 12 pixels of a screen without a display
        font.setHintingPreference(QFont::PreferNoHinting);
        QApplication::setFont(font);
        m_baselines = std::make_unique<Baselines>();
    }
    void cleanupTestCase() { QApplication::setFont(m_font); }

    void viewsLookAsTheyDid_data() {
        QTest::addColumn<int>("scene");
        QTest::addColumn<bool>("dark");
        const std::vector<Scene> scenes = m_baselines->scenes();
        for (size_t i = 0; i < scenes.size(); ++i)
            for (const bool dark : {false, true})
                QTest::addRow("%s-%s", scenes[i].name, dark ? "dark" : "light") << static_cast<int>(i) << dark;
    }
    void viewsLookAsTheyDid() {
        QFETCH(int, scene);
        QFETCH(bool, dark);
        const Scene shown = m_baselines->scenes()[static_cast<size_t>(scene)];
        const QString complaint = baseline_complaint(picture(shown, dark), pictureName(shown.name, dark));
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    }

    void missingCurveFails() {
        std::vector<EpochMetrics> rows = learning_rows(16);
        for (EpochMetrics& row : rows) row.validation.reset();
        const Scene without{"curves", {720, 260}, [&](ViewLink&) { return Baselines::curves(rows); }};
        QVERIFY(compare_pictures(picture(without, false), stored("curves")).tooLarge());
    }

    void missingLabelFails() {
        const Scene without{"raster", {520, 340}, [&](ViewLink& link) {
                                auto* view = m_baselines->raster(link, NeuronOrder::Index);
                                QStringList names = names_of(m_baselines->ecg->info);
                                names.last() = QString();
                                view->setClassNames(names);
                                return view;
                            }};
        QVERIFY(compare_pictures(picture(without, false), stored("raster")).tooLarge());
    }

    void otherShadesAtEdgesPass() {
        QImage softer = stored("membranes").convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < softer.height(); ++y)
            for (int x = 0; x < softer.width(); ++x) {
                const QColor colour = softer.pixelColor(x, y);
                if (colour.lightness() < 200) softer.setPixelColor(x, y, colour.lighter(115));
            }
        QVERIFY(!compare_pictures(softer, stored("membranes")).tooLarge());
    }

 private:
    static QString pictureName(const char* scene, bool dark) {
        return QStringLiteral("%1-%2%3").arg(QLatin1String(scene),
                                             dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                             qApp->devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString());
    }
    static QImage stored(const char* scene) {
        return QImage(QStringLiteral(RESONATE_SOURCE_DIR "/tests/app/baselines/") + pictureName(scene, false) +
                      QStringLiteral(".png"));
    }
    static QImage picture(const Scene& scene, bool dark) {
        applyTheme(*qApp, dark ? ThemeMode::Dark : ThemeMode::Light);
        ViewLink link;
        const std::unique_ptr<QWidget> view(scene.make(link));
        view->resize(scene.size);
        view->show();
        if (!QTest::qWaitForWindowExposed(view.get())) qFatal("the view did not appear");
        if (auto* epochs = qobject_cast<EpochView*>(view.get()))
            if (!QTest::qWaitFor([&] { return epochs->redrawCount() > 0; })) qFatal("the curves were not drawn");
        // Charts lay themselves out in an event of their own.
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return view->grab().toImage();
    }

    QFont m_font;
    std::unique_ptr<Baselines> m_baselines;
};

RESONATE_TEST(BaselineTest)
#include "baseline_test.moc"
