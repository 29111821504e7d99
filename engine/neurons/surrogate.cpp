// engine/neurons/surrogate.cpp: spike function with a surrogate gradient.
#include "neurons/surrogate.h"

#include <cmath>
#include <numbers>

namespace resonate {
namespace {

// Height and width of the positive and the negative bells, published values.
constexpr double height = 0.15;
constexpr double width = 0.5;
constexpr double wide = 6.0 * width;
constexpr double gamma = 0.5;

torch::Tensor normal_density(const torch::Tensor& x, double mean, double deviation) {
    const double scale = 1.0 / (deviation * std::sqrt(2.0 * std::numbers::pi));
    return ((x - mean).square() * (-0.5 / (deviation * deviation))).exp_().mul_(scale);
}

torch::Tensor normal_integral(const torch::Tensor& x, double mean, double deviation) {
    return 0.5 * (1 + torch::erf((x - mean) / (deviation * std::numbers::sqrt2)));
}

class SpikeFunction : public torch::autograd::Function<SpikeFunction> {
 public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x, int64_t surrogate) {
        context->save_for_backward({x});
        context->saved_data["surrogate"] = surrogate;
        return x.gt(0).to(x.scalar_type());
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const auto surrogate = static_cast<Surrogate>(context->saved_data["surrogate"].toInt());
        const torch::Tensor x = context->get_saved_variables()[0];
        return {surrogate_derivative(x, surrogate).mul_(gradients[0]), torch::Tensor()};
    }
};

}  // namespace

torch::Tensor surrogate_derivative(const torch::Tensor& x, Surrogate surrogate) {
    switch (surrogate) {
        case Surrogate::double_gaussian:
            return normal_density(x, 0, width)
                .mul_(gamma * (1 + height))
                .sub_(normal_density(x, 0, wide), 2 * gamma * height);
        case Surrogate::multi_gaussian:
            return normal_density(x, 0, width)
                .mul_(gamma * (1 + height))
                .sub_(normal_density(x, width, wide), gamma * height)
                .sub_(normal_density(x, -width, wide), gamma * height);
        case Surrogate::gaussian: return normal_density(x, 0, 1);
        case Surrogate::linear: return (1 - x.abs()).clamp_min_(0);
        case Surrogate::exponential: return (-x.abs()).exp_();
    }
    TORCH_CHECK(false, "surrogate without a derivative");
}

torch::Tensor spike(const torch::Tensor& x, Surrogate surrogate) {
    if (!torch::GradMode::is_enabled()) return x.gt(0).to(x.scalar_type());
    return SpikeFunction::apply(x, static_cast<int64_t>(surrogate));
}

torch::Tensor smooth_spike(const torch::Tensor& x, Surrogate surrogate) {
    switch (surrogate) {
        case Surrogate::double_gaussian:
            return gamma * (1 + height) * normal_integral(x, 0, width) -
                   2 * gamma * height * normal_integral(x, 0, wide);
        case Surrogate::multi_gaussian:
            return gamma * (1 + height) * normal_integral(x, 0, width) -
                   gamma * height * (normal_integral(x, width, wide) + normal_integral(x, -width, wide));
        case Surrogate::gaussian: return normal_integral(x, 0, 1);
        case Surrogate::linear: {
            const torch::Tensor inside = x.clamp(-1, 1);
            return 0.5 + inside - 0.5 * inside * inside.abs();
        }
        case Surrogate::exponential: return torch::where(x < 0, x.clamp_max(0).exp(), 2 - (-x).clamp_max(0).exp());
    }
    TORCH_CHECK(false, "surrogate without an integral");
}

torch::Tensor spike(const torch::Tensor& x, const NeuronConstants& constants) {
    return constants.smooth_spikes ? smooth_spike(x, constants.surrogate) : spike(x, constants.surrogate);
}

}  // namespace resonate
