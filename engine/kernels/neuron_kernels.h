// engine/kernels/neuron_kernels.h: one step of each neuron and its derivative, for a vector of neurons.
// The equations are those of engine/neurons/; the derivatives follow from them (spec: neurons.md, section 5).
// x is the distance of the membrane from its threshold; a name with d in front is dL/d(name).
#pragma once

#include "kernels/sequence_problem.h"
#include "kernels/simd.h"
#include "resonate/neuron_types.h"

namespace resonate::kernels::RESONATE_ISA {

/// Constants of a layer and the rates of the vector of neurons at hand.
struct NeuronValues {
    Vector rate[2];
    float dt, threshold, gamma;
};

inline Vector one_where(Mask mask) { return select(mask, broadcast(1.0F), Vector{}); }

template <Surrogate surrogate>
inline Vector spike_derivative(Vector x) {
    // 1 / √(2π) times the published weights and widths; see neurons/surrogate.cpp.
    constexpr float density = 0.398942280401432678F;
    constexpr float narrow = 0.5F * 1.15F * density / 0.5F;
    constexpr float wide = 0.5F * 0.15F * density / 3.0F;
    if constexpr (surrogate == Surrogate::double_gaussian)
        return exponential(x * x * -2.0F) * narrow - exponential(x * x * (-1.0F / 18.0F)) * (2 * wide);
    if constexpr (surrogate == Surrogate::multi_gaussian) {
        const Vector above = x - 0.5F;
        const Vector below = x + 0.5F;
        return exponential(x * x * -2.0F) * narrow -
               (exponential(above * above * (-1.0F / 18.0F)) + exponential(below * below * (-1.0F / 18.0F))) * wide;
    }
    if constexpr (surrogate == Surrogate::gaussian) return exponential(x * x * -0.5F) * density;
    const Vector size = select(x < 0.0F, -x, x);
    if constexpr (surrogate == Surrogate::linear) return select(size > 1.0F, Vector{}, 1.0F - size);
    return exponential(-size);
}

/// Each neuron has `states` variables. `forward` replaces them by those of the next step, sets `membrane` to the
/// membrane before a reset, and returns where it spikes. `backward` takes dz and the carries (dL/d of each variable
/// after the step, from later steps), replaces the carries by those of the step before, adds to the gradients of the
/// rates, and returns dL/d(current).

/// The Euler step that BRF and RF share, for a damping b that may differ from step to step; s = u, v.
template <Decay decay>
struct Resonator {
    static void forward(Vector* s, Vector b, Vector current, const NeuronValues& n) {
        const Vector u = s[0], v = s[1];
        if constexpr (decay == Decay::exponential) {
            s[0] = u + n.dt * (b * u - n.rate[0] * v + current);
            s[1] = v + n.dt * (n.rate[0] * u + b * v);
        } else {
            s[0] = u + n.dt * (current - b - n.rate[0] * v);
            s[1] = v + n.dt * (n.rate[0] * u - b);
        }
    }

    /// `du`, `dv`: dL/d of u and v after the step. Sets the carries of u and v; returns dL/db.
    static Vector backward(const Vector* before, Vector b, Vector du, Vector dv, Vector* carry, Vector& omega_gradient,
                           const NeuronValues& n) {
        const Vector u = before[0], v = before[1];
        const Vector turn = n.dt * n.rate[0];
        omega_gradient += n.dt * (u * dv - v * du);
        if constexpr (decay == Decay::exponential) {
            const Vector keep = 1.0F + n.dt * b;
            carry[0] = du * keep + dv * turn;
            carry[1] = dv * keep - du * turn;
            return n.dt * (u * du + v * dv);
        }
        carry[0] = du + dv * turn;
        carry[1] = dv - du * turn;
        return -n.dt * (du + dv);
    }
};

/// What BRF and HRF share: z = Θ(u − q − θ), q ← γ q + z.
struct Refractory {
    static Mask forward(Vector u, Vector& q, const NeuronValues& n) {
        const Mask spike = u - q - n.threshold > 0.0F;
        q = n.gamma * q + one_where(spike);
        return spike;
    }

    /// `q` before the step; `dq` from after the step to before it, but for what q does to the damping. Returns what
    /// reaches u through the spike.
    template <Surrogate surrogate>
    static Vector backward(Vector u, Vector q, Vector dz, Vector& dq, const NeuronValues& n) {
        const Vector sigma = spike_derivative<surrogate>(u - q - n.threshold) * (dz + dq);
        dq = n.gamma * dq - sigma;
        return sigma;
    }
};

template <Decay decay>
struct BrfKernel {
    static constexpr int states = 3;  // u, v, q
    static constexpr StateVariable variables[] = {state_u, state_v, state_q};

    static Mask forward(Vector* s, Vector current, const NeuronValues& n, Vector& membrane) {
        Resonator<decay>::forward(s, n.rate[1] - s[2], current, n);
        membrane = s[0];
        return Refractory::forward(s[0], s[2], n);
    }

    template <Surrogate surrogate>
    static Vector backward(const Vector* before, const Vector* after, Vector, Vector, Vector dz, Vector* carry,
                           Vector* rate_gradient, const NeuronValues& n) {
        const Vector q = before[2];
        const Vector du = carry[0] + Refractory::backward<surrogate>(after[0], q, dz, carry[2], n);
        const Vector db = Resonator<decay>::backward(before, n.rate[1] - q, du, carry[1], carry, rate_gradient[0], n);
        carry[2] -= db;
        rate_gradient[1] += db;
        return n.dt * du;
    }
};

template <Decay decay>
struct RfKernel {
    static constexpr int states = 2;  // u, v
    static constexpr StateVariable variables[] = {state_u, state_v};

    static Mask forward(Vector* s, Vector current, const NeuronValues& n, Vector& membrane) {
        Resonator<decay>::forward(s, n.rate[1], current, n);
        membrane = s[0];
        return s[0] - n.threshold > 0.0F;
    }

    template <Surrogate surrogate>
    static Vector backward(const Vector* before, const Vector* after, Vector, Vector, Vector dz, Vector* carry,
                           Vector* rate_gradient, const NeuronValues& n) {
        const Vector du = carry[0] + spike_derivative<surrogate>(after[0] - n.threshold) * dz;
        rate_gradient[1] += Resonator<decay>::backward(before, n.rate[1], du, carry[1], carry, rate_gradient[0], n);
        return n.dt * du;
    }
};

struct HrfKernel {
    static constexpr int states = 3;  // u, v, q
    static constexpr StateVariable variables[] = {state_u, state_v, state_q};

    static Mask forward(Vector* s, Vector current, const NeuronValues& n, Vector& membrane) {
        const Vector u = s[0], v = s[1];
        const Vector b = n.rate[1] + s[2];
        s[1] = v + n.dt * u;
        s[0] = u + n.dt * (current - 2.0F * b * u - n.rate[0] * n.rate[0] * s[1]);
        membrane = s[0];
        return Refractory::forward(s[0], s[2], n);
    }

    template <Surrogate surrogate>
    static Vector backward(const Vector* before, const Vector* after, Vector, Vector, Vector dz, Vector* carry,
                           Vector* rate_gradient, const NeuronValues& n) {
        const Vector u = before[0], q = before[2];
        const Vector omega = n.rate[0];
        const Vector du = carry[0] + Refractory::backward<surrogate>(after[0], q, dz, carry[2], n);
        const Vector dv = carry[1] - n.dt * omega * omega * du;
        const Vector db = -2.0F * n.dt * u * du;
        carry[0] = du * (1.0F - 2.0F * n.dt * (n.rate[1] + q)) + n.dt * dv;
        carry[1] = dv;
        carry[2] += db;
        rate_gradient[0] -= 2.0F * n.dt * omega * after[1] * du;
        rate_gradient[1] += db;
        return n.dt * du;
    }
};

/// The kind of decay is in α and ρ already.
struct AlifKernel {
    static constexpr int states = 3;  // u after the reset, a, z
    static constexpr StateVariable variables[] = {state_u, state_a, state_z};
    static constexpr float base = 0.01F;
    static constexpr float strength = 1.8F;

    static Mask forward(Vector* s, Vector current, const NeuronValues& n, Vector& membrane) {
        s[1] = s[2] + n.rate[1] * (s[1] - s[2]);
        const Vector threshold = base + strength * s[1];
        membrane = current + n.rate[0] * (s[0] - current);
        const Mask spike = membrane - threshold > 0.0F;
        s[0] = select(spike, membrane - threshold, membrane);
        s[2] = one_where(spike);
        return spike;
    }

    template <Surrogate surrogate>
    static Vector backward(const Vector* before, const Vector* after, Vector membrane, Vector current, Vector dz,
                           Vector* carry, Vector* rate_gradient, const NeuronValues& n) {
        const Vector threshold = base + strength * after[1];
        const Vector du = carry[0];
        const Vector sigma = spike_derivative<surrogate>(membrane - threshold) * (dz + carry[2] - threshold * du);
        const Vector dmembrane = du + sigma;
        const Vector da = carry[1] - strength * (after[2] * du + sigma);
        rate_gradient[0] += dmembrane * (before[0] - current);
        rate_gradient[1] += da * (before[1] - before[2]);
        carry[0] = n.rate[0] * dmembrane;
        carry[1] = n.rate[1] * da;
        carry[2] = da - carry[1];
        return dmembrane - carry[0];
    }
};

struct LifKernel {
    static constexpr int states = 1;  // u after the reset
    static constexpr StateVariable variables[] = {state_u};

    static Mask forward(Vector* s, Vector current, const NeuronValues& n, Vector& membrane) {
        membrane = current + n.rate[0] * (s[0] - current);
        const Mask spike = membrane - n.threshold > 0.0F;
        s[0] = select(spike, membrane - n.threshold, membrane);
        return spike;
    }

    template <Surrogate surrogate>
    static Vector backward(const Vector* before, const Vector*, Vector membrane, Vector current, Vector dz,
                           Vector* carry, Vector* rate_gradient, const NeuronValues& n) {
        const Vector du = carry[0];
        const Vector dmembrane = du + spike_derivative<surrogate>(membrane - n.threshold) * (dz - n.threshold * du);
        rate_gradient[0] += dmembrane * (before[0] - current);
        carry[0] = n.rate[0] * dmembrane;
        return dmembrane - carry[0];
    }
};

}  // namespace resonate::kernels::RESONATE_ISA
