// tests/golden/golden_test.cpp: the step loop against numbers of the published implementation.
#include <torch/torch.h>

#include <QTest>

#include "golden_file.h"
#include "networks/network.h"
#include "shared_data.h"
#include "test_registry.h"
#include "training/sequence_loss.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

std::filesystem::path golden_path() { return shared_dir() / "golden" / "golden.h5"; }

NeuronType neuron_type(const std::string& name) {
    for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::alif, NeuronType::lif})
        if (to_string(type) == name) return type;
    throw std::runtime_error("golden file: unknown neuron " + name);
}

Surrogate surrogate_type(const std::string& name) {
    for (const Surrogate surrogate : {Surrogate::double_gaussian, Surrogate::multi_gaussian, Surrogate::gaussian,
                                      Surrogate::linear, Surrogate::exponential})
        if (to_string(surrogate) == name) return surrogate;
    throw std::runtime_error("golden file: unknown surrogate " + name);
}

ExperimentConfig config_of(const GoldenFile& golden, const std::string& name) {
    ExperimentConfig config;
    config.neuron.type = neuron_type(golden.text(name, "neuron"));
    config.neuron.surrogate = surrogate_type(golden.text(name, "surrogate"));
    config.neuron.dt = golden.number(name, "dt");
    if (config.neuron.type != NeuronType::alif) config.neuron.threshold = golden.number(name, "theta");
    config.neuron.gamma = golden.number(name, "gamma");
    config.network.hidden_size = static_cast<int>(golden.tensor(name + "/params/hidden.linear.weight").size(0));
    config.network.hidden_bias = golden.has(name + "/params/hidden.linear.bias");
    config.network.output_bias = golden.has(name + "/params/out.linear.bias");
    config.training.label_last = golden.flag(name, "label_last");
    config.training.sub_seq_length = static_cast<int>(golden.number(name, "sub_seq_length"));
    return config;
}

/// Largest difference relative to the largest entry of `expected`.
double relative_error(const torch::Tensor& found, const torch::Tensor& expected) {
    if (found.sizes() != expected.sizes()) return std::numeric_limits<double>::infinity();
    const double scale = std::max(expected.abs().max().item<double>(), 1e-300);
    return (found.to(torch::kFloat64) - expected).abs().max().item<double>() / scale;
}

struct CaseErrors {
    double trace = 0, outputs = 0, loss = 0, gradient = 0;
};

CaseErrors run_case(const GoldenFile& golden, const std::string& name, torch::Dtype dtype) {
    const ExperimentConfig config = config_of(golden, name);
    const torch::Tensor input = golden.tensor(name + "/x").to(dtype);
    const torch::Tensor labels = golden.tensor(name + "/y");
    Network network(config, input.size(2), golden.tensor(name + "/params/out.tau_mem").size(0), 1);
    network.to(dtype);
    {
        const torch::NoGradGuard no_grad;
        for (auto& parameter : network.named_parameters())
            parameter.value().copy_(golden.tensor(name + "/params/" + parameter.key()));
    }
    std::map<std::string, std::vector<torch::Tensor>> trace;
    const NetworkOutput result = network.forward(input, [&](int64_t, const NeuronState&, NeuronState& after) {
        const std::pair<const char*, torch::Tensor> members[] = {
            {"z", after.z}, {"u", after.u}, {"v", after.v}, {"q", after.q}, {"a", after.a}};
        for (const auto& [member, value] : members)
            if (value.defined()) trace[member].push_back(value.detach());
    });
    const SequenceLoss loss = sequence_loss(result.outputs, labels, config.training);
    loss.sum.backward();

    CaseErrors errors;
    for (const std::string& member : golden.members(name + "/trace"))
        errors.trace = std::max(
            errors.trace, relative_error(torch::stack(trace.at(member)), golden.tensor(name + "/trace/" + member)));
    const StepsUsed used = steps_used(config.training, input.size(0));
    errors.outputs =
        relative_error(result.outputs.detach().narrow(0, used.first, used.count), golden.tensor(name + "/outputs"));
    errors.loss = std::abs(loss.sum.item<double>() / golden.number(name, "loss") - 1);
    for (const auto& parameter : network.named_parameters())
        errors.gradient = std::max(errors.gradient, relative_error(parameter.value().grad(),
                                                                   golden.tensor(name + "/grads/" + parameter.key())));
    return errors;
}

}  // namespace

class GoldenTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void stepLoopGivesThePublishedNumbers_data() {
        QTest::addColumn<QString>("name");
        for (const char* neuron : {"brf", "rf", "alif", "lif"})
            for (const char* variant : {"seq", "last", "step"}) {
                const QString name = QString("%1_exponential_%2").arg(neuron, variant);
                QTest::newRow(qPrintable(name)) << name;
            }
    }

    void stepLoopGivesThePublishedNumbers() {
        REQUIRE_SHARED(golden_path());
        QFETCH(QString, name);
        const GoldenFile golden(golden_path());
        const CaseErrors exact = run_case(golden, name.toStdString(), torch::kFloat64);
        QVERIFY2(exact.trace < 1e-9, qPrintable(QString::number(exact.trace)));
        QVERIFY2(exact.outputs < 1e-9, qPrintable(QString::number(exact.outputs)));
        QVERIFY2(exact.loss < 1e-9, qPrintable(QString::number(exact.loss)));
        QVERIFY2(exact.gradient < 1e-9, qPrintable(QString::number(exact.gradient)));
        const CaseErrors single = run_case(golden, name.toStdString(), torch::kFloat32);
        QVERIFY2(single.loss < 1e-4, qPrintable(QString::number(single.loss)));
        QVERIFY2(single.gradient < 1e-4, qPrintable(QString::number(single.gradient)));
    }
};

RESONATE_TEST(GoldenTest)
#include "golden_test.moc"
