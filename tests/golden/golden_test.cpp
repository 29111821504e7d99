// tests/golden/golden_test.cpp: the engine against numbers of the published implementation.
#include <hdf5.h>

#include <QTemporaryDir>
#include <QTest>
#include <map>

#include "complaint.h"
#include "resonate/verification.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

fs::path golden_path() { return shared_dir() / "golden" / "golden.h5"; }

using Cases = std::map<std::string, GoldenCase>;

Cases verify(const fs::path& file, Precision precision, ComputePath path) {
    RunOptions options;
    options.data_dir = shared_dir() / "data";
    options.path = path;
    Cases cases;
    for (const GoldenCase& found : verify_golden(file, precision, options)) cases[found.name] = found;
    return cases;
}

/// Multiplies the first entry of a dataset by `factor`.
void change_entry(const fs::path& file, const char* dataset, double factor) {
    const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t data = H5Dopen2(opened, dataset, H5P_DEFAULT);
    const hid_t space = H5Dget_space(data);
    std::vector<double> values(static_cast<size_t>(H5Sget_simple_extent_npoints(space)));
    H5Dread(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    values.front() *= factor;
    H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Sclose(space);
    H5Dclose(data);
    H5Fclose(opened);
}

}  // namespace

/// Fails unless value < limit, and shows it.
#define VERIFY_BELOW(value, limit) QVERIFY2((value) < (limit), qPrintable(QString::number(value)))

class GoldenTest : public QObject {
    Q_OBJECT

 private:
    Cases m_exact, m_single, m_fused;

 private Q_SLOTS:
    void initTestCase() {
        REQUIRE_SHARED(golden_path());
        m_exact = verify(golden_path(), Precision::float64, ComputePath::loop);
        m_single = verify(golden_path(), Precision::float32, ComputePath::loop);
        m_fused = verify(golden_path(), Precision::float32, ComputePath::fused);
        QCOMPARE(m_exact.size(), size_t{29});
    }

    void everySmallCaseGivesThePublishedNumbers_data() {
        QTest::addColumn<QString>("name");
        for (const char* neuron : {"brf_exponential", "brf_linear", "rf_exponential", "rf_linear", "hrf_exponential",
                                   "alif_exponential", "alif_linear", "lif_exponential", "lif_linear"})
            for (const char* variant : {"seq", "last", "step"}) {
                const QString name = QString("%1_%2").arg(neuron, variant);
                QTest::newRow(qPrintable(name)) << name;
            }
    }

    void everySmallCaseGivesThePublishedNumbers() {
        QFETCH(QString, name);
        const GoldenCase& exact = m_exact.at(name.toStdString());
        VERIFY_BELOW(exact.trace_error, 1e-9);
        VERIFY_BELOW(exact.output_error, 1e-9);
        VERIFY_BELOW(exact.gradient_error, 1e-9);
        VERIFY_BELOW(exact.loss_error, 1e-9);
        for (const Cases* cases : {&m_single, &m_fused}) {
            const GoldenCase& single = cases->at(name.toStdString());
            VERIFY_BELOW(single.trace_error, 1e-4);
            VERIFY_BELOW(single.output_error, 1e-4);
            VERIFY_BELOW(single.gradient_error, 1e-4);
            VERIFY_BELOW(single.loss_error, 1e-4);
        }
    }

    void trainedNetworksGiveThePublishedLossOverThirteenHundredSteps_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"ecg_brf_trained", "ecg_alif_trained"}) QTest::newRow(name) << QString(name);
    }

    void trainedNetworksGiveThePublishedLossOverThirteenHundredSteps() {
        QFETCH(QString, name);
        const GoldenCase& exact = m_exact.at(name.toStdString());
        VERIFY_BELOW(exact.loss_error, 1e-6);
        VERIFY_BELOW(exact.spike_error, 1e-9);
        VERIFY_BELOW(exact.gradient_error, 1e-6);
        for (const Cases* cases : {&m_single, &m_fused}) {
            const GoldenCase& single = cases->at(name.toStdString());
            VERIFY_BELOW(single.loss_error, 1e-3);
            VERIFY_BELOW(single.spike_error, 0.005);
        }
    }

    void anotherNumberInTheFileIsFound() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "changed.h5";
        fs::copy_file(golden_path(), file);
        fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
        change_entry(file, "/rf_exponential_seq/grads/out.tau_mem", 1.01);
        const Cases cases = verify(file, Precision::float64, ComputePath::loop);
        QVERIFY(cases.at("rf_exponential_seq").gradient_error > 1e-6);
        QCOMPARE(cases.at("rf_exponential_seq").worst, std::string("grads/out.tau_mem"));
        VERIFY_BELOW(cases.at("rf_exponential_last").max_error, 1e-9);
    }

    void whatIsNoGoldenFileSaysSo() {
        const fs::path text = fs::path(RESONATE_SOURCE_DIR) / "README.md";
        VERIFY_SAYS(complaint([&] { verify(text, Precision::float64, ComputePath::loop); }), "is not an HDF5 file");
        VERIFY_SAYS(complaint([&] { verify("/nowhere/x.h5", Precision::float64, ComputePath::loop); }),
                    "/nowhere/x.h5: is not there");
    }

    void doublePrecisionHasNoKernels() {
        VERIFY_SAYS(complaint([&] { verify(golden_path(), Precision::float64, ComputePath::fused); }),
                    "this network needs the loop");
    }
};

RESONATE_TEST(GoldenTest)
#include "golden_test.moc"
