// tests/engine/python_exchange_test.cpp: files of this program opened by PyTorch, and PyTorch's opened here.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "resonate/run_store.h"
#include "runs/checkpoint.h"
#include "runs/torch_tensors.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

constexpr const char* python = "/usr/bin/python3";

struct Answer {
    int code = -1;
    QString out, err;
};

Answer run_python(const QStringList& arguments) {
    QProcess process;
    process.start(python, arguments);
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit) return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QString script(const char* name) { return QStringLiteral(RESONATE_SOURCE_DIR "/tests/engine/python/") + name; }

const PickleDictionary& top_of(const TorchArchive& archive) {
    static const PickleDictionary none;
    const auto* top = archive.content.top->as<PickleDictionary>();
    return top ? *top : none;
}

torch::Tensor tensor_of(const TorchArchive& archive, const char* name) {
    const PickleValue* value = find(top_of(archive), name);
    const auto* tensor = value ? value->as<TensorDescription>() : nullptr;
    return tensor ? to_tensor(*tensor, archive) : torch::Tensor();
}

template <class T>
const T* value_of(const TorchArchive& archive, const char* name) {
    const PickleValue* value = find(top_of(archive), name);
    return value ? value->as<T>() : nullptr;
}

}  // namespace

class PythonExchangeTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;

    TorchArchive sample(const char* name) const {
        return read_torch_archive(std::filesystem::path(m_folder.path().toStdString()) / name);
    }

 private Q_SLOTS:
    void initTestCase() {
        if (run_python({"-c", "import torch"}).code != 0)
            QSKIP("needs /usr/bin/python3 with PyTorch (Debian: python3-torch), which is absent");
        const Answer answer = run_python({script("write_samples.py"), m_folder.path()});
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
    }

    void pythonOpensWhatIsWrittenHere() {
        ExperimentConfig config;
        config.network.hidden_size = 3;
        Network network(config, 2, 4, 1);
        torch::optim::Adam optimiser(network.parameters(), torch::optim::AdamOptions(0.1));
        network.forward(torch::rand({5, 2, 2})).outputs.square().sum().backward();
        for (int step = 0; step < 3; ++step) optimiser.step();
        TrainingProgress progress;
        progress.epoch = 7;
        const QString file = m_folder.filePath("last.pt");
        write_file_atomically(file.toStdString(), checkpoint_bytes({network, optimiser, progress}));

        const Answer answer = run_python({script("read_checkpoint.py"), file});
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
        QStringList expected;
        for (const auto& item : network.named_parameters()) {
            const torch::Tensor tensor = item.value().detach().contiguous();
            QStringList shape;
            for (const int64_t size : tensor.sizes()) shape << QString::number(size);
            const QByteArray bytes(static_cast<const char*>(tensor.data_ptr()),
                                   static_cast<qsizetype>(tensor.nbytes()));
            expected << QString::fromStdString(item.key()) + ' ' + shape.join('x') + " torch.float32 " +
                            QString::fromLatin1(bytes.toHex());
        }
        QCOMPARE(answer.out.trimmed().split('\n'), expected);
    }

    void everyTypeIsReadExactly() {
        const TorchArchive archive = sample("types.pt");
        const torch::Tensor numbers = torch::tensor({1.5, 2.0, 0.25, 100.0, 0.0, 3.0}, torch::kFloat32);
        for (const torch::Dtype type :
             {torch::kFloat16, torch::kBFloat16, torch::kFloat32, torch::kFloat64, torch::kInt8, torch::kInt16,
              torch::kInt32, torch::kInt64, torch::kUInt8, torch::kBool}) {
            const char* names[] = {"uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"};
            const char* name = type == torch::kBool       ? "bool"
                               : type == torch::kBFloat16 ? "bfloat16"
                                                          : names[static_cast<int>(type)];
            const torch::Tensor found = tensor_of(archive, name);
            QVERIFY2(found.defined() && found.scalar_type() == type && found.equal(numbers.to(type)), name);
        }
    }

    void viewsOfOneStorageAreReadAsTheyAre() {
        const TorchArchive archive = sample("views.pt");
        QVERIFY(archive.storages.size() <= 3);  // base shared by most
        const torch::Tensor base = torch::arange(12, torch::kFloat32);
        QVERIFY(tensor_of(archive, "base").equal(base));
        QVERIFY(tensor_of(archive, "transposed").equal(base.reshape({3, 4}).t()));
        QVERIFY(tensor_of(archive, "slice").equal(torch::tensor({2.F, 5.F, 8.F})));
        QVERIFY(tensor_of(archive, "expanded").equal(torch::full({2, 3}, 5.F)));
        QVERIFY(tensor_of(archive, "scalar").equal(torch::tensor(7.F)));
        QVERIFY(tensor_of(archive, "parameter").equal(base.reshape({4, 3})));
        QVERIFY((tensor_of(archive, "empty").sizes() == at::IntArrayRef{0, 4}));
    }

    void tensorsOutliveTheArchive() {
        torch::Tensor base;
        {
            const TorchArchive archive = sample("views.pt");
            base = tensor_of(archive, "base");
        }
        QVERIFY(base.equal(torch::arange(12, torch::kFloat32)));
    }

    void plainValuesAreRead() {
        const TorchArchive archive = sample("values.pt");
        const auto* state = value_of<PickleDictionary>(archive, "state");
        QVERIFY(state && state->attributes);
        QVERIFY(find(*state->attributes->as<PickleDictionary>(), "_metadata"));
        QCOMPARE(value_of<PickleSequence>(archive, "size")->items.size(), size_t(2));
        QVERIFY(*value_of<TensorType>(archive, "dtype") == TensorType::float16);
        QCOMPARE(value_of<PickleText>(archive, "text")->text, std::string("δω"));
        QCOMPARE(value_of<PickleBytes>(archive, "bytes")->bytes, std::string("\x00\xff", 2));
        QCOMPARE(*value_of<std::int64_t>(archive, "whole"), std::int64_t{1} << 40);
        QVERIFY(value_of<PickleBigInteger>(archive, "beyond"));
        QVERIFY(*value_of<double>(archive, "real") == 0.1);
        QVERIFY(value_of<std::monostate>(archive, "none"));
        QVERIFY(*value_of<bool>(archive, "flag"));
        QVERIFY(value_of<PickleSequence>(archive, "set"));
        QCOMPARE(value_of<PickleSequence>(archive, "nested")->items.size(), size_t(2));
    }

    void protocolsTwoToFiveAreRead() {
        for (int protocol = 2; protocol <= 5; ++protocol) {
            const TorchArchive archive = sample(("protocol" + std::to_string(protocol) + ".pt").c_str());
            QCOMPARE(*value_of<std::int64_t>(archive, "protocol"), std::int64_t{protocol});
            QCOMPARE(value_of<PickleBytes>(archive, "bytes")->bytes, std::string("abc"));
            QVERIFY(tensor_of(archive, "tensor").equal(torch::arange(12, torch::kFloat32)));
        }
    }

    void namesBeyondAsciiAreRead() { QVERIFY(tensor_of(sample("Netz δ=0.01.pt"), "tensor").defined()); }

    void whatIsNotReadGivesASentence() {
        VERIFY_SAYS(complaint([&] { sample("old.pt"); }), "old.pt: is in the format of PyTorch before 1.6");
        VERIFY_SAYS(complaint([&] { sample("module.pt"); }), "torch.nn.modules.linear.Linear is not allowed");
    }
};

RESONATE_TEST(PythonExchangeTest)
#include "python_exchange_test.moc"
