// app/views/colour_map.cpp: see colour_map.h.
#include "views/colour_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace resonate::app {

QColor viridis(double share) {
    // Ten places of the published map; between them it is all but straight.
    static constexpr std::array<QRgb, 10> places = {0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e,
                                                    0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725};
    if (!std::isfinite(share)) return {0x80, 0x80, 0x80};
    const double at = std::clamp(share, 0.0, 1.0) * (places.size() - 1);
    const auto low = std::min(static_cast<size_t>(at), places.size() - 2);
    const double part = at - static_cast<double>(low);
    const auto mix = [&](int (*channel)(QRgb)) {
        return static_cast<int>(std::lround((1 - part) * channel(places[low]) + part * channel(places[low + 1])));
    };
    return {mix(qRed), mix(qGreen), mix(qBlue)};
}

}  // namespace resonate::app
