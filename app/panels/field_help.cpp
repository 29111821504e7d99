// app/panels/field_help.cpp: see field_help.h.
#include "panels/field_help.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>
#include <limits>
#include <utility>

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("FieldHelp", text); }

QString number(double value) { return QString::number(value, 'g', 12); }

QString paper() { return say("Higuchi, Kairat, Bohté, Otte, \"Balanced Resonate-and-Fire Neurons\", ICML 2024"); }
QString alifPaper() {
    return say(
        "Yin, Corradi, Bohté, \"Accurate and efficient time-domain classification with adaptive spiking recurrent "
        "neural networks\", 2021, as used by Higuchi et al., ICML 2024");
}
QString izhikevichPaper() { return say("Izhikevich, \"Resonate-and-fire neurons\", Neural Networks 2001"); }
QString adamPaper() { return say("Kingma, Ba, \"Adam\", ICLR 2015; schedule of Higuchi et al., ICML 2024"); }
QString reproduction() { return say("A public partial reproduction of Higuchi et al."); }

QString lines(const QStringList& equations) { return equations.join(QStringLiteral("<br>")); }

/// How u and v follow from the step before.
FieldEquation membrane(NeuronType type) {
    switch (type) {
        case NeuronType::brf:
            return {lines({QStringLiteral("u̇ = b u − ω v + I, &nbsp; v̇ = ω u + b v"),
                           QStringLiteral("u<sub>t</sub> = u<sub>t−1</sub> + δ (b<sub>t</sub> u<sub>t−1</sub> − ω "
                                          "v<sub>t−1</sub> + I<sub>t</sub>)"),
                           QStringLiteral("v<sub>t</sub> = v<sub>t−1</sub> + δ (ω u<sub>t−1</sub> + b<sub>t</sub> "
                                          "v<sub>t−1</sub>)")}),
                    paper()};
        case NeuronType::rf:
            return {
                lines({QStringLiteral("u̇ = b u − ω v + I, &nbsp; v̇ = ω u + b v, &nbsp; b = −|b̂|"),
                       QStringLiteral("u<sub>t</sub> = u<sub>t−1</sub> + δ (b u<sub>t−1</sub> − ω v<sub>t−1</sub> + "
                                      "I<sub>t</sub>)")}),
                paper()};
        case NeuronType::hrf:
            return {lines({QStringLiteral("u̇ = I − 2 b u − ω² v, &nbsp; v̇ = u"),
                           QStringLiteral("v<sub>t</sub> = v<sub>t−1</sub> + δ u<sub>t−1</sub>"),
                           QStringLiteral("u<sub>t</sub> = u<sub>t−1</sub> + δ I<sub>t</sub> − 2 δ b<sub>t</sub> "
                                          "u<sub>t−1</sub> − δ ω² v<sub>t</sub>")}),
                    paper()};
        case NeuronType::izhikevich:
            return {lines({QStringLiteral("w ← w + δ ((b + iω) w + I), &nbsp; w = u + iv"),
                           QStringLiteral("z = Θ(Im w − θ); on a spike w ← i")}),
                    izhikevichPaper()};
        case NeuronType::alif:
        case NeuronType::lif:
            return {lines({QStringLiteral("α = exp(−1 / |τ̂<sub>m</sub>|)"),
                           QStringLiteral("û<sub>t</sub> = α u<sub>t−1</sub> + (1 − α) I<sub>t</sub>")}),
                    alifPaper()};
    }
    return {};
}

FieldEquation frequency(NeuronType type) {
    if (type != NeuronType::brf) return membrane(type);
    return {lines({QStringLiteral("u̇ = b u − ω v + I, &nbsp; v̇ = ω u + b v"),
                   QStringLiteral("ω = |ω̂|, &nbsp; p(ω) = (−1 + √(1 − (δω)²)) / δ")}),
            paper()};
}

FieldEquation damping(NeuronType type) {
    switch (type) {
        case NeuronType::brf:
            return {lines({QStringLiteral("b<sub>t</sub> = p(ω) − |b̂| − q<sub>t−1</sub>"),
                           QStringLiteral("p(ω) = (−1 + √(1 − (δω)²)) / δ &nbsp; divergence boundary")}),
                    paper()};
        case NeuronType::hrf: return {QStringLiteral("b<sub>t</sub> = 0.005 ω² + |b̂| + q<sub>t−1</sub>"), paper()};
        default: return {QStringLiteral("b = −|b̂|"), type == NeuronType::izhikevich ? izhikevichPaper() : paper()};
    }
}

FieldEquation threshold(NeuronType type) {
    switch (type) {
        case NeuronType::brf:
        case NeuronType::hrf:
            return {
                QStringLiteral("z<sub>t</sub> = Θ(u<sub>t</sub> − θ − q<sub>t−1</sub>), &nbsp; Θ(x) = 1 for x &gt; 0"),
                paper()};
        case NeuronType::lif:
            return {lines({QStringLiteral("z<sub>t</sub> = Θ(û<sub>t</sub> − θ)"),
                           QStringLiteral("u<sub>t</sub> = û<sub>t</sub> − z<sub>t</sub> θ")}),
                    alifPaper()};
        case NeuronType::izhikevich: return membrane(type);
        default: return {QStringLiteral("z<sub>t</sub> = Θ(u<sub>t</sub> − θ)"), paper()};
    }
}

FieldEquation surrogate(Surrogate kind) {
    switch (kind) {
        case Surrogate::double_gaussian:
            return {QStringLiteral("dΘ/dx ≈ ½ [1.15 N(x; 0, 0.5) − 0.30 N(x; 0, 3)]"), paper()};
        case Surrogate::multi_gaussian:
            return {QStringLiteral("dΘ/dx ≈ ½ [1.15 N(x; 0, 0.5) − 0.15 N(x; 0.5, 3) − 0.15 N(x; −0.5, 3)]"),
                    alifPaper()};
        case Surrogate::gaussian: return {QStringLiteral("dΘ/dx ≈ N(x; 0, 1)"), {}};
        case Surrogate::linear: return {QStringLiteral("dΘ/dx ≈ max(0, 1 − |x|)"), {}};
        case Surrogate::exponential: return {QStringLiteral("dΘ/dx ≈ exp(−|x|)"), {}};
    }
    return {};
}

FieldEquation decay(const ExperimentConfig& config) {
    const bool linear = config.network.decay == Decay::linear;
    const bool leaks = config.neuron.type == NeuronType::alif || config.neuron.type == NeuronType::lif;
    if (!linear) return {QStringLiteral("α = exp(−1 / |τ̂|)"), paper()};
    QStringList all{QStringLiteral("α = clamp(1 − 1 / |τ̂|, 0, 1)")};
    if (!leaks)
        all << QStringLiteral(
                   "u<sub>t</sub> = u<sub>t−1</sub> + δ (−b<sub>t</sub> − ω v<sub>t−1</sub> + I<sub>t</sub>)")
            << QStringLiteral("v<sub>t</sub> = v<sub>t−1</sub> + δ (ω u<sub>t−1</sub> − b<sub>t</sub>)");
    return {lines(all), reproduction()};
}

QString current(const ExperimentConfig& config) {
    return config.network.recurrent ? QStringLiteral("I<sub>t</sub> = W [x<sub>t</sub> ; z<sub>t−1</sub>] + bias")
                                    : QStringLiteral("I<sub>t</sub> = W x<sub>t</sub> + bias");
}

}  // namespace

QString fieldRange(const Field& field) {
    const FieldValue like = field.get(ExperimentConfig());
    if (std::holds_alternative<bool>(like) || std::holds_alternative<std::string>(like)) return {};
    if (field.min == 0 && field.max == 0) return {};
    QString text = field.min_exclusive ? say("Range: more than %1") : say("Range: from %1");
    text = text.arg(number(field.min));
    if (std::isfinite(field.max) && field.max < std::numeric_limits<int>::max())
        text += (field.max_exclusive ? say(", less than %1") : say(" to %1")).arg(number(field.max));
    return text;
}

QString fieldActs(const Field& field) {
    switch (field.change) {
        case FieldChange::now: return say("A running training takes a change with its next batch.");
        case FieldChange::next_epoch: return say("A running training takes a change with its next epoch.");
        case FieldChange::restart: break;
    }
    return say("A change is for the next training.");
}

FieldEquation fieldEquation(const Field& field, const ExperimentConfig& config) {
    const NeuronType type = config.neuron.type;
    const std::string& path = field.path;
    if (path == "neuron.type" || path == "neuron.dt") return membrane(type);
    if (path == "neuron.threshold") return threshold(type);
    if (path == "neuron.gamma")
        return {lines({QStringLiteral("q<sub>t</sub> = γ q<sub>t−1</sub> + z<sub>t</sub>"),
                       type == NeuronType::hrf ? QStringLiteral("b<sub>t</sub> = 0.005 ω² + |b̂| + q<sub>t−1</sub>")
                                               : QStringLiteral("b<sub>t</sub> = p(ω) − |b̂| − q<sub>t−1</sub>"),
                       QStringLiteral("z<sub>t</sub> = Θ(u<sub>t</sub> − θ − q<sub>t−1</sub>)")}),
                paper()};
    if (path == "neuron.surrogate") return surrogate(config.neuron.surrogate);
    if (path.starts_with("neuron.omega.")) {
        FieldEquation equation = frequency(type);
        equation.html +=
            QStringLiteral("<br>ω̂ ~ U(%1, %2)").arg(number(config.neuron.omega.min), number(config.neuron.omega.max));
        return equation;
    }
    if (path == "neuron.clamp_omega")
        return {QStringLiteral("p(ω) = (−1 + √(1 − (δω)²)) / δ, real for δω ≤ 1"), paper()};
    if (path.starts_with("neuron.b_offset.")) {
        FieldEquation equation = damping(type);
        equation.html += QStringLiteral("<br>b̂ ~ U(%1, %2)")
                             .arg(number(config.neuron.b_offset.min), number(config.neuron.b_offset.max));
        return equation;
    }
    if (path.starts_with("neuron.tau_mem.")) {
        FieldEquation equation = config.network.decay == Decay::linear ? decay(config) : membrane(type);
        equation.html += QStringLiteral("<br>τ̂<sub>m</sub> ~ N(%1, %2)")
                             .arg(number(config.neuron.tau_mem.mean), number(config.neuron.tau_mem.std));
        return equation;
    }
    if (path.starts_with("neuron.tau_adp."))
        return {
            lines({config.network.decay == Decay::linear ? QStringLiteral("ρ = clamp(1 − 1 / |τ̂<sub>a</sub>|, 0, 1)")
                                                         : QStringLiteral("ρ = exp(−1 / |τ̂<sub>a</sub>|)"),
                   QStringLiteral("a<sub>t</sub> = ρ a<sub>t−1</sub> + (1 − ρ) z<sub>t−1</sub>"),
                   QStringLiteral("ϑ<sub>t</sub> = 0.01 + 1.8 a<sub>t</sub>, &nbsp; z<sub>t</sub> = "
                                  "Θ(û<sub>t</sub> − ϑ<sub>t</sub>)"),
                   QStringLiteral("τ̂<sub>a</sub> ~ N(%1, %2)")
                       .arg(number(config.neuron.tau_adp.mean), number(config.neuron.tau_adp.std))}),
            alifPaper()};
    if (path == "network.recurrent" || path == "network.hidden_bias" || path == "network.hidden_size")
        return {current(config), paper()};
    if (path == "network.second_hidden_size")
        return {QStringLiteral("I<sub>t</sub>⁽²⁾ = W⁽²⁾ [z<sub>t</sub>⁽¹⁾ ; z<sub>t−1</sub>⁽²⁾] + bias"), {}};
    if (path == "network.mask_probability")
        return {QStringLiteral("I<sub>t</sub> = (M ∘ W) [x<sub>t</sub> ; z<sub>t−1</sub>], &nbsp; P(M = 0) = %1")
                    .arg(number(config.network.mask_probability)),
                paper()};
    if (path == "network.decay") return decay(config);
    if (path == "network.output_bias" || path.starts_with("network.output_tau."))
        return {lines({config.network.decay == Decay::linear ? QStringLiteral("α = clamp(1 − 1 / |τ̂|, 0, 1)")
                                                             : QStringLiteral("α = exp(−1 / |τ̂|)"),
                       QStringLiteral("o<sub>t</sub> = α o<sub>t−1</sub> + (1 − α) (W<sub>out</sub> z<sub>t</sub> + "
                                      "bias)"),
                       QStringLiteral("τ̂ ~ N(%1, %2)")
                           .arg(number(config.network.output_tau.mean), number(config.network.output_tau.std))}),
                paper()};
    if (path == "training.learning_rate" || path == "training.schedule" || path == "training.epochs")
        return {config.training.schedule == LearningRateSchedule::linear
                    ? QStringLiteral("η<sub>e</sub> = η (1 − e / E) in epoch e, &nbsp; Adam β = 0.9, 0.999")
                    : QStringLiteral("η<sub>e</sub> = η in every epoch, &nbsp; Adam β = 0.9, 0.999"),
                adamPaper()};
    if (path == "training.gradient_clip") return {QStringLiteral("g ← g · min(1, c / ‖g‖₂)"), paper()};
    if (path == "training.energy_lambda")
        return {QStringLiteral("L = mean loss + λ · spikes in the batch / B"), reproduction()};
    if (path == "training.sub_seq_length" || path == "training.label_last" || path == "training.n_last")
        return {config.training.label_last
                    ? QStringLiteral("L = −Σ<sub>t &gt; T − n</sub> log softmax(o<sub>t</sub>)<sub>y</sub>")
                    : QStringLiteral("L = −Σ<sub>t ≥ s</sub> log softmax(o<sub>t</sub>)<sub>y</sub>"),
                paper()};
    if (path == "training.tbptt_window")
        return {say("One step of Adam at t = w, 2w, … and at the end; the state is carried on without its history."),
                paper()};
    return {};
}

QString fieldHelp(const Field& field, const ExperimentConfig& config) {
    const auto escaped = [](const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); };
    QString html = QStringLiteral("<p style='margin:0 0 3px 0'><b>%1</b>").arg(escaped(field.label));
    if (!field.symbol.empty()) html += QStringLiteral(" · %1").arg(escaped(field.symbol));
    if (!field.unit.empty()) html += QStringLiteral(" · %1").arg(escaped(field.unit));
    html += QStringLiteral("</p><p style='margin:0 0 4px 0'>%1</p>").arg(escaped(field.help));
    const FieldEquation equation = fieldEquation(field, config);
    if (!equation.html.isEmpty())
        html += QStringLiteral("<p style='margin:2px 0 4px 10px; font-family:serif; font-size:large'>%1</p>")
                    .arg(equation.html);
    QStringList facts;
    if (const QString range = fieldRange(field); !range.isEmpty()) facts << range.toHtmlEscaped() + QLatin1Char('.');
    facts << fieldActs(field);
    facts << QStringLiteral("<code>%1</code>").arg(escaped(field.path));
    html += QStringLiteral("<p style='margin:0'>%1</p>").arg(facts.join(QLatin1Char(' ')));
    if (!equation.source.isEmpty())
        html +=
            QStringLiteral("<p style='margin:4px 0 0 0'><small>%1</small></p>").arg(equation.source.toHtmlEscaped());
    return html;
}

}  // namespace resonate::app
