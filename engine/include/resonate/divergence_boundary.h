// resonate/divergence_boundary.h: the damping from which an oscillation grows, as a number.
#pragma once

#include <cmath>
#include <limits>

namespace resonate {

/// p(ω) = (−1 + √(1 − (δω)²)) / δ: the damping at which |u + iv| is constant under Euler steps of length dt (Higuchi et
/// al., ICML 2024). NaN where dt·ω > 1. For whole layers: divergence_boundary() of engine/neurons/resonator.h.
inline double divergence_boundary(double omega, double dt) {
    const double inner = 1 - dt * omega * dt * omega;
    return inner < 0 ? std::numeric_limits<double>::quiet_NaN() : (std::sqrt(inner) - 1) / dt;
}

}  // namespace resonate
