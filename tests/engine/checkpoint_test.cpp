// tests/engine/checkpoint_test.cpp: weights into a network and back: published files, files that do not fit, every bit.
#include "runs/checkpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <functional>

#include "complaint.h"
#include "resonate/run_store.h"
#include "runs/permutation.h"
#include "runs/torch_tensors.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

using State = std::vector<std::pair<std::string, torch::Tensor>>;

ExperimentConfig config_of(NeuronType type, int hidden) {
    ExperimentConfig config;
    config.neuron.type = type;
    config.network.hidden_size = hidden;
    config.network.hidden_bias = config.network.output_bias = false;
    return config;
}

/// Three hidden BRF neurons between two inputs and four classes.
Network small_network(NeuronType type = NeuronType::brf) { return {config_of(type, 3), 2, 4, 1}; }

State state_of(const Network& network) {
    State state;
    for (const auto& item : network.named_parameters()) state.emplace_back(item.key(), item.value().detach().clone());
    return state;
}

bool equal_bits(const torch::Tensor& a, const torch::Tensor& b) {
    return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() &&
           std::memcmp(a.contiguous().data_ptr(), b.contiguous().data_ptr(), a.nbytes()) == 0;
}

bool equal_bits(const State& a, const State& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& first, const auto& second) {
        return first.first == second.first && equal_bits(first.second, second.second);
    });
}

std::string file_of(const State& state, bool bare = false) {
    TorchArchiveWriter writer;
    if (!bare) {
        writer.begin_dictionary();
        writer.text("model_state_dict");
    }
    writer.begin_ordered_dictionary();
    for (const auto& [name, tensor] : state) {
        writer.text(name);
        write_tensor(writer, tensor);
    }
    writer.end_dictionary();
    if (!bare) writer.end_dictionary();
    return writer.finish();
}

}  // namespace

class CheckpointTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;

    std::filesystem::path file(const std::string& bytes) const {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / "some.pt";
        write_file_atomically(path, bytes);
        return path;
    }
    /// What loading a state dictionary, changed by `change`, into the network it is of complains about. Nothing of the
    /// network may have changed then.
    QString complaintAbout(const std::function<void(State&)>& change) const {
        Network network = small_network();
        State state = state_of(network);
        for (auto& [name, tensor] : state) tensor += 1;
        change(state);
        const State before = state_of(network);
        const auto path = file(file_of(state));
        const QString said = complaint([&] { load_weights(path, network); });
        if (!said.isEmpty() && !equal_bits(before, state_of(network))) return "the network was changed";
        return said;
    }

 private Q_SLOTS:
    void publishedNetworksLoad_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("type");
        QTest::addColumn<QList<int>>("sizes");
        const auto row = [](const char* name, NeuronType type, const QList<int>& sizes) {
            QTest::newRow(name) << name << static_cast<int>(type) << sizes;
        };
        row("paper_ecg_brf.pt", NeuronType::brf, {4, 36, 6});
        row("paper_ecg_alif.pt", NeuronType::alif, {4, 36, 6});
        row("reproduction_ecg_rf.pt", NeuronType::rf, {4, 36, 6});
        row("reproduction_ecg_rf_init.pt", NeuronType::rf, {4, 36, 6});
        row("paper_smnist_brf.pt", NeuronType::brf, {1, 256, 10});
        row("paper_psmnist_brf.pt", NeuronType::brf, {1, 256, 10});
    }
    void publishedNetworksLoad() {
        QFETCH(QString, file);
        QFETCH(int, type);
        QFETCH(QList<int>, sizes);
        const auto path = shared_dir() / "reference" / "checkpoints" / file.toStdString();
        REQUIRE_SHARED(path);
        Network network(config_of(static_cast<NeuronType>(type), sizes[1]), sizes[0], sizes[2], 1);
        const State before = state_of(network);
        load_weights(path, network);
        QVERIFY(network.named_buffers().is_empty());  // a mask of ones needs no place
        const State after = state_of(network);
        for (size_t i = 0; i < before.size(); ++i) QVERIFY(!equal_bits(before[i].second, after[i].second));
    }

    void thePublishedPermutationIsRead() {
        const auto path = shared_dir() / "reference" / "checkpoints" / "paper_psmnist_brf_permutation.pt";
        REQUIRE_SHARED(path);
        QCOMPARE(read_permutation(path).size(), size_t(784));
    }

    void aCheckpointBringsThePermutationOfItsData() {
        const std::vector<std::int64_t> order{2, 0, 3, 1};
        const auto bytes_with = [](const std::vector<std::int64_t>& permutation) {
            Network network = small_network();
            torch::optim::Adam optimiser(network.parameters(), torch::optim::AdamOptions(0.1));
            const TrainingProgress progress;
            return checkpoint_bytes({network, optimiser, progress, permutation});
        };
        const auto checkpoint = file(bytes_with(order));
        QCOMPARE(permutation_of_checkpoint(checkpoint), order);
        QCOMPARE(read_permutation(checkpoint), order);
        QCOMPARE(read_permutation(file(permutation_bytes(order))), order);
        QVERIFY(permutation_of_checkpoint(file(bytes_with({}))).empty());
    }

    void whatIsNoPermutationIsRefused() {
        const auto said_of = [&](const torch::Tensor& tensor) {
            TorchArchiveWriter writer;
            write_tensor(writer, tensor);
            const auto path = file(writer.finish());
            return complaint([&] { read_permutation(path); });
        };
        QCOMPARE(said_of(torch::tensor({2, 0, 1}, torch::kInt64)), QString());
        VERIFY_SAYS(said_of(torch::tensor({2, 0, 2}, torch::kInt64)), "some.pt: expected a permutation");
        VERIFY_SAYS(said_of(torch::tensor({2, 0, 2}, torch::kInt64)), "found 2 at place 2");
        VERIFY_SAYS(said_of(torch::tensor({3, 0, 1}, torch::kInt64)), "found 3 at place 0");
        VERIFY_SAYS(said_of(torch::tensor({-1, 0, 1}, torch::kInt64)), "found -1 at place 0");
        VERIFY_SAYS(said_of(torch::tensor({2, 0, 1}, torch::kInt32)), "found a tensor of int32");
        VERIFY_SAYS(said_of(torch::zeros({2, 2}, torch::kInt64)), "found a tensor of 2 dimensions");
        const auto path = file(file_of(state_of(small_network())));
        VERIFY_SAYS(complaint([&] { read_permutation(path); }), "found a dictionary");
    }

    void weightsComeBackBitForBit_data() {
        QTest::addColumn<bool>("bare");
        QTest::newRow("under model_state_dict") << false;
        QTest::newRow("state dictionary alone") << true;
    }
    void weightsComeBackBitForBit() {
        QFETCH(bool, bare);
        Network network = small_network();
        State state = state_of(network);
        for (auto& [name, tensor] : state) tensor.uniform_(-1e-38, 1e-38);  // subnormal numbers among them
        load_weights(file(file_of(state, bare)), network);
        QVERIFY(equal_bits(state, state_of(network)));
    }

    void theOptimiserComesBackBitForBit() {
        Network network = small_network();
        torch::optim::Adam optimiser(network.parameters(), torch::optim::AdamOptions(0.1));
        network.forward(torch::rand({5, 2, 2})).outputs.square().sum().backward();
        for (int step = 0; step < 3; ++step) optimiser.step();
        TrainingProgress progress;
        progress.epoch = 7;
        progress.best_loss = 0.1;
        const std::string bytes = checkpoint_bytes({network, optimiser, progress});

        Network other = small_network();
        torch::optim::Adam restored(other.parameters(), torch::optim::AdamOptions(0.1));
        TrainingProgress found;
        load_training(file(bytes), other, restored, found);
        QCOMPARE(found.epoch, 7);
        QVERIFY(checkpoint_bytes({other, restored, found}) == bytes);
    }

    void filesLibTorchWroteAreStillRead() {
        Network network = small_network();
        State state = state_of(network);
        c10::impl::GenericDict weights(c10::StringType::get(), c10::AnyType::get());
        for (auto& [name, tensor] : state) weights.insert(name, tensor.uniform_(0, 1));
        c10::impl::GenericDict all(c10::StringType::get(), c10::AnyType::get());
        all.insert("model_state_dict", weights);
        all.insert("numbers", c10::List<int64_t>({1, 2}));
        const std::vector<char> bytes = torch::pickle_save(all);
        load_weights(file({bytes.begin(), bytes.end()}), network);
        QVERIFY(equal_bits(state, state_of(network)));
    }

    void whatDoesNotFitIsNamedAndChangesNothing() {
        QCOMPARE(complaintAbout([](State&) {}), QString());
        VERIFY_SAYS(complaintAbout([](State& state) { state.pop_back(); }),
                    "some.pt: the entry 'out.linear.weight' is missing");
        VERIFY_SAYS(complaintAbout([](State& state) {
                        state.emplace_back("hidden.gain", torch::ones({3}));
                        state.emplace_back("extra.linear.mask", torch::ones({3}));
                    }),
                    "some.pt: the entries 'hidden.gain', 'extra.linear.mask' (2) have no place in this network");
        VERIFY_SAYS(complaintAbout([](State& state) {
                        state.back().second = torch::ones({4, 5});
                    }),
                    "some.pt: 'out.linear.weight' has shape [4, 5], this network needs [4, 3]");
        VERIFY_SAYS(complaintAbout([](State& state) { state.back().second[0][0] = NAN; }),
                    "some.pt: 'out.linear.weight' holds numbers that are not finite");
        // Too large for the network's float32.
        VERIFY_SAYS(complaintAbout([](State& state) {
                        state.back().second = torch::full({4, 3}, 1e300, torch::kFloat64);
                    }),
                    "'out.linear.weight' holds numbers that are not finite");
    }

    void theStateDictionaryMustBeOne() {
        Network network = small_network();
        const auto said_of = [&](const std::function<void(TorchArchiveWriter&)>& write) {
            TorchArchiveWriter writer;
            write(writer);
            const auto path = file(writer.finish());
            return complaint([&] { load_weights(path, network); });
        };
        VERIFY_SAYS(said_of([](auto& writer) { writer.integer(1); }), "expected a dictionary at the top");
        VERIFY_SAYS(said_of([](auto& writer) {
                        writer.begin_dictionary();
                        writer.text("epoch");
                        writer.integer(1);
                        writer.end_dictionary();
                    }),
                    "the entry 'model_state_dict' is missing");
        VERIFY_SAYS(said_of([](auto& writer) {
                        writer.begin_dictionary();
                        writer.text("model_state_dict");
                        writer.begin_dictionary();
                        writer.text("hidden.omega");
                        writer.text("fast");
                        writer.end_dictionary();
                        writer.end_dictionary();
                    }),
                    "'hidden.omega': expected a tensor, found text");
    }

    void anotherNeuronIsNamedAsSuch() {
        const auto said_of = [&](NeuronType saved, NeuronType preset) {
            const auto path = file(file_of(state_of(small_network(saved))));
            Network network = small_network(preset);
            return complaint([&] { load_weights(path, network); });
        };
        VERIFY_SAYS(said_of(NeuronType::alif, NeuronType::brf),
                    "some.pt: the file holds an ALIF network (hidden.tau_mem, hidden.tau_adp), the preset says BRF; ");
        VERIFY_SAYS(said_of(NeuronType::lif, NeuronType::alif),
                    "some.pt: the file holds a LIF network (hidden.tau_mem), the preset says ALIF; ");
        VERIFY_SAYS(
            said_of(NeuronType::brf, NeuronType::lif),
            "some.pt: the file holds a BRF, RF or HRF network (hidden.omega, hidden.b_offset), the preset says LIF");
        QCOMPARE(said_of(NeuronType::brf, NeuronType::rf), QString());  // the preset decides
    }

    void aMaskThatRemovesConnectionsIsNotForgotten() {
        Network network = small_network();
        State state = state_of(network);
        torch::Tensor mask = torch::ones({3, 5});
        state.emplace_back("hidden.linear.mask", mask);
        load_weights(file(file_of(state)), network);
        QVERIFY(network.named_buffers().is_empty());
        mask[1][2] = 0;
        load_weights(file(file_of(state)), network);
        QVERIFY(network.named_buffers()["hidden.linear.mask"].equal(mask));
        QCOMPARE(network.hidden().weight()[1][2].item<float>(), 0.0F);
        state.back().second = torch::ones({3, 2});
        VERIFY_SAYS(complaint([&] { load_weights(file(file_of(state)), network); }),
                    "'hidden.linear.mask' has shape [3, 2], this network needs [3, 5]");
    }

    void aNetworkWithAMaskTakesItFromTheFile() {
        Network network = small_network();
        const State without = state_of(network);
        State with = without;
        torch::Tensor mask = torch::ones({3, 5});
        mask[0][4] = 0;
        with.emplace_back("hidden.linear.mask", mask);
        network.hidden().set_mask(torch::zeros({3, 5}));
        load_weights(file(file_of(with)), network);
        QVERIFY(network.named_buffers()["hidden.linear.mask"].equal(mask));
        load_weights(file(file_of(without)), network);
        QVERIFY(network.named_buffers()["hidden.linear.mask"].equal(torch::ones({3, 5})));
    }
};

RESONATE_TEST(CheckpointTest)
#include "checkpoint_test.moc"
